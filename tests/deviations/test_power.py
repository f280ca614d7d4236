"""What the suites catch: each deviation of the mock, by its requirement and by no other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pytest_auth0_mfa.mock.deviations import DEVIATIONS
from tests.deviations.expected import CATALOGUE, expected_of

if TYPE_CHECKING:
    from tests.deviations.runs import Runs


def test_every_requirement_has_a_deviation() -> None:
    """A requirement that nothing can break would prove nothing when it is kept."""
    assert {requirement.id for requirement in CATALOGUE} == {
        deviation.requirement for deviation in DEVIATIONS.values()
    }


@pytest.mark.power
@pytest.mark.parametrize("deviation", sorted(DEVIATIONS))
def test_deviation_is_caught_by_its_requirement_alone(deviation: str, runs: Runs) -> None:
    """The requirement turns red, or deviates if it is a SHOULD, and nothing else does."""
    assert expected_of(deviation) == runs.found(deviation)


@pytest.mark.power
def test_every_factor_of_a_requirement_can_turn_red(runs: Runs) -> None:
    """Each factor of a requirement is judged for itself: some deviation breaks it there."""
    if not runs.is_complete:
        pytest.skip("says something of a run of all deviations only")
    for name in DEVIATIONS:
        runs.found(name)
    pairs = {(each.id, factor) for each in CATALOGUE for factor in each.factors}
    hidden = {requirement for requirement, _ in pairs - runs.red}
    runs.alone([name for name, each in DEVIATIONS.items() if each.requirement in hidden])
    assert set() == pairs - runs.red
