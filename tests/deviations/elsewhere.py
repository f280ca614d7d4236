"""Which unrelated requirements a deviation turns red: everything is tried, of many at once.

A run of all suites takes seconds, so several deviations are put into one mock. What such a run
finds as it must be is so with each of them. Whatever else it finds, red or not judged, is tried
again with either half of them, and so on until each is alone. What the deviations of one half are
to turn red says nothing of them, and is tried with the other half.

This takes for granted that no deviation makes another one's fault look right; `grouping` keeps
those apart that bend the same rule or edit the same answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tests.deviations.expected import ALL_PAIRS, GREEN, RED, own_pairs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_auth0_mfa.mock.deviations import Deviation
    from tests.deviations.expected import Pair, Run


class Elsewhere(NamedTuple):
    """What a deviation does beside its own: what it turns red, and how much it leaves unjudged."""

    red: frozenset[Pair]
    unjudged: int


def elsewhere(group: Sequence[Deviation], run: Run) -> dict[str, Elsewhere]:
    """Name -> what it does beside its own, for each deviation of a group."""
    return _tried(group, ALL_PAIRS - _owned(group), run)


def _tried(group: Sequence[Deviation], pairs: frozenset[Pair], run: Run) -> dict[str, Elsewhere]:
    """Try these pairs, none of which the group owns."""
    verdicts = run([each.name for each in group], pairs) if pairs else {}
    if len(group) == 1:
        red = frozenset(pair for pair, verdict in verdicts.items() if verdict in RED)
        unjudged = sum(verdicts.get(pair) not in {GREEN, *RED} for pair in pairs)
        return {group[0].name: Elsewhere(red, unjudged)}
    left = frozenset(pair for pair in pairs if verdicts.get(pair) != GREEN)
    middle = len(group) // 2
    one, other = group[:middle], group[middle:]
    owned_by_one, owned_by_other = _owned(one), _owned(other)
    return {
        **_tried(one, left | owned_by_other - owned_by_one, run),
        **_tried(other, left | owned_by_one - owned_by_other, run),
    }


def _owned(group: Sequence[Deviation]) -> frozenset[Pair]:
    return frozenset["Pair"]().union(*map(own_pairs, group))
