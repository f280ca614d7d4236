"""The verdicts, their order, and what becomes of several for one requirement."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable


class Verdict(str, Enum):
    """What was found out about one requirement for one factor."""

    CONFORMS = "conforms"
    """The requirement is kept."""
    VIOLATES = "violates"
    """A documented or recorded MUST is broken."""
    DEVIATES = "deviates"
    """A SHOULD is broken, or the answer differs from the documentation as real tenants do."""
    KNOWN = "known"
    """Listed as an expected failure, and it fails."""
    STALE = "stale"
    """Listed as an expected failure, but it no longer fails."""
    INAPPLICABLE = "inapplicable"
    """The tenant does not offer the factor or feature."""
    UNTESTED = "untested"
    """Cannot be exercised here."""
    INCONCLUSIVE = "inconclusive"
    """Throttling, network, delivery, attack protection or a failed prerequisite got in the way."""

    @property
    def judged(self) -> bool:
        """Whether the requirement was really held against the tenant."""
        return self in _JUDGED


_JUDGED: Final = frozenset(
    {Verdict.CONFORMS, Verdict.VIOLATES, Verdict.DEVIATES, Verdict.KNOWN, Verdict.STALE}
)

SEVERITY: Final = (
    Verdict.VIOLATES,
    Verdict.STALE,
    Verdict.INCONCLUSIVE,
    Verdict.KNOWN,
    Verdict.DEVIATES,
    Verdict.UNTESTED,
    Verdict.CONFORMS,
    Verdict.INAPPLICABLE,
)
"""Most severe first. A requirement with several tests has the most severe of their verdicts, so
that a later success cannot hide a failure, nor a success what was left untested."""


def collapse(verdicts: Iterable[Verdict]) -> Verdict:
    """The most severe of at least one verdict."""
    return min(verdicts, key=SEVERITY.index)
