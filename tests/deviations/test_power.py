"""What the suites catch: each deviation of the mock, by its requirement and by no other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pytest_auth0_mfa.mock.deviations import DEVIATIONS
from tests.deviations.expected import CATALOGUE, expected_of

if TYPE_CHECKING:
    from collections.abc import Callable


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
    assert expected_of(deviation) == caught(deviation)
