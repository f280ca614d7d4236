"""An allowance that a tenant keeps, as far as it can be known from outside.

What counts against it is not always documented, and clocks differ: so there are bounds, and a
tenant is held to what is certain on either side.
"""

from __future__ import annotations

from typing import Final

SLACK_S: Final = 1.5
"""How far the tenant's clock may be ahead or behind while an allowance refills."""


class Allowance:
    """`burst` at once, one more every `refill_s` seconds; times are epoch seconds."""

    __slots__ = ("_at", "_least", "_most", "burst", "refill_s", "total")

    def __init__(self, burst: int, refill_s: float) -> None:
        """Start with nothing spent."""
        self.burst = burst
        self.refill_s = refill_s
        self.total = 0
        self._least = self._most = self._at = 0.0

    def spend(self, now: float, *, surely: bool = True) -> None:
        """Note that one was spent, or perhaps was."""
        self._least, self._most = self._bounds(now, slack_s=0.0)
        self._at = now
        self._least = min(self.burst, self._least + surely)
        self._most = min(self.burst, self._most + 1)
        self.total += 1

    def is_empty(self, now: float) -> bool:
        """Whether there is certainly none left."""
        return self._bounds(now)[0] > self.burst - 1

    def has_one(self, now: float) -> bool:
        """Whether there is certainly one left."""
        return self._bounds(now)[1] <= self.burst - 1

    @property
    def was_used_up(self) -> bool:
        """Whether as many were ever spent as there are at once, so that it has had to refill."""
        return self.total >= self.burst

    def leaves(self, count: int, now: float) -> bool:
        """Whether there are certainly more than so many left."""
        return self.burst - self._bounds(now)[1] > count

    def is_in_use(self, now: float) -> bool:
        """Whether some may be spent."""
        return self._bounds(now)[1] > 0

    def _bounds(self, now: float, slack_s: float = SLACK_S) -> tuple[float, float]:
        """The least and the most that may be spent."""
        passed = max(0.0, now - self._at)
        least = self._least - (passed + slack_s) / self.refill_s
        most = self._most - max(0.0, passed - slack_s) / self.refill_s
        return max(0.0, least), max(0.0, most)
