"""Moves that set their own scene: they prepare what they are about, by calls like any other.

Chance alone would seldom bring about two prompts at once, or a code that is just too old. Each
move takes numbers that somebody draws, as those of `moves` do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pytest_auth0_mfa.explore import (
    challenging,
    deleting,
    devices,
    enrolling,
    logins,
    moves,
    redeeming,
)
from pytest_auth0_mfa.explore.challenging import Wish
from pytest_auth0_mfa.explore.listing import look
from pytest_auth0_mfa.explore.moves import SCOPES, fresh_login, move_clock, pick

if TYPE_CHECKING:
    from pytest_auth0_mfa.explore.state import Enrollment, Oob, Person
    from pytest_auth0_mfa.explore.world import World

_DELIVERED: Final = ("sms", "voice", "email")
_EXPIRY: Final = (611, 590)
_OOB_EXPIRY: Final = (311, 290)


def ensure(world: World, person: Person, factor: str) -> Enrollment | None:
    """A confirmed factor of a person, enrolled if there is none; None where that failed."""
    found = [each for each in person.active if each.factor == factor]
    if not found and factor in world.door.offers.enrollable:
        moves.enroll(
            world, world.people[::-1].index(person), world.door.offers.enrollable.index(factor)
        )
        found = [each for each in person.active if each.factor == factor]
    return found[-1] if found else None


def challenged(world: World, person: Person, enrollment: Enrollment | None) -> Oob | None:
    """A fresh login of a person, challenged out of band; None where that failed."""
    if enrollment is None or not enrollment.ids.get(enrollment.factor):
        return None
    token = fresh_login(world, person)
    if token is None or not moves.may_send(world, person, enrollment.factor):
        return None
    before = len(person.oobs)
    challenging.challenge(world, token, Wish(enrollment, enrollment.factor))
    return person.oobs[-1] if len(person.oobs) > before else None


def use_twice(world: World, who: int, factor: int) -> None:
    """Complete a login, then send the same code again: a one-time password in another login."""
    person = pick(world.people, who)
    names = [each for each in world.door.offers.enrollable if each != "push"]
    if person is None or not names:
        return
    chosen = ensure(world, person, names[factor % len(names)])
    if chosen is not None and chosen.secret:
        _complete_by_otp(world, chosen)
        moves.repeat_otp(world, world.people[::-1].index(person))
        return
    oob = challenged(world, person, chosen)
    for _ in range(2):
        if oob is not None:
            redeeming.redeem_oob(world, oob.token, oob, oob.code)


def cross_codes(world: World, who: int, factor: int, ways: int) -> None:
    """Mix what belongs to two logins, of one person or of two; then each is right by itself."""
    person = pick(world.people, who)
    if person is None:
        return
    other = world.other(person) if ways & 1 else person
    name = _DELIVERED[factor % len(_DELIVERED)]
    first = challenged(world, person, ensure(world, person, name))
    second = challenged(world, other, ensure(world, other, name))
    if first is None or second is None:
        return
    if ways & 2:
        redeeming.redeem_oob(world, second.token, second, first.code)
    if ways & 4:
        redeeming.redeem_oob(world, second.token, first, first.code)
    redeeming.redeem_oob(world, first.token, first, first.code)
    redeeming.redeem_oob(world, second.token, second, second.code)


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
        redeeming.redeem_oob(world, first.token, first, None)
    if ways & 4:
        devices.decide(world, second, allow=True)
        redeeming.redeem_oob(world, first.token, second, None)
        redeeming.redeem_oob(world, second.token, second, None)


def let_expire(world: World, who: int, uses: int, early: int) -> None:
    """Use an `mfa_token` when its time is over, or almost, for some or all that it is good for."""
    person = pick(world.people, who)
    token = fresh_login(world, person) if person else None
    if person is None or token is None or not world.door.offers.moves_clocks:
        return
    move_clock(world, person, _EXPIRY[early % 2])
    if uses & 1:
        look(world, token)
    if uses & 2:
        enrolling.associate(world, token, "otp")
    if uses & 4:
        challenging.challenge(world, token, Wish(types="oob otp"))
    if uses & 8 and person.recovery.value:
        redeeming.redeem_recovery_code(world, token, person.recovery.value)
    if uses & 16:
        moves.complete(world, token)


def let_code_expire(world: World, who: int, factor: int, early: int) -> None:
    """Use a delivered code, or an allowed prompt, when its time is over, or almost."""
    person = pick(world.people, who)
    names = [each for each in (*_DELIVERED, "push") if each in world.door.offers.enrollable]
    if person is None or not names or not world.door.offers.moves_clocks:
        return
    oob = challenged(world, person, ensure(world, person, names[factor % len(names)]))
    if oob is None:
        return
    if oob.prompt is not None:
        devices.decide(world, oob, allow=True)
    move_clock(world, person, _OOB_EXPIRY[early % 2])
    redeeming.redeem_oob(world, oob.token, oob, oob.code)


def answer_late(world: World, who: int) -> None:
    """Allow a prompt when the login that it belongs to is over."""
    person = pick(world.people, who)
    if person is None or not world.door.offers.moves_clocks:
        return
    oob = challenged(world, person, ensure(world, person, "push"))
    if oob is not None and oob.prompt is not None:
        move_clock(world, person, _EXPIRY[0])
        devices.decide(world, oob, allow=True)


def change_mind(world: World, who: int) -> None:
    """Reject a prompt, then allow it, and ask for the tokens."""
    person = pick(world.people, who)
    oob = challenged(world, person, ensure(world, person, "push")) if person else None
    if oob is None or oob.prompt is None:
        return
    for allow in (False, True):
        devices.decide(world, oob, allow=allow)
        redeeming.redeem_oob(world, oob.token, oob, None)


def wait_for_scan(world: World, who: int, early: int, repeat: int) -> None:
    """Enroll a device early or late, ask for the tokens before and after, perhaps scan again."""
    person = pick(world.people, who)
    if person is None or "push" not in world.door.offers.enrollable:
        return
    token = moves.access_token(world, person) if person.active else fresh_login(world, person)
    before = len(person.oobs)
    if token is not None:
        enrolling.associate(world, token, "push")
    if token is None or len(person.oobs) == before:
        return
    oob = person.oobs[-1]
    redeeming.redeem_oob(world, token, oob, None)
    if early % 3 and world.door.offers.moves_clocks:
        move_clock(world, person, _OOB_EXPIRY[early % 2])
    for _ in range(1 + repeat % 2):
        enrolling.scan(world, oob.enrollment)
    redeeming.redeem_oob(world, token, oob, None)


def overreach(world: World, who: int, scope: int, uses: int, late: int) -> None:
    """Use an access token with some scopes for some things or all, in time or too late."""
    person = pick(world.people, who)
    if person is None:
        return
    before = len(person.tokens)
    asked = SCOPES[scope % len(SCOPES)]
    if logins.log_in(world, person, asked, for_mfa=True):
        moves.complete(world, person.tokens[-1])
    token = person.tokens[-1] if len(person.tokens) > before else None
    if token is None or not token.is_access:
        return
    if late and world.door.offers.moves_clocks:
        move_clock(world, person, _EXPIRY[0])
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
    others = world.others(person) if person else []
    theirs = (
        [each for each in others[0].enrollments if each.is_active and each.ids] if others else []
    )
    if person is None or not theirs:
        return
    chosen, kind = theirs[-1], min(theirs[-1].ids)
    token = fresh_login(world, person) if uses & 1 else None
    if token is not None:
        look(world, token)
        challenging.challenge(world, token, Wish(chosen, kind))
    token = moves.access_token(world, person) if uses & 2 else None
    if token is not None:
        deleting.delete(world, token, chosen, kind)


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
    before = len(person.oobs)
    challenging.challenge(world, token, Wish(types=("", "otp", "oob", "oob otp")[types % 4]))
    if len(person.oobs) > before:
        oob = person.oobs[-1]
        if oob.prompt is not None:
            devices.decide(world, oob, allow=True)
        redeeming.redeem_oob(world, token, oob, oob.code)


def use_other_way(world: World, who: int, factor: int) -> None:
    """Use the other entry of an enrollment: the other channel of a phone, a device's passwords."""
    person = pick(world.people, who)
    names = [each for each in ("sms", "voice", "push") if each in world.door.offers.enrollable]
    if person is None or not names or not world.door.offers.configures:
        return
    chosen = ensure(world, person, names[factor % len(names)])
    token = fresh_login(world, person) if chosen is not None else None
    if chosen is None or token is None:
        return
    if chosen.secret:
        code = moves.unused_code(world, chosen)
        if code is not None:
            redeeming.redeem_otp(world, token, code)
        return
    kind = chosen.kinds[-1]
    before = len(person.oobs)
    if chosen.inbox and kind in chosen.ids:
        challenging.challenge(world, token, Wish(chosen, kind))
    if len(person.oobs) > before:
        redeeming.redeem_oob(world, token, person.oobs[-1], person.oobs[-1].code)


