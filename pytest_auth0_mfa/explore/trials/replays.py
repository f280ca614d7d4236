"""Trials of what is good once, or for one login: codes, prompts, recovery codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_auth0_mfa.explore import devices, oob_codes, recovery_codes
from pytest_auth0_mfa.explore.choosing import nth, pick
from pytest_auth0_mfa.explore.moves.codes import repeat_otp
from pytest_auth0_mfa.explore.preparing import (
    allow,
    challenged,
    complete_by_otp,
    ensure,
    fresh_login,
)
from pytest_auth0_mfa.factors.kinds import DELIVERED

if TYPE_CHECKING:
    from pytest_auth0_mfa.explore.world import World


def use_twice(world: World, who: int, factor: int) -> None:
    """Complete a login, then send the same code again: a one-time password in another login."""
    person = pick(world.people, who)
    name = nth([each for each in world.door.offers.enrollable if each != "push"], factor)
    if person is None or name is None:
        return
    chosen = ensure(world, person, name)
    if chosen is not None and chosen.secret:
        complete_by_otp(world, chosen)
        repeat_otp(world, who)
        return
    oob = challenged(world, person, chosen)
    for _ in range(2):
        if oob is not None:
            oob_codes.redeem(world, oob.token, oob, oob.code)


def cross_codes(world: World, who: int, factor: int, ways: int) -> None:
    """Mix what belongs to two logins, of one person or of two; then each is right by itself."""
    person = pick(world.people, who)
    if person is None:
        return
    other = world.other(person) if ways & 1 else person
    name = DELIVERED[factor % len(DELIVERED)]
    first = challenged(world, person, ensure(world, person, name))
    second = challenged(world, other, ensure(world, other, name))
    if first is None or second is None:
        return
    if ways & 2:
        oob_codes.redeem(world, second.token, second, first.code)
    if ways & 4:
        oob_codes.redeem(world, second.token, first, first.code)
    oob_codes.redeem(world, first.token, first, first.code)
    oob_codes.redeem(world, second.token, second, second.code)


def cross_prompts(world: World, who: int, ways: int) -> None:
    """Answer one prompt with what is good for another, of the same device or of another's."""
    person = pick(world.people, who)
    if person is None or "push" not in world.door.offers.factors:
        return
    other = world.other(person) if ways & 1 else person
    first = challenged(world, person, ensure(world, person, "push"))
    second = challenged(world, other, ensure(world, other, "push"))
    if first is None or second is None or first.prompt is None or second.prompt is None:
        return
    if ways & 2:
        devices.forge(world, first, second)
        oob_codes.redeem(world, first.token, first, None)
    if ways & 4:
        allow(world, second)
        oob_codes.redeem(world, first.token, second, None)
        oob_codes.redeem(world, second.token, second, None)


def change_mind(world: World, who: int) -> None:
    """Reject a prompt, then allow it, and ask for the tokens."""
    person = pick(world.people, who)
    oob = challenged(world, person, ensure(world, person, "push")) if person else None
    if oob is None or oob.prompt is None:
        return
    for decision in (False, True):
        devices.decide(world, oob, allow=decision)
        oob_codes.redeem(world, oob.token, oob, None)


def recover_twice(world: World, who: int, again: int) -> None:
    """Use the recovery code, then the new one, the old one, or the other person's."""
    person = pick(world.people, who)
    code = person.recovery.value if person else None
    token = fresh_login(world, person) if person else None
    if person is None or code is None or token is None:
        return
    recovery_codes.redeem(world, token, code)
    theirs = world.other(person).recovery.value
    chosen = (code, person.recovery.value, theirs)[again % 3]
    token = fresh_login(world, person)
    if token is not None and chosen is not None:
        recovery_codes.redeem(world, token, chosen)
