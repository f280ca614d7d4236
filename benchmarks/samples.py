"""Repeated measurements of one quantity: their middle, their spread, their ratio to others.

Must not know what is measured or how it is printed in a table.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Samples:
    """One quantity, measured in every round; `values` stand in the order of the rounds."""

    values: tuple[float, ...]

    @classmethod
    def of(cls, values: Iterable[float]) -> Samples:
        """Gather measurements."""
        return cls(tuple(values))

    @property
    def middle(self) -> float:
        """The median."""
        return median(self.values)

    def over(self, base: Samples) -> Samples:
        """Divide round by round, so that a machine that drifts cancels out."""
        pairs = zip(self.values, base.values, strict=True)
        return Samples.of(ours / theirs for ours, theirs in pairs)

    def minus(self, base: Samples) -> Samples:
        """Subtract round by round."""
        pairs = zip(self.values, base.values, strict=True)
        return Samples.of(ours - theirs for ours, theirs in pairs)

    @property
    def interval(self) -> tuple[float, float]:
        """Where the true median lies, with 95 % confidence; all values where they are few.

        By ranks (the binomial interval of a median), so that nothing is assumed of how the noise
        is distributed.
        """
        ordered, count = sorted(self.values), len(self.values)
        outside = max(0, math.floor(count / 2 - 0.98 * math.sqrt(count)))
        return ordered[outside], ordered[count - 1 - outside]

    def at_least(self, bound: float) -> str:
        """Tell whether a lower bound is kept, missed, or cannot be judged for noise."""
        low, high = self.interval
        return _verdict(is_kept=low >= bound, is_missed=high < bound)

    def at_most(self, bound: float) -> str:
        """Tell the same of an upper bound."""
        low, high = self.interval
        return _verdict(is_kept=high <= bound, is_missed=low > bound)

    def text(self, digits: int = 0) -> str:
        """Write the median, and the smallest and largest value in brackets."""
        low, high = min(self.values), max(self.values)
        return f"{self.middle:,.{digits}f} [{low:,.{digits}f} to {high:,.{digits}f}]"


def _verdict(*, is_kept: bool, is_missed: bool) -> str:
    if is_kept:
        return "kept"
    return "MISSED" if is_missed else "not resolved"
