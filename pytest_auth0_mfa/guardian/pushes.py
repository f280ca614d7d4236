"""Where a device's notifications come from: the role, and the mailbox that a mock tenant keeps.

Must not answer a notification.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol
from urllib.parse import quote

from pytest_auth0_mfa.guardian.notification import read_notification

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_auth0_mfa.api.transport import Transport
    from pytest_auth0_mfa.guardian.notification import Notification


class PushMailbox(Protocol):
    """The notifications to one device."""

    def notifications(self, timeout_s: float) -> Sequence[Notification]:
        """Those that have arrived since the last call, oldest first.

        May wait up to `timeout_s` seconds for the first of them and may as well return at once;
        never waits when it is 0.
        """


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
