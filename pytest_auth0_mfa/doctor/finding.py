"""What came of a check."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING

from pytest_auth0_mfa.doctor.check import Check, Level, checks

if TYPE_CHECKING:
    from collections.abc import Iterable


class State(str, Enum):
    """How a check ended; never folded into one another."""

    FOUND = "found"
    HEALTHY = "healthy"
    UNKNOWN = "could not tell"
    UNREAD = "not looked at"
    UNENTITLED = "not in the plan"
    UNNEEDED = "not needed"


class Depth(str, Enum):
    """Where something was seen."""

    CONFIGURATION = "configuration"
    PROBE = "probe"
    BEHAVIOUR = "behaviour"


@dataclass(frozen=True, slots=True)
class Finding:
    """What came of one check at one depth.

    `told` is what was found, or why nothing could be; no secret is in it. `level` is that of the
    check, unless what was found weighs less or more here.
    """

    id: str
    state: State
    depth: Depth
    told: str = ""
    level: Level | None = None

    @property
    def check(self) -> Check:
        """What was looked for."""
        return checks()[self.id]

    @property
    def weight(self) -> Level:
        """How much it matters."""
        return self.level or self.check.level


_ORDER = tuple(State)
_LEVELS = tuple(Level)


def combined(findings: Iterable[Finding]) -> list[Finding]:
    """One finding for each check: what was found anywhere stands, each depth in its words."""
    by_id: dict[str, Finding] = {}
    for each in findings:
        known = by_id.get(each.id)
        by_id[each.id] = each if known is None else _both(known, each)
    places = {name: place for place, name in enumerate(checks())}
    return sorted(by_id.values(), key=lambda each: (_LEVELS.index(each.weight), places[each.id]))


def _both(one: Finding, other: Finding) -> Finding:
    first, second = sorted((one, other), key=lambda each: _ORDER.index(each.state))
    if first.state is not second.state or first.told == second.told or not second.told:
        return first
    return replace(first, told=f"{first.told}; seen by {second.depth.value}: {second.told}")
