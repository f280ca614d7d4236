"""Answers a second at sixteen connections, beside how many signatures the same core makes.

Owns the cells of the table and its verdicts on the bounds.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from benchmarks.load import measure
from benchmarks.samples import Samples

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.cores import Signer
    from benchmarks.load import Asked, Measured
    from benchmarks.processes import Serving


@dataclass(slots=True)
class Cell:
    """One row: a server and what it is asked, with what every round found out.

    `asked` is called anew in every round, as tokens expire. `bound` is the least that the rate
    may be, in answers a second if `is_absolute`, else as a share of the signatures.
    """

    name: str
    server: Serving
    asked: Callable[[], Asked]
    bound: float | None = None
    is_absolute: bool = False
    measured: list[Measured] = field(default_factory=list)
    signs_per_s: list[float] = field(default_factory=list)

    def measure(self, signer: Signer) -> None:
        """Measure one round, between two looks at how fast the core is just now."""
        before = signer.signs_per_s()
        self.measured.append(measure(self.server, [self.asked()]))
        self.signs_per_s.append((before + signer.signs_per_s()) / 2)

    @property
    def rates(self) -> Samples:
        """Answers a second."""
        return Samples.of(each.per_s for each in self.measured)

    @property
    def share(self) -> Samples:
        """Answers for each signature that the core could have made in that time."""
        return self.rates.over(Samples.of(self.signs_per_s))

    @property
    def verdict(self) -> str:
        """The bound and whether it is kept."""
        if self.bound is None:
            return ""
        reached = self.rates if self.is_absolute else self.share
        wanted = f"{self.bound:,.0f}/s" if self.is_absolute else f"{self.bound:.2f} of signs/s"
        return f"{wanted}: {reached.at_least(self.bound)}"

    def row(self) -> list[str]:
        """Write the row."""
        p50 = Samples.of(each.p50_ms for each in self.measured)
        p99 = Samples.of(each.p99_ms for each in self.measured)
        foreign = max(each.foreign for each in self.measured)
        figures = [self.rates.text(), self.share.text(2), p50.text(1), p99.text(1)]
        return [self.name, *figures, f"{foreign:.0%}", self.verdict]
