"""What many deviations in one mock tell of each: the same as each of them alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from pytest_auth0_mfa.mock.deviations import DEVIATIONS
from tests.deviations.elsewhere import elsewhere
from tests.deviations.expected import ALL_PAIRS, own_pairs

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from tests.deviations.expected import Pair, Verdicts

GROUP = [DEVIATIONS[name] for name in sorted(DEVIATIONS)[:9]]
NAMES = [each.name for each in GROUP]
PAIRS = sorted(frozenset().union(*map(own_pairs, GROUP)) | set(sorted(ALL_PAIRS)[-9:]))
EFFECTS = st.dictionaries(
    st.tuples(st.sampled_from(NAMES), st.sampled_from(PAIRS)),
    st.sampled_from(["violates", "deviates", "inconclusive"]),
)


class Suites:
    """Suites of which is known what each deviation does to each requirement."""

    def __init__(self, effects: dict[tuple[str, Pair], str]) -> None:
        """Every deviation turns its own requirement red besides."""
        own = {(each.name, pair): "violates" for each in GROUP for pair in own_pairs(each)}
        self._effects = {**effects, **own}
        self.judged = 0

    def run(
        self,
        deviations: Sequence[str],
        pairs: Collection[Pair] | None = None,
        *,
        until_red: bool = False,
    ) -> Verdicts:
        """Judge; what one deviation leaves unjudged is so whatever another one does."""
        assert not until_red
        chosen = ALL_PAIRS if pairs is None else pairs
        self.judged += len(chosen)
        return {pair: self._verdict(deviations, pair) for pair in chosen}

    def _verdict(self, deviations: Sequence[str], pair: Pair) -> str:
        effects = {self._effects.get((name, pair), "conforms") for name in deviations}
        return next(iter(sorted(effects - {"conforms"}, key="inconclusive".__ne__)), "conforms")


@given(EFFECTS)
def test_same_as_alone(effects: dict[tuple[str, Pair], str]) -> None:
    """Whatever deviations do, also to each other's requirements, it is told of the right one."""
    suites = Suites(effects)
    alone = {each.name: elsewhere([each], suites.run)[each.name] for each in GROUP}
    assert alone == elsewhere(GROUP, suites.run)


@given(EFFECTS)
def test_of_one(effects: dict[tuple[str, Pair], str]) -> None:
    """Of one alone what it turns red and what it leaves unjudged is told, but for its own."""
    (each,) = GROUP[:1]
    beside = {
        pair: effect
        for (name, pair), effect in effects.items()
        if name == each.name and pair not in own_pairs(each)
    }
    found = elsewhere([each], Suites(effects).run)[each.name]
    assert {pair for pair, effect in beside.items() if effect != "inconclusive"} == found.red
    assert list(beside.values()).count("inconclusive") == found.unjudged


def test_costs_less_than_each_alone() -> None:
    """Where nothing is wrong, all requirements are tried once, and few of them again."""
    suites = Suites({})
    elsewhere(GROUP, suites.run)
    assert len(ALL_PAIRS) / 2 < suites.judged < 2 * len(ALL_PAIRS)
