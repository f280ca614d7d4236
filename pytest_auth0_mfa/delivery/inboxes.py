"""The inboxes of a run: one of its own for each test and channel, given back when the test ends."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from pytest_auth0_mfa.delivery import mailbox
from pytest_auth0_mfa.delivery.inbox import Inbox

if TYPE_CHECKING:
    from pytest_auth0_mfa.api.recorder import Recorder
    from pytest_auth0_mfa.delivery.mailbox import Mailboxes
    from pytest_auth0_mfa.delivery.waiting import Watch


class Inboxes:
    """Opens inboxes in the mailboxes of a provider and closes them."""

    def __init__(
        self,
        mailboxes: Mailboxes,
        recorder: Recorder,
        prefix: str,
        code_pattern: str | None,
        watch: Watch | None = None,
    ) -> None:
        """Name each mailbox by `prefix`, unique to run and worker, and a number.

        `code_pattern` and `watch` are those of each `Inbox`.
        """
        self._mailboxes = mailboxes
        self._recorder = recorder
        self._names = (f"{prefix}-{number}" for number in count(1))
        self._code_pattern = code_pattern
        self._watch = watch
        self._open: list[Inbox] = []

    def open(self, channel: str) -> Inbox:
        """An inbox that no other test reads; raises `Untestable` where there is none."""
        opened = self._mailboxes.open(channel, next(self._names))
        inbox = Inbox(opened, channel, self._recorder, self._code_pattern, self._watch)
        self._open.append(inbox)
        return inbox

    def release(self) -> None:
        """Close the inboxes of the test that has ended."""
        while self._open:
            self._open.pop().close()

    def close(self) -> None:
        """Close everything."""
        self.release()
        mailbox.close(self._mailboxes)
