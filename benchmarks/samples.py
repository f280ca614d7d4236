"""Repeated measurements of one quantity: their middle, their spread, their ratio to others.

Must not know what is measured or how it is printed in a table.
"""

from __future__ import annotations

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

    def text(self, digits: int = 0) -> str:
        """Write the median, and the smallest and largest value in brackets."""
        low, high = min(self.values), max(self.values)
        return f"{self.middle:,.{digits}f} [{low:,.{digits}f} to {high:,.{digits}f}]"
