"""What the suites must find of a deviation: its requirement turns red and nothing else does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_auth0_mfa.judge.catalogue import load_catalogue
from pytest_auth0_mfa.mock.deviations import DEVIATIONS

if TYPE_CHECKING:
    from collections.abc import Iterable

    Found = dict[str, set[str]]

CATALOGUE = load_catalogue()


def expected_of(deviation: str) -> Found:
    """Verdict -> ids: the requirement is violated, or deviates if it is a SHOULD."""
    requirement = DEVIATIONS[deviation].requirement
    verdict = "violates" if CATALOGUE[requirement].level == "MUST" else "deviates"
    expected: Found = {"violates": set(), "deviates": set()}
    expected[verdict] = {requirement}
    return expected


def counted(found: Found, deviations: Iterable[str]) -> Found:
    """What was found, without what may turn red along with these deviations."""
    also = set().union(*(DEVIATIONS[name].also for name in deviations))
    return {verdict: ids - also for verdict, ids in found.items()}
