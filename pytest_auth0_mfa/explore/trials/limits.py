"""Trials of limits: tries, messages and questions are used up, and come back with time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_auth0_mfa.explore import challenging, one_time_passwords, oob_codes
from pytest_auth0_mfa.explore.challenging import Wish
from pytest_auth0_mfa.explore.choosing import SENT, enrollable, nth, pick
from pytest_auth0_mfa.explore.preparing import (
    challenged,
    complete_by_otp,
    ensure,
    fresh_login,
    move_clock,
    wrong_code,
)

if TYPE_CHECKING:
    from pytest_auth0_mfa.explore.world import World


def spend_tries(world: World, who: int, between: int, wait: int) -> None:
    """Send as many wrong codes as there are tries; then the right one, at once or after a while."""
    person = pick(world.people, who)
    chosen = pick([each for each in person.active if each.secret], 0) if person else None
    if person is None or chosen is None or not world.door.offers.exhausts:
        return
    for number in range(10):
        if number == 5 and between % 2:  # noqa: PLR2004 - half way
            complete_by_otp(world, chosen)
        token = fresh_login(world, person)
        if token is not None:
            one_time_passwords.redeem(world, token, wrong_code(world))
    if wait % 2 and world.door.offers.moves_clocks:
        move_clock(world, person, 365)
    complete_by_otp(world, chosen)


def spend_messages(world: World, who: int, factor: int, wait: int) -> None:
    """Have as many messages sent as one may, and one more, at once or after a while."""
    person = pick(world.people, who)
    name = nth(enrollable(world, SENT), factor)
    if person is None or name is None or not world.door.offers.exhausts:
        return
    chosen = ensure(world, person, name)
    token = fresh_login(world, person) if chosen is not None else None
    if chosen is None or token is None or not chosen.ids.get(chosen.factor):
        return
    allowance = person.messages(chosen.factor)
    wish = Wish(chosen, chosen.factor)
    for _ in range(allowance.burst + 1):
        if not allowance.is_empty(world.now(person)):
            challenging.challenge(world, token, wish)
    if wait % 2 and world.door.offers.moves_clocks:
        move_clock(world, person, allowance.refill_s + 2)
        token = fresh_login(world, person)
    if token is not None:
        challenging.challenge(world, token, wish)


def poll_fast(world: World, who: int, wait: int) -> None:
    """Ask about a prompt more often than one may, then again, at once or after a while."""
    person = pick(world.people, who)
    oob = challenged(world, person, ensure(world, person, "push")) if person else None
    if oob is None or person is None or not world.door.offers.exhausts:
        return
    for _ in range(13):
        oob_codes.redeem(world, oob.token, oob, None)
    if wait % 2 and world.door.offers.moves_clocks:
        move_clock(world, person, 7)
        oob_codes.redeem(world, oob.token, oob, None)
