"""Where notifications of devices arrive: the roles, a mock tenant's mailboxes, and nowhere.

Must not answer a notification.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol
from urllib.parse import quote

from pytest_auth0_mfa.errors import Untestable
from pytest_auth0_mfa.guardian.notification import read_notification

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_auth0_mfa.api.transport import Transport
    from pytest_auth0_mfa.guardian.account import PushCredentials
    from pytest_auth0_mfa.guardian.notification import Notification


class PushMailbox(Protocol):
    """The notifications to one device.

    An optional `summary()` tells in a line what did arrive, for the error where nothing came.
    """

    def notifications(self, timeout_s: float) -> Sequence[Notification]:
        """Those that have arrived since the last call, oldest first.

        Waits up to `timeout_s` seconds for the first of them, and returns without one earlier only
        where none can come; never waits when it is 0.
        """
        ...


class Receiver(Protocol):
    """What receives the notifications of all devices of a run."""

    def push_credentials(self) -> PushCredentials | None:
        """What a device enrolls so that its notifications come here; None for a made-up token."""
        ...

    def mailbox(self, device_id: str) -> PushMailbox:
        """The notifications to one device, from now on."""
        ...


class MockPushes:
    """The notifications that a mock tenant has sent to one device.

    They are there when the tenant has answered the challenge, so that it never waits.
    """

    def __init__(self, transport: Transport, device_id: str) -> None:
        """Read through `transport`, which was opened for the mock's URL."""
        self._transport = transport
        self._path = f"/__mock__/pushes?device={quote(device_id, safe='')}"
        self._seen: set[str] = set()

    def notifications(self, timeout_s: float = 0.0) -> Sequence[Notification]:
        """Those that have arrived since the last call, oldest first."""
        del timeout_s
        learn = self._transport.recorder.redactor.learn
        payloads = self._transport.send("GET", self._path).items()
        found = [read_notification(payload, learn) for payload in payloads]
        fresh = [each for each in found if each.transaction_token not in self._seen]
        self._seen.update(each.transaction_token for each in fresh)
        return fresh


class MockReceiver:
    """What a mock tenant keeps of all notifications that it sends."""

    def __init__(self, transport: Transport) -> None:
        """Read through `transport`, which was opened for the mock's URL."""
        self._transport = transport

    def push_credentials(self) -> None:
        """Leave them to be made up: the mock keeps what it sends to any token."""

    def mailbox(self, device_id: str) -> MockPushes:
        """The notifications to one device."""
        return MockPushes(self._transport, device_id)


class NoReceiver:
    """Receives nothing: devices enroll with a made-up token and never hear of a prompt."""

    def push_credentials(self) -> None:
        """Leave them to be made up."""

    def mailbox(self, device_id: str) -> NoReceiver:
        """Itself: there is nothing to tell devices apart by."""
        del device_id
        return self

    def notifications(self, timeout_s: float) -> Sequence[Notification]:
        """Nothing; raise `Untestable` to whom waits, naming the three ways to answer prompts."""
        if not timeout_s:
            return ()
        raise Untestable(
            "needs somebody who answers push notifications: fill in [push] of the profile for "
            "notifications through FCM (extra 'push'), return an approver from the hook "
            "pytest_auth0_push_approver in conftest.py, or run with --auth0-interactive and a "
            "phone in hand (docs/push.md)"
        )
