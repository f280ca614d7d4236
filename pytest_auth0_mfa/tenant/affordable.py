"""Which tests get the few messages that a run may send where nobody said how many.

Owns the choice: first one of every step that a user takes with an authenticator, from enrollment to
deletion, then one of everything else, then the second of each, and so on.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Key: TypeAlias = tuple[str, str]
"""A requirement and a factor."""

JOURNEY: Final = (
    "enrollment",
    "confirmation",
    "challenge",
    "verification",
    "delivery",
    "listing",
    "deletion",
)
"""The groups of requirements that a user's way leads along, the most telling first."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A test that may be chosen: what it judges, the group of that, and what it spends, by kind."""

    key: Key
    group: str
    cost: Mapping[str, int]

    def spends_of(self, limits: Mapping[str, int]) -> int:
        """How much it spends of what is limited."""
        return sum(self.cost.get(kind, 0) for kind in limits)


def unaffordable(candidates: Iterable[Candidate], limits: Mapping[str, int]) -> set[Key]:
    """What must be left out so that the others stay within the limits.

    Of each group the candidates count in the order in which they are given.
    """
    spent: Counter[str] = Counter()
    left_out = set()
    for one in _in_turns(each for each in candidates if each.spends_of(limits)):
        after = spent + Counter(one.cost)
        if any(after[kind] > limit for kind, limit in limits.items()):
            left_out.add(one.key)
        else:
            spent = after
    return left_out


def _in_turns(candidates: Iterable[Candidate]) -> list[Candidate]:
    """The first of each group for each factor, then the second of each, and so on."""
    turns: Counter[tuple[str, str]] = Counter()
    queue = []
    for one in candidates:
        hand = (one.group, one.key[1])
        queue.append((turns[hand], _step(one.group), one))
        turns[hand] += 1
    return [one for *_, one in sorted(queue, key=lambda entry: entry[:2])]


def _step(group: str) -> int:
    """The place of a group on the way from enrollment to deletion, those beside it last."""
    return JOURNEY.index(group) if group in JOURNEY else len(JOURNEY)
