"""What the suites must find of a deviation: its requirement turns red and nothing else does."""

from __future__ import annotations

from pytest_auth0_mfa.judge.catalogue import load_catalogue
from pytest_auth0_mfa.mock.deviations import DEVIATIONS

CATALOGUE = load_catalogue()


def expected_of(deviation: str) -> dict[str, set[str]]:
    """Verdict -> ids: the requirement is violated, or deviates if it is a SHOULD."""
    requirement = DEVIATIONS[deviation].requirement
    verdict = "violates" if CATALOGUE[requirement].level == "MUST" else "deviates"
    expected: dict[str, set[str]] = {"violates": set(), "deviates": set()}
    expected[verdict] = {requirement}
    return expected
