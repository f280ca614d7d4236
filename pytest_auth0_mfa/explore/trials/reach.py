"""Trials of how far tokens reach: by scopes, to what is others', once renewed, without a factor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_auth0_mfa.explore import (
    challenging,
    deleting,
    enrolling,
    logins,
    one_time_passwords,
    recovery_codes,
)
from pytest_auth0_mfa.explore.challenging import Wish
from pytest_auth0_mfa.explore.choosing import RENEWABLE, SCOPES, pick
from pytest_auth0_mfa.explore.listing import look
from pytest_auth0_mfa.explore.preparing import (
    access_token,
    complete,
    fresh_login,
    move_clock,
    wrong_code,
)
from pytest_auth0_mfa.explore.trials.expiry import EXPIRY

if TYPE_CHECKING:
    from pytest_auth0_mfa.explore.world import World


def overreach(world: World, who: int, scope: int, uses: int, late: int) -> None:
    """Use an access token with some scopes for some things or all, in time or too late."""
    person = pick(world.people, who)
    token = access_token(world, person, SCOPES[scope % len(SCOPES)]) if person else None
    if person is None or token is None:
        return
    if late and world.door.offers.moves_clocks:
        move_clock(world, person, EXPIRY[0])
    if uses & 1:
        look(world, token)
    if uses & 2:
        enrolling.associate(world, token, "otp")
    if uses & 4:
        challenging.challenge(world, token, Wish())
    if uses & 8 and person.enrollments and person.enrollments[0].ids:
        chosen = person.enrollments[0]
        deleting.delete(world, token, chosen, min(chosen.ids))


def take_what_is_others(world: World, who: int, uses: int) -> None:
    """Challenge, or delete, what belongs to another person; and list what one has oneself."""
    person = pick(world.people, who)
    others = world.others(person)[:1] if person else []
    theirs = [each for one in others for each in one.enrollments if each.is_active and each.ids]
    if person is None or not theirs:
        return
    chosen, kind = theirs[-1], min(theirs[-1].ids)
    token = fresh_login(world, person) if uses & 1 else None
    if token is not None:
        look(world, token)
        challenging.challenge(world, token, Wish(chosen, kind))
    token = access_token(world, person) if uses & 2 else None
    if token is not None:
        deleting.delete(world, token, chosen, kind)


def stay_bare(world: World, uses: int) -> None:
    """Log in a new person who enrolls nothing, and try what needs a factor."""
    if not world.door.offers.configures:
        return
    person = world.add_person()
    world.people.insert(0, world.people.pop())  # The latest stay those that there were.
    token = fresh_login(world, person)
    if token is None:
        return
    if uses & 1:
        look(world, token)
    if uses & 2:
        challenging.challenge(world, token, Wish(types="otp oob"))
    if uses & 4:
        one_time_passwords.redeem(world, token, wrong_code(world))
    theirs = world.other(person).recovery.value
    if uses & 8 and theirs:
        recovery_codes.redeem(world, token, theirs)
    if uses & 16:
        move_clock(world, person, EXPIRY[0])
        enrolling.associate(world, token, "otp")


def renew(world: World, who: int, for_mfa: int) -> None:
    """Complete a login that gives a refresh token, exchange that, and use what comes of it."""
    person = pick(world.people, who)
    if person is None:
        return
    scope = RENEWABLE if for_mfa else "openid profile offline_access"
    if logins.log_in(world, person, scope, for_mfa=bool(for_mfa)):
        complete(world, person.tokens[-1])
    if person.refresh_tokens:
        logins.refresh(world, person, person.refresh_tokens[-1])
        if for_mfa and person.tokens[-1].is_access:
            look(world, person.tokens[-1])
