"""Whoever holds the device of a user: the role, and a headless device in it.

Owns which prompt is answered: the newest since the last challenge. How prompts arrive is the
affair of a `Receiver`. Must not know logins, nor what an answer leads to.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final, Protocol

from pytest_auth0_mfa.errors import Prerequisite, Undelivered
from pytest_auth0_mfa.guardian.device import Device
from pytest_auth0_mfa.guardian.device_api import DeviceApi
from pytest_auth0_mfa.guardian.introduction import DEFAULT_NAME, Introduction, introduce
from pytest_auth0_mfa.guardian.refusals import DeviceRefused

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_auth0_mfa.api.exchange import Answer
    from pytest_auth0_mfa.api.transport import Transport
    from pytest_auth0_mfa.guardian.key import DeviceKey
    from pytest_auth0_mfa.guardian.notification import Notification
    from pytest_auth0_mfa.guardian.pushes import PushMailbox, Receiver

PROMPT_TIMEOUT_S: Final = 30.0


class Approver(Protocol):
    """Holds the device of one user and does with it what the user would do.

    A method that cannot do so raises `Untestable` (not possible here) or `Undelivered` (it should
    have been). An optional `close()` is called when the test is over.
    """

    def scan(self, barcode_uri: str) -> None:
        """Scan the barcode of an association, which enrolls the device."""
        ...

    def expect(self) -> None:
        """Take the prompts so far as out of date: a challenge is about to send another."""
        ...

    def allow(self) -> None:
        """Allow the login of the newest prompt, waiting for it where needed."""
        ...

    def reject(self) -> None:
        """Reject the login of the newest prompt, waiting for it where needed."""
        ...


class HeadlessApprover:
    """A device without a phone, which enrolls and answers by itself."""

    def __init__(
        self,
        transport: Transport,
        receiver: Receiver,
        *,
        key: Callable[[], DeviceKey] | None = None,
        now: Callable[[], float] = time.time,
    ) -> None:
        """Speak to the device API through `transport` and hear of prompts through `receiver`.

        `key` gives the device's key, a new RSA key where it is None; `now` the tenant's time in
        epoch seconds.
        """
        self._api = DeviceApi(transport)
        self._receiver = receiver
        self._make_key = key
        self._now = now
        self._enrolled: tuple[Answer, Introduction] | None = None
        self._device: Device | None = None
        self._mailbox: PushMailbox | None = None

    @property
    def device(self) -> Device:
        """The enrolled device; raises `Prerequisite` before it has scanned a barcode."""
        if self._device is None:
            if self._enrolled is None:
                raise Prerequisite("the device has not enrolled: it scanned no barcode")
            self._device = Device.of(self._api, *self._enrolled, now=self._now)
        return self._device

    def introduce(
        self, barcode_uri: str, *, name: str = DEFAULT_NAME, key: DeviceKey | None = None
    ) -> Answer:
        """Scan a barcode; the answer of the device API, whatever it is."""
        introduction = Introduction.make(
            self._api,
            name=name,
            key=key or (self._make_key() if self._make_key else None),
            push=self._receiver.push_credentials(),
        )
        answer = introduce(self._api, barcode_uri, introduction)
        if answer.accepted:
            self._enrolled, self._device, self._mailbox = (answer, introduction), None, None
        return answer

    @property
    def mailbox(self) -> PushMailbox:
        """The notifications to the device; raises as `device` does."""
        if self._mailbox is None:
            self._mailbox = self._receiver.mailbox(self.device.id)
        return self._mailbox

    def scan(self, barcode_uri: str) -> None:
        """Scan a barcode; raises `DeviceRefused` where the device may not enroll."""
        answer = self.introduce(barcode_uri)
        if not answer.accepted:
            raise DeviceRefused(answer)

    def expect(self) -> None:
        """Take the prompts so far as out of date."""
        self.mailbox.notifications(0.0)

    def prompt(self, timeout_s: float = PROMPT_TIMEOUT_S) -> Notification:
        """The newest prompt that was not taken yet, waiting up to `timeout_s` seconds for one."""
        arrived = self.mailbox.notifications(timeout_s)
        if not arrived:
            summary = getattr(self.mailbox, "summary", None)
            raise Undelivered(
                f"no push notification came to the device {self.device.id} within "
                f"{timeout_s:g} s{f'; {summary()}' if summary else ''}. See whether the tenant's "
                "log has gd_send_pn or gd_send_pn_failure for this user (docs/push.md)"
            )
        return arrived[-1]

    def allow(self) -> None:
        """Allow the login of the newest prompt."""
        self.device.allow(self.prompt())

    def reject(self) -> None:
        """Reject the login of the newest prompt."""
        self.device.reject(self.prompt())
