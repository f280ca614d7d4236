"""What deviations do to documented answers, found out by doing it.

Samples are the answers of the documented tenant to the long conversation of the mock's tests. A
deviation that changes answers is applied to them; one that behaves differently is talked to.
"""

from __future__ import annotations

import random
from functools import cache
from itertools import zip_longest
from typing import TYPE_CHECKING

from pytest_auth0_mfa import schemas
from pytest_auth0_mfa.mock.deviations import DEVIATIONS
from pytest_auth0_mfa.mock.engine import MockTenant
from pytest_auth0_mfa.mock.keys import SigningKey
from pytest_auth0_mfa.mock.messages import Answer
from tests.mock.conftest import Clock, Harness
from tests.mock.conversation import conversation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_auth0_mfa.mock.deviations import Deviation

    Fault = tuple[str, str]
    """A kind (`missing`, `wrong`, `extra`, `status`, `content-type`) and a place."""

INTERRUPTED = "mfa_required"


@cache
def _key() -> SigningKey:
    """One RSA key for all tenants: a key takes a tenth of a second."""
    return SigningKey(random.Random(0))  # noqa: S311  A test's randomness is seeded.


def _answers(*deviations: str) -> Iterator[Answer]:
    clock, entropy = Clock(), random.Random(1)  # noqa: S311  As above.
    engine = MockTenant(clock, entropy, deviations=deviations)
    engine.tenant.signing_key = _key()
    for said in conversation(Harness(engine, clock)):
        yield Answer(said.status, said.body, said.response_id, said.headers)


@cache
def documented() -> tuple[Answer, ...]:
    """The whole conversation with the documented tenant."""
    return tuple(_answers())


@cache
def samples(response_id: str) -> tuple[Answer, ...]:
    """The answers of one kind in that conversation."""
    return tuple(each for each in documented() if each.response_id == response_id)


@cache
def faults(name: str, response_id: str) -> frozenset[Fault]:
    """What a deviation makes wrong in a documented response, as the schemas see it too."""
    change = DEVIATIONS[name].change
    if change is None or not change.applies_to(response_id):
        return frozenset()
    found: set[Fault] = set()
    for answer in samples(response_id):
        said = change.edit(answer)
        found |= {each for each in _differences(answer, said) if _is_found(response_id, said)}
    return frozenset(found)


def _is_found(response_id: str, said: Answer) -> bool:
    return bool(schemas.check(response_id, said.body, status=said.status, headers=said.headers))


def _differences(right: Answer, said: Answer) -> Iterator[Fault]:
    if right.status != said.status:
        yield "status", ""
        return
    if right.headers.get("content-type") != said.headers.get("content-type"):
        yield "content-type", ""
    yield from _within(right.body, said.body, "")


def _within(right: object, said: object, place: str) -> Iterator[Fault]:
    if isinstance(right, dict) and isinstance(said, dict):
        yield from (("missing", f"{place}/{name}") for name in right.keys() - said.keys())
        yield from (("extra", f"{place}/{name}") for name in said.keys() - right.keys())
        for name in right.keys() & said.keys():
            yield from _within(right[name], said[name], f"{place}/{name}")
    elif isinstance(right, list) and isinstance(said, list) and _are_alike(right, said):
        for one, other in zip(right, said, strict=True):
            yield from _within(one, other, f"{place}/*")
    elif right != said:
        yield "wrong", place


def _are_alike(right: list[object], said: list[object]) -> bool:
    """Whether two lists hold as many objects."""
    return len(right) == len(said) and all(isinstance(each, dict) for each in [*right, *said])


@cache
def outcome(name: str) -> str:
    """What a deviation does to requests: `accepted`, `refused`, or `wrong` if neither."""
    entry = DEVIATIONS[name]
    return _outcome_of_change(entry) if entry.change else _outcome_of_talk(name)


def _outcome_of_change(entry: Deviation) -> str:
    change = entry.change
    assert change is not None
    right = (each for each in documented() if change.applies_to(each.response_id))
    pairs = ((each, change.edit(each)) for each in right)
    return next((told for one, other in pairs if (told := _turn(one, other))), "wrong")


def _outcome_of_talk(name: str) -> str:
    for right, said in zip_longest(documented(), _answers(name)):
        if right is None or said is None:
            break
        if told := _turn(right, said):
            return told
    return "wrong"


def _turn(right: Answer, said: Answer) -> str:
    """Whether a request fares better or worse than it should; empty where it fares the same."""
    before, after = _fate(right), _fate(said)
    if before == after:
        return ""
    return "accepted" if after > before else "refused"


def _fate(answer: Answer) -> int:
    """How far a request gets: refused, interrupted for the second factor, or carried out."""
    error = answer.body.get("error") if isinstance(answer.body, dict) else None
    if answer.status == 403 and error == INTERRUPTED:
        return 1
    return 0 if answer.is_error else 2
