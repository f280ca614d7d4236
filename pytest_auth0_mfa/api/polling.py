"""Asking again until a user has decided: how often, how long, and when to stop.

Owns the pace of a poll. Where time can be moved nobody waits: the clock passes the seconds.
Sources: https://auth0.com/docs/secure/multi-factor-authentication/authenticate-using-ropg-flow-with-mfa/enroll-and-challenge-push-authenticators
(`authorization_pending`, `slow_down`); the rate limit policy (twelve exchanges a minute);
RFC 8628, section 3.5 (five seconds more after `slow_down`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_auth0_mfa.api.exchange import Answer

INTERVAL_S: Final = 5.0
"""The pace that is never too fast: one more exchange every five seconds is allowed."""

DEADLINE_S: Final = 60.0
_SLOWER_BY_S: Final = 5.0
_PENDING: Final = "authorization_pending"
_TOO_FAST: Final = "slow_down"


class Clock(Protocol):
    """The time that a poll goes by, in seconds."""

    def now(self) -> float:
        """Seconds since some moment."""
        ...

    def pass_seconds(self, seconds: float) -> None:
        """Let time pass: moved where possible, waited for elsewhere."""
        ...


@dataclass(frozen=True, slots=True)
class Pace:
    """How to poll, in seconds: the pause between two looks, and when to give up.

    The pause grows by five seconds with each `slow_down`, and is never shorter than the
    `Retry-After` of an answer.
    """

    interval_s: float = INTERVAL_S
    deadline_s: float = DEADLINE_S


def poll(ask: Callable[[], Answer], clock: Clock, pace: Pace | None = None) -> Answer:
    """Ask until something is decided; the last answer, whatever it is.

    Asks at once, and no more where the next look would come after the deadline: what is still
    undecided then is returned as it is.
    """
    pace = pace or Pace()
    pause, deadline = pace.interval_s, clock.now() + pace.deadline_s
    while True:
        answer = ask()
        if answer.error not in {_PENDING, _TOO_FAST}:
            return answer
        if answer.error == _TOO_FAST:
            pause += _SLOWER_BY_S
        wait_s = max(pause, _retry_after(answer))
        if clock.now() + wait_s > deadline:
            return answer
        clock.pass_seconds(wait_s)


def _retry_after(answer: Answer) -> float:
    """The seconds that an answer asks to wait (RFC 9110, section 10.2.3), 0 where it does not."""
    asked = answer.headers.get("retry-after", "")
    return float(asked) if asked.isascii() and asked.isdigit() else 0.0
