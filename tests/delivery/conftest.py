"""A mailbox that plays a script, a watch that nobody waits for, and a stand-in for MailSlurp."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from pytest_auth0_mfa.api.recorder import Recorder
from pytest_auth0_mfa.delivery.inbox import Inbox
from pytest_auth0_mfa.delivery.mailslurp import MailSlurp
from pytest_auth0_mfa.delivery.message import Message
from pytest_auth0_mfa.delivery.waiting import Watch
from tests.delivery.stand_in import KEY, StandIn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tests.conftest import Received, Reply

PHONE = "+12025550100"
ADDRESS = "mfa-1@example.com"


@dataclass(slots=True)
class FakeTime:
    """A clock that only moves when someone sleeps, or when it is moved."""

    now: float = 1000.0
    slept: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        """Let time pass."""
        self.slept.append(seconds)
        self.now += seconds

    def watch(self) -> Watch:
        """The watch that an inbox looks at."""
        return Watch(lambda: self.now, self.sleep)


class ScriptedMailbox:
    """A mailbox in which messages appear at given times; it keeps all of them.

    `polls_s` is how long it waits itself for something new, at most; 0 means not at all.
    """

    def __init__(self, time: FakeTime, address: str = PHONE, polls_s: float = 0) -> None:
        """Begin empty."""
        self.address = address
        self.asked: list[float] = []
        self.closed = 0
        self._time = time
        self._polls_s = polls_s
        self._script: list[tuple[float, Message]] = []

    def deliver(self, message: Message, after_s: float = 0) -> None:
        """Let a message appear, now or later."""
        self._script.append((self._time.now + after_s, message))

    def messages(self, timeout_s: float) -> Iterable[Message]:
        """What is there; waits for the next one as long as it may and can."""
        self.asked.append(timeout_s)
        until = self._time.now + min(timeout_s, self._polls_s)
        coming = [at for at, _ in self._script if self._time.now < at <= until]
        self._time.now = min(coming, default=until)
        return [message for at, message in self._script if at <= self._time.now]

    def close(self) -> None:
        """Count that it was closed."""
        self.closed += 1


@pytest.fixture
def time() -> FakeTime:
    """The time of one test."""
    return FakeTime()


@pytest.fixture
def mailbox(time: FakeTime) -> ScriptedMailbox:
    """A mailbox that does not wait itself."""
    return ScriptedMailbox(time)


@pytest.fixture
def recorder() -> Recorder:
    """The recorder of the running test."""
    return Recorder()


@pytest.fixture
def inbox(mailbox: ScriptedMailbox, recorder: Recorder, time: FakeTime) -> Inbox:
    """An inbox of text messages, empty at first."""
    return Inbox(mailbox, "sms", recorder, watch=time.watch())


def sms(number: int, code: str = "", at: float | None = None, to: str = PHONE) -> Message:
    """A text message with this id, and with this code if one is given."""
    text = f"{code} is your verification code for Borealis." if code else "Welcome to Borealis, 7!"
    return Message(str(number), to, text, arrived_at=at)


@pytest.fixture
def stand_in() -> StandIn:
    """A stand-in for MailSlurp."""
    return StandIn()


@pytest.fixture
def connect(
    stand_in: StandIn, recorder: Recorder, serve: Callable[[Callable[[Received], Reply]], str]
) -> Iterator[Callable[..., MailSlurp]]:
    """Connects to the stand-in, as one of several processes if asked to."""
    opened: list[MailSlurp] = []
    url = serve(stand_in.answer)

    def start(share: tuple[int, int] = (0, 1), url: str = url) -> MailSlurp:
        learn, channels = recorder.redactor.learn, ("sms", "email")
        opened.append(
            MailSlurp(
                url,
                KEY,
                ca_file=None,
                learn=learn,
                channels=channels,
                share=share,
                watch=Watch(sleep=lambda _: None),
            )
        )
        return opened[-1]

    yield start
    stand_in.failure = None
    for each in opened:
        each.close()


@pytest.fixture
def mailslurp(connect: Callable[..., MailSlurp]) -> MailSlurp:
    """The only process of a run."""
    return connect()
