"""Moves with codes: right and wrong ones, used ones, and those that belong elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pytest_auth0_mfa.explore import one_time_passwords, oob_codes, recovery_codes
from pytest_auth0_mfa.explore.choosing import pick
from pytest_auth0_mfa.explore.preparing import complete, fresh_login, wrong_code
from pytest_auth0_mfa.explore.sparing import spares

if TYPE_CHECKING:
    from pytest_auth0_mfa.explore.state import Token
    from pytest_auth0_mfa.explore.world import World

_STEPS_BACK: Final = (0, 0, 1, 2, 20)


def finish(world: World, which: int, way: int) -> None:
    """Complete a login that waits, with a right code."""
    token = pick([each for each in world.tokens if not each.is_access and not each.is_spent], which)
    if token is not None:
        complete(world, token, way)


def verify_otp(world: World, which: int, whose: int, back: int) -> None:
    """Send a one-time password of anybody's, of now or of before, with any token."""
    token = pick(world.tokens, which)
    generators = [each for each in world.enrollments if each.secret]
    if token is None:
        return
    own = [each for each in generators if each.owner is token.owner]
    chosen = pick(own if own and whose % 3 else generators, whose // 3)
    if chosen is None:
        _send_wrong_otp(world, token)
        return
    step = one_time_passwords.step_of(world, chosen.owner) - _STEPS_BACK[back % len(_STEPS_BACK)]
    one_time_passwords.redeem(world, token, one_time_passwords.code_of(chosen, step))


def repeat_otp(world: World, who: int) -> None:
    """Send a one-time password again that was used, in a login of its own."""
    person = pick(world.people, who)
    used = [each for each in person.enrollments if each.codes_used] if person else []
    if person is None or not used:
        return
    token = fresh_login(world, person)
    if token is not None:
        one_time_passwords.redeem(world, token, max(used[-1].codes_used))


def verify_oob(world: World, which: int, other: int, mix: int) -> None:
    """Send an `oob_code` with its code, or with what belongs elsewhere."""
    oob, another = pick(world.oobs, which), pick(world.oobs, other)
    if oob is None or another is None:
        return
    token = another.token if mix % 4 == 1 else oob.token
    code = another.code if mix % 4 == 2 and another.code else oob.code  # noqa: PLR2004
    oob_codes.redeem(world, token, oob, code)


def replay_oob(world: World, which: int) -> None:
    """Send a delivered code again that was used."""
    oob = pick([each for each in world.oobs if each.is_used and each.code], which)
    if oob is not None:
        oob_codes.redeem(world, oob.token, oob, oob.code)


def recover(world: World, which: int, whose: int) -> None:
    """Send a recovery code: the person's own, a used one, or another person's."""
    token = pick(world.tokens, which)
    if token is None:
        return
    recovery = token.owner.recovery
    theirs = [each.recovery.value for each in world.others(token.owner)]
    codes = [*theirs, *recovery.used, recovery.value, recovery.value]
    code = pick([each for each in codes if each is not None], whose)
    if code is not None and (code == recovery.value or spares(world, token.owner, recovery=True)):
        recovery_codes.redeem(world, token, code)


def send_wrong(world: World, which: int, kind: int, times: int) -> None:
    """Send wrong codes, some or as many as there are tries, with any token."""
    token = pick(world.tokens, which)
    if token is None:
        return
    many = times % 5 == 4 and world.door.offers.exhausts  # noqa: PLR2004 - a fifth
    for _ in range(10 if many else 1):
        _send_wrong(world, token, kind)


def _send_wrong(world: World, token: Token, kind: int) -> None:
    oobs = [each for each in token.owner.oobs if each.token is token and each.code]
    if kind % 3 == 0 and token.owner.recovery.value:
        if spares(world, token.owner, recovery=True):
            recovery_codes.redeem(world, token, "9" * 24)
    elif kind % 3 == 1 and oobs:
        if spares(world, token.owner):
            oob_codes.redeem(world, token, oobs[-1], wrong_code(world))
    else:
        _send_wrong_otp(world, token)


def _send_wrong_otp(world: World, token: Token) -> None:
    if spares(world, token.owner):
        one_time_passwords.redeem(world, token, wrong_code(world))
