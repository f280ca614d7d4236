"""An examination for people at a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_auth0_mfa.doctor.check import Level
from pytest_auth0_mfa.doctor.finding import State

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_auth0_mfa.doctor.disagreement import Disagreement
    from pytest_auth0_mfa.doctor.examination import Examination
    from pytest_auth0_mfa.doctor.finding import Finding


def lines(made: Examination) -> Iterator[str]:
    """What was found, the gravest first; then what disagrees, and what was not looked at."""
    for finding in made.found():
        yield from _block(finding)
    for each in made.disagreements:
        yield from _side_by_side(each)
    yield from _groups(made)
    yield verdict(made)


def verdict(made: Examination) -> str:
    """The last line: what it comes to."""
    counted = [(len(made.found(level)), level.value) for level in Level]
    told = ", ".join(f"{number} {level}" for number, level in counted if number)
    healthy = len(made.ended(State.HEALTHY))
    login = f"login {made.attempt.ended}"
    if not made.authenticated:
        login += ": the doctor was not let in, so nothing is said to be well"
    return f"{made.tenant}: {told or 'nothing found'}, {healthy} checks healthy, {login}"


def _block(finding: Finding) -> Iterator[str]:
    check = finding.check
    yield f"{finding.weight.value} {finding.id}: {check.title}"
    yield f"  found    {finding.told}"
    yield f"  symptom  {check.symptom}"
    yield f"  clicks   {check.clicks}"
    yield f"  command  {check.command}"
    yield f"  source   {check.source}"


def _side_by_side(each: Disagreement) -> Iterator[str]:
    yield f"behaviour against configuration, {each.id}:"
    yield f"  configuration  {each.configuration}"
    yield f"  behaviour      {each.behaviour}"
    yield f"  likely         {each.likely}"


def _groups(made: Examination) -> Iterator[str]:
    """Checks that say neither yes nor no, together where the reason is the same."""
    for state in (State.UNKNOWN, State.UNREAD, State.UNENTITLED):
        by_reason: dict[str, list[str]] = {}
        for each in (one for one in made.ended(state) if not one.check.unread):
            by_reason.setdefault(each.told, []).append(each.id)
        for reason, ids in by_reason.items():
            yield f"{state.value} ({reason}): {', '.join(ids)}"
    if made.attempt.ended in {"untried", "refused"}:
        yield f"login {made.attempt.ended}: {made.attempt.told}"
