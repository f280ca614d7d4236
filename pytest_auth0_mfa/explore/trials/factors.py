"""Trials of what a user has: several factors, pending ones, other ways, none any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_auth0_mfa.explore import (
    challenging,
    deleting,
    enrolling,
    one_time_passwords,
    oob_codes,
)
from pytest_auth0_mfa.explore.challenging import Wish
from pytest_auth0_mfa.explore.choosing import TYPES, enrollable, nth, pick
from pytest_auth0_mfa.explore.listing import look
from pytest_auth0_mfa.explore.preparing import (
    access_token,
    answer,
    challenged,
    confirm,
    enrolling_token,
    ensure,
    fresh_login,
    send_unused,
    wrong_code,
)
from pytest_auth0_mfa.factors.kinds import DELIVERED

if TYPE_CHECKING:
    from pytest_auth0_mfa.explore.world import World


def choose_among(world: World, who: int, one: int, other: int, types: int) -> None:
    """Have two factors and be challenged by type, or by none; then complete the login."""
    person = pick(world.people, who)
    factors = world.door.offers.enrollable
    if person is None or not factors:
        return
    for number in (one, other):
        ensure(world, person, factors[number % len(factors)])
    token = fresh_login(world, person)
    if token is None:
        return
    oob = challenging.challenge(world, token, Wish(types=TYPES[types % len(TYPES)]))
    if oob is not None:
        answer(world, oob)


def use_other_way(world: World, who: int, factor: int) -> None:
    """Use the other entry of an enrollment: the other channel of a phone, a device's passwords."""
    person = pick(world.people, who)
    name = nth(enrollable(world, ("sms", "voice", "push")), factor)
    if person is None or name is None or not world.door.offers.configures:
        return
    chosen = ensure(world, person, name)
    token = fresh_login(world, person) if chosen is not None else None
    if chosen is None or token is None:
        return
    if chosen.secret:
        send_unused(world, chosen, token)
        return
    kind = chosen.kinds[-1]
    if chosen.inbox and kind in chosen.ids:
        oob = challenging.challenge(world, token, Wish(chosen, kind))
        if oob is not None:
            oob_codes.redeem(world, token, oob, oob.code)


def fail_to_confirm(world: World, who: int, factor: int) -> None:
    """Send a wrong code for what is not confirmed yet, list it, and send the right one."""
    person = pick(world.people, who)
    name = nth(enrollable(world, ("otp", *DELIVERED)), factor)
    if person is None or name is None or not world.door.offers.exhausts:
        return
    token = enrolling_token(world, person)
    enrollment = enrolling.associate(world, token, name) if token is not None else None
    if token is None or enrollment is None:
        return
    if enrollment.secret:
        one_time_passwords.redeem(world, token, wrong_code(world))
    else:
        oob_codes.redeem(world, token, person.oobs[-1], wrong_code(world))
    look(world, token)
    confirm(world, enrollment, token)


def challenge_pending(world: World, who: int, factor: int, beside: int) -> None:
    """Challenge what is not confirmed, alone or beside something that is, and list it."""
    person = pick(world.people, who)
    factors = world.door.offers.enrollable
    if person is None or not factors:
        return
    if beside % 2:
        ensure(world, person, factors[0])
    token = enrolling_token(world, person)
    name = factors[factor % len(factors)]
    pending = enrolling.associate(world, token, name) if token is not None else None
    if pending is None or not pending.ids:
        return
    login = fresh_login(world, person)
    if login is not None:
        challenging.challenge(world, login, Wish(pending, min(pending.ids)))


def start_over(world: World, who: int) -> None:
    """Delete everything, then enroll again by a password alone."""
    person = pick(world.people, who)
    if person is None:
        return
    for each in list(person.enrollments):
        token = access_token(world, person)
        if token is None or not each.ids or each.is_removed:
            return
        deleting.delete(world, token, each, min(each.ids))
    token = fresh_login(world, person)
    if token is not None and not person.enrollments:
        look(world, token)
        enrolling.associate(world, token, "otp")


def delete_again(world: World, who: int) -> None:
    """Delete a factor, then what is there no more."""
    person = pick(world.people, who)
    chosen = ensure(world, person, "otp") if person else None
    if person is None or chosen is None or not chosen.ids:
        return
    for _ in range(2):
        token = access_token(world, person)
        if token is not None:
            deleting.delete(world, token, chosen, "totp")


def delete_address(world: World, uses: int) -> None:
    """Try to delete what is listed for a verified address, and challenge it."""
    person = next((each for each in world.people if each.verified), None)
    if person is None or person.verified is None:
        return
    token = access_token(world, person)
    if token is None:
        return
    look(world, token)
    kinds = [kind for kind in person.verified.kinds if kind in person.verified.ids]
    if uses & 1 and kinds:
        deleting.delete(world, token, person.verified, kinds[0])
    if uses & 2:
        oob = challenged(world, person, person.verified)
        if oob is not None:
            oob_codes.redeem(world, oob.token, oob, oob.code)