def start_over(world: World, who: int) -> None:
    """Delete everything, then enroll again by a password alone."""
    person = pick(world.people, who)
    if person is None:
        return
    for each in list(person.enrollments):
        token = moves.access_token(world, person)
        if token is None or not each.ids or each.is_removed:
            return
        deleting.delete(world, token, each, min(each.ids))
    token = fresh_login(world, person)
    if token is not None and not person.enrollments:
        look(world, token)
        enrolling.associate(world, token, "otp")


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
        redeeming.redeem_otp(world, token, moves.wrong_code(world))
    theirs = world.other(person).recovery.value
    if uses & 8 and theirs:
        redeeming.redeem_recovery_code(world, token, theirs)
    if uses & 16:
        move_clock(world, person, _EXPIRY[0])
        enrolling.associate(world, token, "otp")


def delete_again(world: World, who: int) -> None:
    """Delete a factor, then what is there no more."""
    person = pick(world.people, who)
    chosen = ensure(world, person, "otp") if person else None
    if person is None or chosen is None or not chosen.ids:
        return
    for _ in range(2):
        token = moves.access_token(world, person)
        if token is not None:
            deleting.delete(world, token, chosen, "totp")


def delete_address(world: World, uses: int) -> None:
    """Try to delete what is listed for a verified address, and challenge it."""
    person = next((each for each in world.people if each.verified), None)
    if person is None or person.verified is None:
        return
    token = moves.access_token(world, person)
    if token is None:
        return
    look(world, token)
    kinds = [kind for kind in person.verified.kinds if kind in person.verified.ids]
    if uses & 1 and kinds:
        deleting.delete(world, token, person.verified, kinds[0])
    if uses & 2:
        oob = challenged(world, person, person.verified)
        if oob is not None:
            redeeming.redeem_oob(world, oob.token, oob, oob.code)


