"""docs/power.md: every deviation, what caught it, and what is not seen.

`python -m tests.deviations --write` writes it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from pytest_auth0_mfa.mock.deviations import DEVIATIONS
from tests.deviations.equivalents import EQUIVALENTS, UNSEEN
from tests.deviations.expected import ALL_PAIRS, CATALOGUE
from tests.deviations.found import Catch, Found
from tests.deviations.table import elsewhere, figures, red

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

PATH: Final = Path(__file__).parents[2] / "docs" / "power.md"
NAME: Final = "docs/power.md"
MISSED: Final = "missed"

HEAD: Final = """\
# What the suites catch

A suite that cannot fail proves nothing. So the mock can be wrong in named ways, at least one for
every requirement, and each of these deviations is run against the suites: does its requirement turn
red, and does anything else?

Made by `python -m tests.deviations --write`, which takes minutes; with `--new` it tries only what
is not here yet. A test compares this page with the deviations that there are, and CI compares it
with a run of all of them.

"""

MEANING: Final = """
## What a green run means

That each requirement that it lists as `conforms` was held against the tenant, with a test that is
known to turn red, for that very factor, when the requirement is broken in the ways listed here. It
does not mean that the tenant is secure, nor that it is not wrong in a way that nobody thought of.

## How it is measured

* *Caught*: with this deviation alone, the tests of its requirement turn it red (a MUST is violated,
  a SHOULD deviates) for the factors that are named.
* *Red elsewhere*: all other requirements are tried too. To save time up to sixteen deviations are
  put into one mock. What is right there is right with each of them; what is not is tried again with
  half of them, until each is alone. This takes for granted that none makes another one's fault
  look right, so those that bend one rule or edit one answer are kept apart. Named are unrelated
  requirements that turn red; those that could not be judged, because a step before the judged one
  failed, count as not red.
* A few deviations name other requirements that judge the very same place (`also`); these may turn
  red too.

"""

EQUIVALENT: Final = """
## Equivalents: different, and right all the same

These tenants are different in a way that a test could see, and no requirement turns red: it would
be wrong to. Each is run like a deviation.

| equivalent | what is different | why it is right |
| --- | --- | --- |
"""

NOT_SEEN: Final = """
## Wrong in a way that no client sees

Nothing that crosses the wire tells of these. A green run says nothing of them.

| what is wrong | why it is not seen |
| --- | --- |
"""

HEADER: Final = """\
| deviation | what is wrong | requirement | red for | red elsewhere |
| --- | --- | --- | --- | --- |
"""


def render(found: Mapping[str, Found]) -> str:
    """The page as Markdown."""
    known = [found[name] for name in DEVIATIONS if name in found]
    equivalents = [(each.deviation.name, each.deviation.summary, each.why) for each in EQUIVALENTS]
    groups = dict.fromkeys(requirement.group for requirement in CATALOGUE)
    return "".join(
        (
            *(HEAD, _figures(known), MEANING, _survivors(known)),
            *(EQUIVALENT, _rows(equivalents), NOT_SEEN, _rows(UNSEEN)),
            "\n## Every deviation\n",
            *(_group(group, known) for group in groups),
        )
    )


def read() -> dict[str, Found]:
    """What the page tells of deviations that there are."""
    lines = PATH.read_text("utf-8").splitlines() if PATH.exists() else []
    rows = (line.strip("|").split("|") for line in lines if line.startswith("| "))
    cells = ([cell.strip() for cell in row] for row in rows)
    return {row[0]: _told(row) for row in cells if row[0] in DEVIATIONS}


def _told(row: list[str]) -> Found:
    name, *_, caught, others = row
    if caught == MISSED or caught.startswith("MFA-"):
        catch = Catch(frozenset(), caught.removeprefix(MISSED))
    else:
        catch = Catch(frozenset(caught.split(", ")))
    red_others = frozenset() if others == "nothing" else frozenset(others.split(", "))
    return Found(DEVIATIONS[name], catch, red_others)


def _figures(found: list[Found]) -> str:
    pairs = {
        (each.deviation.requirement, factor) for each in found for factor in each.catch.factors
    }
    rows = [(name, str(count)) for name, count in figures(found).items()]
    rows.append(
        (
            "requirements, counted for each factor, that some deviation turns red",
            f"{len(pairs)} of {len(ALL_PAIRS)}",
        )
    )
    return f"| what | number |\n| --- | --- |\n{_rows(rows)}"


def _survivors(found: list[Found]) -> str:
    """Those that its requirement does not catch, or that turn another one red."""
    bad = [each for each in found if not each.is_good]
    rows = (
        HEADER + _rows(map(_row, bad))
        if bad
        else "None: no deviation is missed, caught by another requirement only, or red elsewhere.\n"
    )
    return f"## Survivors\n\n{rows}"


def _group(group: str, found: Iterable[Found]) -> str:
    rows = [each for each in found if CATALOGUE[each.deviation.requirement].group == group]
    return f"\n### {group}\n\n{HEADER}{_rows(map(_row, rows))}" if rows else ""


def _row(found: Found) -> tuple[str, ...]:
    deviation = found.deviation
    return (
        *(deviation.name, deviation.summary, deviation.requirement),
        *(red(found) or MISSED, elsewhere(found)),
    )


def _rows(rows: Iterable[tuple[str, ...]]) -> str:
    """Lines of a table; a bar within a cell would end it."""
    return "".join(
        "| {} |\n".format(" | ".join(cell.replace("|", "\\|") for cell in row)) for row in rows
    )
