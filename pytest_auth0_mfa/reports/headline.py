"""What a run came to, in a word and in a line."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any, Final

from pytest_auth0_mfa.judge.verdict import SEVERITY, Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping

    Document = Mapping[str, Any]


class State(Enum):
    """What a whole run came to, the gravest first."""

    BROKEN = "violates the MFA API"
    """Something is violated."""
    STALE = "has a stale expected failure"
    """Nothing is violated, and something that is listed as a failure no longer fails."""
    UNCLEAR = "is inconclusive"
    """Something got in the way of a judgement."""
    UNJUDGED = "was not judged"
    """No requirement was held against the tenant."""
    KNOWN = "violates the MFA API only where that is listed"
    """Whatever fails is an expected failure."""
    DEVIATING = "conforms to the MFA API, and deviates in places"
    """A SHOULD is broken, or an answer differs from the documentation as real tenants do."""
    PARTLY = "conforms to the MFA API in all that was tested"
    """Nothing failed, and something could not be exercised."""
    CONFORMS = "conforms to the MFA API"
    """Whatever applies was judged, and is kept."""


_DECIDING: Final = (
    (Verdict.VIOLATES, State.BROKEN),
    (Verdict.STALE, State.STALE),
    (Verdict.INCONCLUSIVE, State.UNCLEAR),
)
_QUALIFYING: Final = (
    (Verdict.KNOWN, State.KNOWN),
    (Verdict.DEVIATES, State.DEVIATING),
    (Verdict.UNTESTED, State.PARTLY),
)


def state_of(document: Document) -> State:
    """What the run came to."""
    counts = document["summary"]
    for verdict, state in _DECIDING:
        if counts[verdict.value]:
            return state
    if not judged(document):
        return State.UNJUDGED
    return next((state for verdict, state in _QUALIFYING if counts[verdict.value]), State.CONFORMS)


def judged(document: Document) -> int:
    """How many requirements, counted for each factor, and explorations were held against it."""
    exploration = document.get("exploration")
    agreed = bool(exploration and exploration["agrees"])
    counts: Mapping[str, int] = document["summary"]
    return agreed + sum(counts[verdict.value] for verdict in Verdict if verdict.judged)


def counted(document: Document) -> str:
    """`1 violates, 297 conforms`: every verdict that there is, the gravest first."""
    counts = document["summary"]
    words = [f"{counts[each.value]} {each.value}" for each in SEVERITY if counts[each.value]]
    return ", ".join(words) or "no requirement"
