"""A token bucket from the side of who draws on it: when the next request may be sent.

Owns the arithmetic, which keeps one moment instead of a count (the generic cell rate algorithm,
https://www.itu.int/rec/T-REC-I.371). Must not know what is limited, nor wait.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Bucket:
    """Holds `burst` requests and gets one more every `interval_s`; moments are in seconds.

    It would be full at `full_at` if nothing more were drawn. Nobody draws before `held_until`.
    """

    burst: float
    interval_s: float
    full_at: float = 0.0
    held_until: float = 0.0

    def earliest(self, now: float, slack: int = 0) -> float:
        """When the next request may be sent, after all that were booked.

        Requests travel for different times; `slack` is how many may catch up with those before.
        """
        at_once = max(self.burst - slack, 1)
        return max(now, self.held_until, self.full_at - (at_once - 1) * self.interval_s)

    def book(self, at: float) -> None:
        """Draw one for a request at that moment."""
        self.full_at = max(self.full_at, at) + self.interval_s

    def correct(self, left: float, at: float) -> None:
        """Take over that so many were left at a moment; fewer than none are drawn in advance."""
        self.full_at = at + (self.burst - left) * self.interval_s

    def hold(self, until: float) -> None:
        """Let nobody draw before that moment."""
        self.held_until = max(self.held_until, until)
