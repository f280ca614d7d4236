"""What the suites catch: each deviation of the mock, by its requirement and by no other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pytest_auth0_mfa.mock.deviations import DEVIATIONS
from tests.deviations.expected import ALL_PAIRS, CATALOGUE

if TYPE_CHECKING:
    from tests.deviations.measuring import Measuring


def test_every_requirement_has_a_deviation() -> None:
    """A requirement that nothing can break would prove nothing when it is kept."""
    assert {requirement.id for requirement in CATALOGUE} == {
        deviation.requirement for deviation in DEVIATIONS.values()
    }


@pytest.mark.power
@pytest.mark.parametrize("deviation", sorted(DEVIATIONS))
def test_deviation_is_caught_by_its_requirement_alone(deviation: str, power: Measuring) -> None:
    """The requirement turns red, or deviates if it is a SHOULD; in a sample, nothing else does."""
    found = power.found(DEVIATIONS[deviation])
    assert ("caught", "") == (found.outcome, found.catch.instead)
    assert frozenset() == (found.elsewhere or frozenset())


@pytest.mark.power
def test_every_factor_of_a_requirement_can_turn_red(power: Measuring, chosen: set[str]) -> None:
    """Each factor of a requirement is judged for itself: some deviation breaks it there."""
    if chosen != DEVIATIONS.keys():
        pytest.skip("says something of a run of all deviations only")
    found = [power.found(each) for each in DEVIATIONS.values()]
    red = {(each.deviation.requirement, factor) for each in found for factor in each.catch.factors}
    assert set() == ALL_PAIRS - red
