"""Which deviations are put into one mock, and which are never together."""

from __future__ import annotations

from itertools import combinations

from pytest_auth0_mfa.mock.deviations import DEVIATIONS
from tests.deviations.grouping import SIZE, SWEEPING, grouped

ALL = list(DEVIATIONS.values())


def test_each_is_in_one_group() -> None:
    """None is lost and none is tried twice."""
    names = [each.name for group in grouped(ALL) for each in group]
    assert sorted(DEVIATIONS) == sorted(names)


def test_groups_are_full() -> None:
    """A run is used for many, but not for more than allowed."""
    sizes = [len(group) for group in grouped(ALL)]
    assert SIZE == max(sizes)
    assert sizes.count(SIZE) > len(sizes) / 3


def test_what_could_hide_is_apart() -> None:
    """Two that bend one rule, edit one answer or break one requirement are never together."""
    together = [pair for group in grouped(ALL) for pair in combinations(group, 2)]
    assert [] == [pair for pair in together if pair[0].rules.keys() & pair[1].rules.keys()]
    assert [] == [pair for pair in together if pair[0].requirement == pair[1].requirement]
    edits = [{each.change.to for each in group if each.change} for group in grouped(ALL)]
    counts = [sum(each.change is not None for each in group) for group in grouped(ALL)]
    assert counts == [len(each) for each in edits]


def test_sweeping_ones_are_alone() -> None:
    """Each is a deviation, and shares a run with none."""
    alone = {group[0].name for group in grouped(ALL) if len(group) == 1}
    assert alone >= SWEEPING
    assert DEVIATIONS.keys() >= SWEEPING


def test_groups_of_one() -> None:
    """Whoever trusts no group gets each alone."""
    assert [[each] for each in ALL] == grouped(ALL, 1)
