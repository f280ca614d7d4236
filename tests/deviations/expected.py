"""What the suites must find of a deviation: its requirement turns red and nothing else does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from pytest_auth0_mfa.judge.catalogue import load_catalogue

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from pytest_auth0_mfa.mock.deviations import Deviation

    Pair = tuple[str, str]
    """The id of a requirement, and a factor."""

    Verdicts = Mapping[Pair, str]

CATALOGUE = load_catalogue()
RED = frozenset({"violates", "deviates"})
GREEN = "conforms"


class Run(Protocol):
    """Runs the suites against a mock that is wrong in some ways."""

    def __call__(
        self,
        deviations: Sequence[str],
        pairs: Collection[Pair] | None = None,
        *,
        until_red: bool = False,
    ) -> Verdicts:
        """Judge these pairs, all where none are named; `until_red` ends it at the first red one."""


def pairs_of(requirements: Iterable[str]) -> frozenset[Pair]:
    """Each requirement with each of its factors."""
    return frozenset((name, factor) for name in requirements for factor in CATALOGUE[name].factors)


ALL_PAIRS = pairs_of(requirement.id for requirement in CATALOGUE)


def wanted(deviation: Deviation) -> str:
    """The verdict on its requirement: violated, or it deviates if it is a SHOULD."""
    return "violates" if CATALOGUE[deviation.requirement].level == "MUST" else "deviates"


def own_pairs(deviation: Deviation) -> frozenset[Pair]:
    """What may turn red with a deviation: its requirement, and others that judge the same place.

    Nothing may with one that breaks no requirement.
    """
    return pairs_of({deviation.requirement, *deviation.also} - {""})
