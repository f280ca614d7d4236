"""What `POWER` in the environment asks of a run of the project's tests."""

from __future__ import annotations

import pytest

from pytest_auth0_mfa.mock.deviations import DEVIATIONS
from tests.deviations import equivalents
from tests.deviations.grouping import grouped
from tests.deviations.planning import planned

ALL = list(DEVIATIONS.values())


def test_sample() -> None:
    """Without a word some groups are tried with everything, and what is said repeats them."""
    groups, said = planned(ALL, "")
    assert 0 < len(groups) < len(grouped(ALL)) / 4
    seed = said.partition("POWER=")[2].partition(" ")[0]
    assert (groups, said) == planned(ALL, seed)


def test_one() -> None:
    """A deviation that was chosen by name is tried with everything."""
    groups, _ = planned(ALL[:1], "")
    assert [ALL[:1]] == groups


def test_all() -> None:
    """All of them in groups, and what is different and right besides."""
    groups, _ = planned(ALL, "all")
    assert [*grouped(ALL), equivalents.DEVIATIONS] == groups


def test_alone() -> None:
    """Each in a mock of its own."""
    groups, _ = planned(ALL, "alone")
    assert [*([each] for each in ALL), equivalents.DEVIATIONS] == groups


def test_mistake() -> None:
    """Any other word is told, with those that there are."""
    with pytest.raises(pytest.UsageError, match=r"POWER=al: a number .*, all or alone"):
        planned(ALL, "al")
