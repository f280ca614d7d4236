"""What the suites catch: each deviation of the mock, by its requirement and by no other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pytest_auth0_mfa.judge.catalogue import load_catalogue
from pytest_auth0_mfa.mock.deviations import DEVIATIONS

if TYPE_CHECKING:
    from collections.abc import Callable

CATALOGUE = load_catalogue()


def test_every_requirement_has_a_deviation() -> None:
    """A requirement that nothing can break would prove nothing when it is kept."""
    assert {requirement.id for requirement in CATALOGUE} == {
        deviation.requirement for deviation in DEVIATIONS.values()
    }


@pytest.mark.power
@pytest.mark.parametrize("deviation", sorted(DEVIATIONS))
def test_deviation_is_caught_by_its_requirement_alone(
    deviation: str, caught: Callable[[str], dict[str, set[str]]]
) -> None:
    """The requirement turns red, or deviates if it is a SHOULD, and nothing else does."""
    wanted = DEVIATIONS[deviation].requirement
    verdict = "violates" if CATALOGUE[wanted].level == "MUST" else "deviates"
    found = caught(deviation)
    broken = {name: found.get(name, set()) for name in ("violates", "deviates")}
    expected: dict[str, set[str]] = {"violates": set(), "deviates": set()}
    expected[verdict] = {wanted}
    assert expected == broken
