"""The inbox of a test: waits for the tenant's messages to its user and reads the codes in them.

Owns which message counts: a new one, to this address, read once. Must not know any provider of
mailboxes, nor print a code or a message.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from pytest_auth0_mfa.api.waits import Cause
from pytest_auth0_mfa.delivery import mailbox as mailboxes
from pytest_auth0_mfa.delivery.arrivals import Arrivals
from pytest_auth0_mfa.delivery.codes import CodeReader
from pytest_auth0_mfa.delivery.masks import mask_address
from pytest_auth0_mfa.delivery.waiting import Watch, checked_timeout, looks
from pytest_auth0_mfa.errors import Undelivered, Untestable

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_auth0_mfa.api.recorder import Recorder
    from pytest_auth0_mfa.api.secret import Secret
    from pytest_auth0_mfa.delivery.mailbox import Mailbox
    from pytest_auth0_mfa.delivery.message import Message


class _Reading(NamedTuple):
    """A new message and what was read from it: its code, or its id."""

    message: Message
    value: str


class _Look(NamedTuple):
    """What one look into the mailbox found: new messages, and how many of them nobody awaits."""

    new: list[Message]
    unasked: int


class Inbox:
    """The messages to one address, which belongs to one test."""

    def __init__(
        self,
        mailbox: Mailbox,
        channel: str,
        recorder: Recorder,
        code_pattern: str | None = None,
        watch: Watch | None = None,
    ) -> None:
        """Take what is in the mailbox already as out of date.

        `code_pattern` is a regular expression that finds the code, in its group if it has one.
        Codes are learned by the recorder's redactor, waiting is added to its spend. Raises
        `Undelivered` where the mailbox cannot be read, `SettingsError` for an unusable pattern.
        """
        self.channel = channel
        self.address = mailbox.address
        self._mailbox = mailbox
        self._recorder = recorder
        self._watch = watch or Watch()
        self._reader = CodeReader(code_pattern)
        self._arrivals = Arrivals(mailbox.address)
        self._handed_out: set[str] = set()
        self._expecting = False
        self._due = 0
        if not getattr(mailbox, "fresh", False):
            self._pass_over()

    def mark(self) -> None:
        """Take everything that has arrived so far as out of date. Costs a look at the mailbox.

        Call it before a request that sends a message, when an earlier message may be unread. One
        that was sent and has not been seen is awaited for a while first.
        """
        self._await_due()
        self._pass_over()
        self._expecting = True

    def expect(self) -> None:
        """Say that a message is about to be sent; costs a look only if one went unread before.

        For flows in which this is called before each request that sends something: there, a
        message can be unread only if nothing waited for it.
        """
        if self._expecting:
            self.mark()
        self._expecting = True

    def sent(self) -> None:
        """Say that the tenant has told to have sent a message."""
        self._due += 1

    def wait_for_code(self, timeout: float = 30.0) -> Secret:
        """The code of the next message, waiting at most `timeout` seconds.

        Messages without a code are passed over, and so are those that repeat an earlier code,
        unless a message was announced (`mark`, `expect`) and no better one comes soon. Raises
        `Undelivered` when none came, with an account of what did; `AmbiguousCode` when a message
        has several numbers that may be the code.
        """
        reading = self._wait(timeout, "code", self._code)
        self._handed_out.add(reading.value)
        return self._recorder.redactor.learn(reading.value, "binding_code")

    def wait_for_message(self, timeout: float = 30.0) -> Message:
        """The next message, waiting at most `timeout` seconds; raises `Undelivered` without one."""
        message = self._wait(timeout, "message", lambda message: message.id).message
        self._learn_spellings(message)
        return message

    def receives(self, timeout: float = 30.0) -> bool:
        """Whether a message comes within `timeout` seconds; it then counts as read."""
        try:
            self.wait_for_message(timeout)
        except Undelivered:
            return False
        return True

    def is_quiet(self) -> bool:
        """Whether nothing has come unasked; what has then counts as read. Costs a look.

        A copy of an earlier message, and one that was sent and comes late, are no news.
        """
        return self._look(0).unasked == 0

    def close(self) -> None:
        """Give the address back; nothing can be waited for any more."""
        mailboxes.close(self._mailbox)

    def _wait(self, timeout: float, wanted: str, read: Callable[[Message], str | None]) -> _Reading:
        began = self._watch.now()
        try:
            found = self._await(checked_timeout(timeout), read)
            if found and found.value in self._handed_out:
                # A late duplicate, or the code that was announced: a better one may be on its way.
                found = self._await(timeout * self._watch.grace, read) or found
        finally:
            self._recorder.spend.wait(Cause.MESSAGE, self._watch.now() - began)
        if found is None:
            raise self._nothing(wanted, timeout)
        self._expecting = False
        return found

    def _await(self, timeout: float, read: Callable[[Message], str | None]) -> _Reading | None:
        """The next reading, a new one rather than one that repeats another; None without any."""
        for seconds in looks(self._watch, timeout):
            self._recorder.still_waits(Cause.MESSAGE, timeout - seconds, seconds)
            readings = [
                _Reading(each, value) for each in self._look(seconds).new if (value := read(each))
            ]
            fresh = [each for each in readings if each.value not in self._handed_out]
            if fresh or (readings and self._expecting):
                return _latest(fresh or readings)
            self._arrivals.note_duplicates(len(readings))
        return None

    def _look(self, seconds: float) -> _Look:
        """The new messages; a mailbox may return None for none."""
        new = self._arrivals.unseen(self._mailbox.messages(seconds) or ())
        originals = self._arrivals.originals(new)
        unasked = max(0, originals - self._due)
        self._due = max(0, self._due - originals)
        return _Look(new, unasked)

    def _await_due(self) -> None:
        """Wait for what was sent and has not come; from now on nothing is due."""
        began = self._watch.now()
        if self._due and self._watch.patience_s > 0:
            for seconds in looks(self._watch, self._watch.patience_s):
                self._arrivals.note_stale(len(self._look(seconds).new))
                if not self._due:
                    break
            self._recorder.spend.wait(Cause.MESSAGE, self._watch.now() - began)
        self._due = 0

    def _pass_over(self) -> None:
        self._arrivals.note_stale(len(self._look(0).new))

    def _code(self, message: Message) -> str | None:
        """The code of a message, None when it has none."""
        self._learn_spellings(message)
        code = self._reader.code(message)
        if code is None:
            self._arrivals.note_without_code(message, self._reader.words(message))
        return code

    def _learn_spellings(self, message: Message) -> None:
        """Have the redactor hide the code, whatever becomes of the message."""
        for spelling in self._reader.spellings(message):
            self._recorder.redactor.learn(spelling, "binding_code")

    def _nothing(self, wanted: str, timeout: float) -> Undelivered:
        return Undelivered(
            f"no {wanted} came by {self.channel} to {mask_address(self.address)} within "
            f"{timeout:g} s; what did arrive: {self._arrivals.account()}. See whether the tenant's "
            f"log has gd_send_{self.channel} for this user and what the provider of the inbox "
            "shows; where delivery is merely slow, pass a longer timeout"
        )


def _latest(readings: list[_Reading]) -> _Reading | None:
    """The reading of the message that arrived last, None without any.

    Raises `Undelivered` where several differ and the mailbox does not tell which came last.
    """
    moments = [each.message.moment for each in readings]
    known = [moment for moment in moments if moment is not None]
    last = max(known) if known and len(known) == len(moments) else None
    rivals = [each for each in readings if each.message.moment == last or last is None]
    if len({each.value for each in rivals}) > 1:
        raise Undelivered(
            f"{len(rivals)} new messages were found at once and their mailbox does not tell which "
            "came last: give each Message an arrived_at, or call inbox.mark() before the request "
            "that sends the message"
        )
    return rivals[0] if rivals else None


@dataclass(frozen=True, slots=True)
class NoDelivery:
    """The inbox of a factor whose codes are not delivered but shown by the user's own device."""

    factor: str

    @property
    def address(self) -> str:
        """Raise `Untestable`: there is no address."""
        raise self._untestable("so there is no address")

    def mark(self) -> None:
        """Do nothing: nothing has arrived."""

    def expect(self) -> None:
        """Do nothing: nothing will arrive."""

    def wait_for_code(self, timeout: float = 30.0) -> NoReturn:
        """Raise `Untestable` at once: no message will ever arrive, however long one waits."""
        raise self._untestable(f"so there is no message to wait {timeout:g} s for")

    def wait_for_message(self, timeout: float = 30.0) -> NoReturn:
        """Raise `Untestable` at once, as `wait_for_code` does."""
        self.wait_for_code(timeout)

    def close(self) -> None:
        """Do nothing: nothing was opened."""

    def _untestable(self, consequence: str) -> Untestable:
        return Untestable(
            f"nothing is delivered for the factor {self.factor!r}, {consequence}: take the code "
            "from enrolled_authenticator.code()"
        )