def come_late(world: World, who: int, old: int) -> None:
    """Send an unused one-time password of the step before, or of one that is too old."""
    person = pick(world.people, who)
    chosen = ensure(world, person, "otp") if person else None
    if person is None or chosen is None or not world.door.offers.moves_clocks:
        return
    move_clock(world, person, 4 * redeeming.STEP_S)
    token = fresh_login(world, person)
    if token is not None:
        step = redeeming.step_of(world, person) - 1 - old
        redeeming.redeem_otp(world, token, redeeming.code_of(chosen, step))


def fail_to_confirm(world: World, who: int, factor: int) -> None:
    """Send a wrong code for what is not confirmed yet, list it, and send the right one."""
    person = pick(world.people, who)
    names = [each for each in ("otp", *_DELIVERED) if each in world.door.offers.enrollable]
    if person is None or not names or not world.door.offers.exhausts:
        return
    token = moves.access_token(world, person) if person.active else fresh_login(world, person)
    before = len(person.enrollments)
    if token is not None:
        enrolling.associate(world, token, names[factor % len(names)])
    if token is None or len(person.enrollments) == before:
        return
    enrollment, wrong = person.enrollments[-1], moves.wrong_code(world)
    if enrollment.secret:
        redeeming.redeem_otp(world, token, wrong)
    else:
        redeeming.redeem_oob(world, token, person.oobs[-1], wrong)
    look(world, token)
    moves.confirm(world, enrollment, token)


