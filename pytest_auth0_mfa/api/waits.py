"""What a run waits for, in the words of whoever waits with it.

Owns the causes, and when a wait is long enough to be spoken of. Must not wait itself.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

LONG_S: Final = 5.0
"""A shorter wait is over before anybody wonders."""

TOTAL: Final = "waited_s"
"""The counter of all waiting; the others begin alike."""

PREFIX: Final = "waited_"


class Cause(Enum):
    """Why a run waits: its counter, what is waited for, and what that is called in a sum."""

    LIMIT = ("waited_limits_s", "the rate limit of the tenant", "rate limits")
    RETRY = ("waited_retries_s", "another try after a fault", "faults")
    STEP = ("waited_steps_s", "the next one-time password", "one-time passwords")
    DECISION = ("waited_decisions_s", "an answer on a device", "devices")
    MESSAGE = ("waited_messages_s", "a message", "messages")

    def __init__(self, counter: str, awaited: str, called: str) -> None:
        """Name the parts."""
        self.counter = counter
        self.awaited = awaited
        self.called = called


def summed_up(spend: Mapping[str, float]) -> str:
    """`waited 3 min 10 s: 2 min 40 s for rate limits, 30 s for messages`; empty for nothing."""
    total = spend.get(TOTAL, 0)
    if not round(total, 1):
        return ""
    parts = [(spend.get(each.counter, 0), each.called) for each in Cause]
    told = [f"{lasting(s)} for {called}" for s, called in sorted(parts, reverse=True) if s >= 1]
    return f"waited {lasting(total)}{': ' * bool(told)}{', '.join(told)}"


def lasting(seconds: float) -> str:
    """`0.4 s`, `12 s`, `3 min 10 s`."""
    if seconds < 10:  # noqa: PLR2004 - two digits say enough
        return f"{seconds:.1f} s".replace(".0 s", " s")
    minutes, rest = divmod(round(seconds), 60)
    parts = [f"{minutes} min"] * bool(minutes) + [f"{rest} s"] * bool(rest)
    return " ".join(parts)
