"""Trials of time: what is too late, and what is just in time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pytest_auth0_mfa.explore import (
    challenging,
    devices,
    enrolling,
    one_time_passwords,
    oob_codes,
    recovery_codes,
)
from pytest_auth0_mfa.explore.challenging import Wish
from pytest_auth0_mfa.explore.choosing import SENT, enrollable, nth, pick
from pytest_auth0_mfa.explore.listing import look
from pytest_auth0_mfa.explore.preparing import (
    allow,
    challenged,
    complete,
    enrolling_token,
    ensure,
    fresh_login,
    move_clock,
)

if TYPE_CHECKING:
    from pytest_auth0_mfa.explore.world import World

EXPIRY: Final = (611, 590)
_OOB_EXPIRY: Final = (311, 290)
"""Seconds after which a token, or an `oob_code`, is too old, and after which it is not yet."""


def let_expire(world: World, who: int, uses: int, early: int) -> None:
    """Use an `mfa_token` when its time is over, or almost, for some or all that it is good for."""
    person = pick(world.people, who)
    token = fresh_login(world, person) if person else None
    if person is None or token is None or not world.door.offers.moves_clocks:
        return
    move_clock(world, person, EXPIRY[early % 2])
    if uses & 1:
        look(world, token)
    if uses & 2:
        enrolling.associate(world, token, "otp")
    if uses & 4:
        challenging.challenge(world, token, Wish(types="oob otp"))
    if uses & 8 and person.recovery.value:
        recovery_codes.redeem(world, token, person.recovery.value)
    if uses & 16:
        complete(world, token)


def let_code_expire(world: World, who: int, factor: int, early: int) -> None:
    """Use a delivered code, or an allowed prompt, when its time is over, or almost."""
    person = pick(world.people, who)
    name = nth(enrollable(world, SENT), factor)
    if person is None or name is None or not world.door.offers.moves_clocks:
        return
    oob = challenged(world, person, ensure(world, person, name))
    if oob is None:
        return
    allow(world, oob)
    move_clock(world, person, _OOB_EXPIRY[early % 2])
    oob_codes.redeem(world, oob.token, oob, oob.code)


def answer_late(world: World, who: int) -> None:
    """Allow a prompt when the login that it belongs to is over."""
    person = pick(world.people, who)
    if person is None or not world.door.offers.moves_clocks:
        return
    oob = challenged(world, person, ensure(world, person, "push"))
    if oob is not None and oob.prompt is not None:
        move_clock(world, person, EXPIRY[0])
        devices.decide(world, oob, allow=True)


def wait_for_scan(world: World, who: int, early: int, repeat: int) -> None:
    """Enroll a device early or late, ask for the tokens before and after, perhaps scan again."""
    person = pick(world.people, who)
    if person is None or "push" not in world.door.offers.enrollable:
        return
    token = enrolling_token(world, person)
    enrollment = enrolling.associate(world, token, "push") if token is not None else None
    if token is None or enrollment is None:
        return
    oob = person.oobs[-1]
    oob_codes.redeem(world, token, oob, None)
    if early % 3 and world.door.offers.moves_clocks:
        move_clock(world, person, _OOB_EXPIRY[early % 2])
    for _ in range(1 + repeat % 2):
        enrolling.scan(world, enrollment)
    oob_codes.redeem(world, token, oob, None)


def come_late(world: World, who: int, old: int) -> None:
    """Send an unused one-time password of the step before, or of one that is too old."""
    person = pick(world.people, who)
    chosen = ensure(world, person, "otp") if person else None
    if person is None or chosen is None or not world.door.offers.moves_clocks:
        return
    move_clock(world, person, 4 * one_time_passwords.STEP_S)
    token = fresh_login(world, person)
    if token is not None:
        step = one_time_passwords.step_of(world, person) - 1 - old
        one_time_passwords.redeem(world, token, one_time_passwords.code_of(chosen, step))
