"""What an exploration finds: that the tenant did what a requirement rules out.

Owns the finding and the exception that carries it out of a sequence. No secret is in either.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Finding:
    """One disagreement between model and tenant.

    `requirements` are those that the sequence may have broken: the likeliest first, several only
    where the sequence has more in it than it needs.
    """

    requirements: tuple[str, ...]
    factor: str
    expected: str
    actual: str

    @property
    def requirement(self) -> str:
        """The requirement that is reported."""
        return self.requirements[0]


class Disagreement(Exception):  # noqa: N818 - a state of affairs, not a fault
    """The tenant did something else than the model says it must."""

    def __init__(self, finding: Finding) -> None:
        """Carry a finding."""
        super().__init__(f"{finding.requirement} [{finding.factor}]: {finding.actual}")
        self.finding = finding


def disagree(requirements: Iterable[str], factor: str, expected: str, actual: str) -> NoReturn:
    """Report that a rule does not hold; the requirements are the likeliest first."""
    named = tuple(dict.fromkeys(requirements))
    raise Disagreement(Finding(named, factor, expected, actual))
