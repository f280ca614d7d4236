"""Moves with challenges: they are asked for, answered on a device, and asked about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_auth0_mfa.explore import challenging, devices, enrolling, oob_codes
from pytest_auth0_mfa.explore.challenging import Wish
from pytest_auth0_mfa.explore.choosing import TYPES, nth, pick
from pytest_auth0_mfa.explore.sparing import may_send
from pytest_auth0_mfa.factors.kinds import DELIVERED

if TYPE_CHECKING:
    from pytest_auth0_mfa.explore.state import Token
    from pytest_auth0_mfa.explore.world import World


def challenge(world: World, which: int, what: int, types: int) -> None:
    """Ask for a challenge with any token, of anything or of nothing in particular."""
    token = pick(world.tokens, which)
    if token is None:
        return
    wish = _wish(world, token, what, types)
    if wish.channel == "otp" or may_send(world, token.owner, wish.channel or "sms"):
        challenging.challenge(world, token, wish)


def _wish(world: World, token: Token, what: int, types: int) -> Wish:
    """Mostly what the person has, sometimes what was deleted or is another's."""
    things = [*world.enrollments] if what % 4 == 3 else token.owner.listed  # noqa: PLR2004
    chosen = pick(things, what // 4)
    if chosen is None or not chosen.ids or what % 4 == 2:  # noqa: PLR2004 - a quarter
        return Wish(types=TYPES[types % len(TYPES)])
    kinds = [kind for kind in chosen.kinds if kind in chosen.ids]
    kind = kinds[types % len(kinds)] if world.door.offers.configures else kinds[0]
    return Wish(chosen, kind)


def answer_prompt(world: World, which: int, other: int, how: int) -> None:
    """Allow or reject a prompt, or have another device or another prompt answer for it."""
    prompts = [each for each in world.oobs if each.prompt is not None]
    oob, another = pick(prompts, which), pick(prompts, other)
    if oob is None or another is None:
        return
    if how % 4 == 3 and another is not oob:  # noqa: PLR2004 - a quarter
        devices.forge(world, oob, another)
    else:
        devices.decide(world, oob, allow=how % 4 != 1)


def poll(world: World, which: int, times: int) -> None:
    """Ask about a push, once or more often than one may."""
    oob = pick([each for each in world.oobs if each.code is None], which)
    if oob is None:
        return
    for _ in range(14 if times % 4 == 3 else 1):  # noqa: PLR2004 - a quarter
        if oob.is_used:
            return
        oob_codes.redeem(world, oob.token, oob, None)


def use_up_messages(world: World, which: int, factor: int) -> None:
    """Have messages sent, associations or challenges, until no more may be."""
    token = pick([each for each in world.tokens if world.is_alive(each)], which)
    if token is None or not world.door.offers.exhausts:
        return
    name = nth([each for each in world.door.offers.enrollable if each in DELIVERED], factor)
    device = pick(
        [each for each in token.owner.active if each.factor == "push" and each.ids.get("push")], 0
    )
    if device is not None and factor % 2:
        for _ in range(6):
            challenging.challenge(world, token, Wish(device, "push"))
    elif name is not None and (token.is_access or not token.owner.active):
        for _ in range(token.owner.messages(name).burst + 1):
            enrolling.associate(world, token, name)