def spend_tries(world: World, who: int, between: int, wait: int) -> None:
    """Send as many wrong codes as there are tries; then the right one, at once or after a while."""
    person = pick(world.people, who)
    chosen = pick([each for each in person.active if each.secret], 0) if person else None
    if person is None or chosen is None or not world.door.offers.exhausts:
        return
    for number in range(10):
        if number == 5 and between % 2:  # noqa: PLR2004 - half way
            _complete_by_otp(world, chosen)
        token = fresh_login(world, person)
        if token is not None:
            redeeming.redeem_otp(world, token, moves.wrong_code(world))
    if wait % 2 and world.door.offers.moves_clocks:
        move_clock(world, person, 365)
    _complete_by_otp(world, chosen)


def _complete_by_otp(world: World, chosen: Enrollment) -> None:
    """Log in and complete it with a one-time password that was not used."""
    code = moves.unused_code(world, chosen)
    token = fresh_login(world, chosen.owner)
    if token is not None and code is not None:
        redeeming.redeem_otp(world, token, code)


def spend_messages(world: World, who: int, factor: int, wait: int) -> None:
    """Have as many messages sent as one may, and one more, at once or after a while."""
    person = pick(world.people, who)
    names = [each for each in (*_DELIVERED, "push") if each in world.door.offers.enrollable]
    if person is None or not names or not world.door.offers.exhausts:
        return
    chosen = ensure(world, person, names[factor % len(names)])
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
        redeeming.redeem_oob(world, oob.token, oob, None)
    if wait % 2 and world.door.offers.moves_clocks:
        move_clock(world, person, 7)
        redeeming.redeem_oob(world, oob.token, oob, None)


def recover_twice(world: World, who: int, again: int) -> None:
    """Use the recovery code, then the new one, the old one, or the other person's."""
    person = pick(world.people, who)
    code = person.recovery.value if person else None
    token = fresh_login(world, person) if person else None
    if person is None or code is None or token is None:
        return
    redeeming.redeem_recovery_code(world, token, code)
    theirs = world.other(person).recovery.value
    chosen = (code, person.recovery.value, theirs)[again % 3]
    token = fresh_login(world, person)
    if token is not None and chosen is not None:
        redeeming.redeem_recovery_code(world, token, chosen)


def renew(world: World, who: int, for_mfa: int) -> None:
    """Complete a login that gives a refresh token, exchange that, and use what comes of it."""
    person = pick(world.people, who)
    if person is None:
        return
    scope = SCOPES[-1] if for_mfa else "openid profile offline_access"
    if logins.log_in(world, person, scope, for_mfa=bool(for_mfa)):
        moves.complete(world, person.tokens[-1])
    if person.refresh_tokens:
        logins.refresh(world, person, person.refresh_tokens[-1])
        if for_mfa and person.tokens[-1].is_access:
            look(world, person.tokens[-1])


def challenge_pending(world: World, who: int, factor: int, beside: int) -> None:
    """Challenge what is not confirmed, alone or beside something that is, and list it."""
    person = pick(world.people, who)
    factors = world.door.offers.enrollable
    if person is None or not factors:
        return
    if beside % 2:
        ensure(world, person, factors[0])
    token = moves.access_token(world, person) if person.active else fresh_login(world, person)
    before = len(person.enrollments)
    if token is None:
        return
    enrolling.associate(world, token, factors[factor % len(factors)])
    if len(person.enrollments) == before or not person.enrollments[-1].ids:
        return
    pending = person.enrollments[-1]
    login = fresh_login(world, person)
    if login is not None:
        challenging.challenge(world, login, Wish(pending, min(pending.ids)))
