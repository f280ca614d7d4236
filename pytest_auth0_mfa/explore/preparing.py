"""What moves do before what they are about: logins, access tokens, confirmed factors, challenges.

Done by calls like any other, for those who are there. Must not draw.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_auth0_mfa.explore import (
    challenging,
    devices,
    enrolling,
    logins,
    one_time_passwords,
    oob_codes,
)
from pytest_auth0_mfa.explore.challenging import Wish
from pytest_auth0_mfa.explore.choosing import ALL_SCOPES, pick
from pytest_auth0_mfa.explore.sparing import may_send

if TYPE_CHECKING:
    from pytest_auth0_mfa.explore.state import Enrollment, Oob, Person, Token
    from pytest_auth0_mfa.explore.world import World


def fresh_login(world: World, person: Person) -> Token | None:
    """A new `mfa_token` of a person, None where none is given."""
    return person.tokens[-1] if logins.log_in(world, person) else None


def access_token(world: World, person: Person, scope: str = ALL_SCOPES) -> Token | None:
    """An access token for the MFA audience, by a second factor where asked; None if none came."""
    before = len(person.tokens)
    if logins.log_in(world, person, scope, for_mfa=True) and not complete(world, person.tokens[-1]):
        return None
    latest = person.tokens[-1] if len(person.tokens) > before else None
    return latest if latest is not None and latest.is_access else None


def enrolling_token(world: World, person: Person) -> Token | None:
    """A new token that enrolls: beside another factor an access token, else that of a login."""
    return access_token(world, person) if person.active else fresh_login(world, person)


def enroll(world: World, person: Person, factor: str) -> None:
    """Enroll and confirm a factor."""
    token = enrolling_token(world, person)
    if token is None or not may_send(world, person, factor):
        return
    enrollment = enrolling.associate(world, token, factor)
    if enrollment is not None:
        confirm(world, enrollment, token)


def confirm(world: World, enrollment: Enrollment, token: Token) -> None:
    """Confirm an enrollment with its right code."""
    if enrollment.factor == "otp":
        step = one_time_passwords.step_of(world, enrollment.owner)
        code = one_time_passwords.code_of(enrollment, step)
        one_time_passwords.redeem(world, token, code)
        return
    oob = enrollment.owner.oobs[-1]
    if enrollment.factor == "push":
        enrolling.scan(world, enrollment)
    oob_codes.redeem(world, token, oob, oob.code)


def ensure(world: World, person: Person, factor: str) -> Enrollment | None:
    """A confirmed factor of a person, enrolled if there is none; None where that failed."""
    found = _confirmed(person, factor)
    if found is None and factor in world.door.offers.enrollable:
        enroll(world, person, factor)
        found = _confirmed(person, factor)
    return found


def _confirmed(person: Person, factor: str) -> Enrollment | None:
    return pick([each for each in person.active if each.factor == factor], 0)


def challenged(world: World, person: Person, enrollment: Enrollment | None) -> Oob | None:
    """A fresh login of a person, challenged out of band; None where that failed."""
    if enrollment is None or not enrollment.ids.get(enrollment.factor):
        return None
    token = fresh_login(world, person)
    if token is None or not may_send(world, person, enrollment.factor):
        return None
    return challenging.challenge(world, token, Wish(enrollment, enrollment.factor))


def complete(world: World, token: Token, way: int = 0) -> bool:
    """Complete a login with a right code of something that is confirmed; whether that was tried."""
    enrollment = pick(token.owner.challengeable, way)
    if enrollment is None:
        return False
    factor = enrollment.factor
    if factor == "otp" and enrollment.secret:
        return send_unused(world, enrollment, token)
    if not enrollment.ids.get(factor) or not may_send(world, token.owner, factor):
        return False
    oob = challenging.challenge(world, token, Wish(enrollment, factor))
    if oob is None:
        return False
    answer(world, oob)
    return True


def answer(world: World, oob: Oob) -> None:
    """Complete a login that was challenged: allow its prompt, or send the code that came."""
    allow(world, oob)
    oob_codes.redeem(world, oob.token, oob, oob.code)


def allow(world: World, oob: Oob) -> None:
    """Allow the prompt of a challenge, if it has one."""
    if oob.prompt is not None:
        devices.decide(world, oob, allow=True)


def complete_by_otp(world: World, enrollment: Enrollment) -> None:
    """Log in and complete it with a one-time password that was not used."""
    code = unused_code(world, enrollment)
    token = fresh_login(world, enrollment.owner)
    if token is not None and code is not None:
        one_time_passwords.redeem(world, token, code)


def send_unused(world: World, enrollment: Enrollment, token: Token) -> bool:
    """Send a one-time password that was not used; whether there was one."""
    code = unused_code(world, enrollment)
    if code is not None:
        one_time_passwords.redeem(world, token, code)
    return code is not None


def unused_code(world: World, enrollment: Enrollment) -> str | None:
    """A one-time password that was not used; time moves on for it, None where it cannot."""
    person = enrollment.owner
    if one_time_passwords.step_of(world, person) in enrollment.steps_used:
        if not world.door.offers.moves_clocks:
            return None
        move_clock(world, person, one_time_passwords.STEP_S + 1)
    return one_time_passwords.code_of(enrollment, one_time_passwords.step_of(world, person))


def wrong_code(world: World) -> str:
    """Six digits that are nobody's code about now."""
    taken = {str(each.code) for each in world.oobs}
    for each in world.enrollments:
        if each.secret:
            step = one_time_passwords.step_of(world, each.owner)
            taken |= {one_time_passwords.code_of(each, step - back) for back in range(-1, 13)}
    return next(code for code in map(str, range(135_790, 136_790)) if code not in taken)


def move_clock(world: World, person: Person, seconds: float) -> None:
    """Move the clock of one person."""
    person.account.clock.pass_seconds(seconds)
    world.door.note(f"{seconds:g} s pass for {person}")
