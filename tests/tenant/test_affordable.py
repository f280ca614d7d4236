"""Which tests get the few messages that a run sends where nobody said how many."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from pytest_auth0_mfa.tenant.affordable import JOURNEY, Candidate, unaffordable

COSTS = st.dictionaries(st.sampled_from(["sms", "voice", "email"]), st.integers(0, 4))
CANDIDATES = st.lists(
    st.builds(
        Candidate,
        st.tuples(st.uuids().map(str), st.sampled_from(["sms", "voice"])),
        st.sampled_from([*JOURNEY, "limits", "errors"]),
        COSTS,
    )
)
LIMITS = st.dictionaries(st.sampled_from(["sms", "voice"]), st.integers(0, 12))


def candidate(name: str, group: str, sms: int) -> Candidate:
    """A test of a requirement for text messages."""
    return Candidate((name, "sms"), group, {"sms": sms})


@given(CANDIDATES, LIMITS)
def test_never_too_much(candidates: list[Candidate], limits: dict[str, int]) -> None:
    """What is left stays within the limits."""
    left_out = unaffordable(candidates, limits)
    spent = sum((Counter(one.cost) for one in candidates if one.key not in left_out), Counter())
    assert all(spent[kind] <= limit for kind, limit in limits.items())


@given(CANDIDATES, LIMITS)
def test_never_too_little(candidates: list[Candidate], limits: dict[str, int]) -> None:
    """Nothing is left out that would still fit, least of all what costs nothing limited."""
    left_out = unaffordable(candidates, limits)
    spent = sum((Counter(one.cost) for one in candidates if one.key not in left_out), Counter())
    for one in candidates:
        if one.key in left_out:
            assert any(spent[kind] + one.cost.get(kind, 0) > limits[kind] for kind in limits)


def test_the_way_of_a_user_first() -> None:
    """A step of each group on the way counts more than a second of one, or any beside it."""
    limits, first = candidate("limits", "limits", 1), candidate("first", "enrollment", 1)
    second, last = candidate("second", "enrollment", 1), candidate("last", "deletion", 1)
    chosen = [limits, first, second, last]
    assert {limits.key, second.key} == unaffordable(chosen, {"sms": 2})
    assert {second.key} == unaffordable(chosen, {"sms": 3})


def test_dear_ones_give_way() -> None:
    """What does not fit any more leaves room for what does."""
    dear, cheap = candidate("dear", "enrollment", 3), candidate("cheap", "deletion", 2)
    assert {dear.key} == unaffordable([dear, cheap], {"sms": 2})
