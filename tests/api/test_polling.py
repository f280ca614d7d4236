"""Asking again: at which pace, until when, and without waiting where time can be moved."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from pytest_auth0_mfa.api.exchange import Answer, Exchange
from pytest_auth0_mfa.api.polling import Pace, poll

EXCHANGE = Exchange(1, "POST", "/oauth/token", 400, {}, {}, 1.0)


def told(error: str | None, **headers: str) -> Answer:
    """An answer with this error, or tokens."""
    body = {"access_token": "planted"} if error is None else {"error": error}
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(200 if error is None else 400, named, body, EXCHANGE)


PENDING, SLOW_DOWN, DENIED = told("authorization_pending"), told("slow_down"), told("access_denied")
TOKENS = told(None)


@dataclass
class Clock:
    """A clock that passes seconds at once and remembers them."""

    passed: list[float] = field(default_factory=list)

    def now(self) -> float:
        """The seconds that have passed."""
        return 1000.0 + sum(self.passed)

    def pass_seconds(self, seconds: float) -> None:
        """Pass them."""
        self.passed.append(seconds)


def polled(*answers: Answer, pace: Pace | None = None) -> tuple[Answer, list[float]]:
    """The answer in the end, and the pauses; the last of `answers` is given for ever."""
    clock, left = Clock(), list(answers)
    last = poll(lambda: left.pop(0) if len(left) > 1 else left[0], clock, pace)
    return last, clock.passed


@pytest.mark.parametrize("answer", [TOKENS, DENIED, told("invalid_grant"), told("expired_token")])
def test_a_decision_is_returned_at_once(answer: Answer) -> None:
    """Whatever is decided, or wrong, needs no second look."""
    assert (answer, []) == polled(answer)


def test_pending_is_asked_again_every_five_seconds() -> None:
    """The documented allowance is never used up at this pace."""
    assert (TOKENS, [5.0, 5.0]) == polled(PENDING, PENDING, TOKENS)


def test_slow_down_makes_it_slower_for_good() -> None:
    """Five seconds more from then on (RFC 8628, section 3.5)."""
    assert (TOKENS, [10.0, 10.0, 15.0]) == polled(SLOW_DOWN, PENDING, SLOW_DOWN, TOKENS)


@pytest.mark.parametrize(
    ("asked", "pause"), [("30", 30.0), ("3", 10.0), ("soon", 10.0), ("-1", 10.0), ("", 10.0)]
)
def test_retry_after_is_honoured(asked: str, pause: float) -> None:
    """A longer wait that the tenant asks for is kept; what is no number is passed over."""
    assert (TOKENS, [pause]) == polled(told("slow_down", retry_after=asked), TOKENS)


def test_retry_after_of_a_pending_answer() -> None:
    """It counts there as well, for that one pause."""
    answers = (told("authorization_pending", retry_after="20"), PENDING, TOKENS)
    assert (TOKENS, [20.0, 5.0]) == polled(*answers)


def test_there_is_a_deadline() -> None:
    """What stays undecided for a minute is returned as it is."""
    last, pauses = polled(PENDING)
    assert (PENDING, 60.0, 12) == (last, sum(pauses), len(pauses))


def test_no_pause_goes_beyond_the_deadline() -> None:
    """Nobody waits for a look that would come too late."""
    last, pauses = polled(told("slow_down", retry_after="61"), TOKENS)
    assert ("slow_down", []) == (last.error, pauses)


def test_another_pace() -> None:
    """Pause and deadline can be given."""
    last, pauses = polled(PENDING, pace=Pace(interval_s=2.0, deadline_s=7.0))
    assert (PENDING, [2.0, 2.0, 2.0]) == (last, pauses)
