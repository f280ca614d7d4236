"""The table of what was found, as a terminal shows it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from prettytable import PrettyTable

from tests.deviations.expected import CATALOGUE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.deviations.found import Found

COLUMNS = ("deviation", "requirement", "outcome", "red", "red elsewhere")


def table(found: Sequence[Found]) -> str:
    """One row for each deviation."""
    shown = PrettyTable(COLUMNS, align="l")
    shown.add_rows([_row(each) for each in found])
    return str(shown)


def _row(found: Found) -> list[str]:
    deviation = found.deviation
    return [deviation.name, deviation.requirement, found.outcome, red(found), elsewhere(found)]


def red(found: Found) -> str:
    """What caught it: the factors of its requirement, or the requirement in its place."""
    factors = CATALOGUE[found.deviation.requirement].factors
    return ", ".join(each for each in factors if each in found.catch.factors) or found.catch.instead


def elsewhere(found: Found) -> str:
    """The unrelated requirements that turned red."""
    if found.elsewhere is None:
        return "not tried"
    return ", ".join(sorted(found.elsewhere)) or "nothing"


def figures(found: Sequence[Found]) -> dict[str, int]:
    """How many deviations came to which end."""
    outcomes = Counter(each.outcome for each in found)
    tried = [each for each in found if each.elsewhere is not None]
    return {
        "deviations": len(found),
        "caught by their requirement": outcomes["caught"],
        "caught by another one only": outcomes["by another"],
        "missed": outcomes["missed"],
        "tried with everything": len(tried),
        "turning an unrelated requirement red": sum(bool(each.elsewhere) for each in tried),
    }


def totals(found: Sequence[Found]) -> str:
    """The figures as a line."""
    return ", ".join(f"{name}: {count}" for name, count in figures(found).items())
