"""The moves of an exploration: what is done with which of the things that are there.

Each move takes numbers that somebody draws, and chooses by them: 0 is the latest of its kind. A
move for which nothing is there does nothing. Must not know who draws.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from pytest_auth0_mfa.errors import Untestable
from pytest_auth0_mfa.explore import challenging, deleting, devices, enrolling, logins, redeeming
from pytest_auth0_mfa.explore.listing import look
from pytest_auth0_mfa.explore.logins import MFA_SCOPES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_auth0_mfa.explore.state import Enrollment, Person, Token
    from pytest_auth0_mfa.explore.world import World

_T = TypeVar("_T")

SECONDS: Final = (31, 61, 13, 290, 301, 311, 361, 590, 611, 3601, 1810, 6)
"""How far clocks are moved: past steps, allowances and lifetimes, and up to just before."""

SCOPES: Final = (
    " ".join(MFA_SCOPES),
    "read:authenticators remove:authenticators",
    "remove:authenticators",
    "enroll",
    "read:authenticators",
    f"{' '.join(MFA_SCOPES)} offline_access",
)
_BARE: Final = 2
"""Below this a person begins without a factor, which is the simplest."""
_TYPES: Final = ("", "otp", "oob", "oob otp")
_ORDINARY: Final = ("profile", "openid profile", "profile offline_access", "profile")
_STEPS_BACK: Final = (0, 0, 1, 2, 20)


def pick(things: Sequence[_T], number: int) -> _T | None:
    """One of them, the latest for 0; None where there are none."""
    return things[-1 - number % len(things)] if things else None


def begin(world: World, verified: int, first: int, second: int, also: int) -> None:
    """Make two people, the second perhaps with a verified address, and enroll what is drawn."""
    world.add_person()
    try:
        world.add_person(verified=bool(verified))
    except Untestable:
        world.door.note("there is no second user")
    for who, factor in ((1, first), (0, second), (1, also)):
        if factor >= _BARE:
            enroll(world, who, factor - _BARE)


def log_in(world: World, who: int, scope: int) -> None:
    """Log in as usual, up to the second factor."""
    person = pick(world.people, who)
    if person is not None:
        logins.log_in(world, person, _ORDINARY[scope % len(_ORDINARY)])


def log_in_for_mfa(world: World, who: int, scope: int) -> None:
    """Log in for the MFA audience."""
    person = pick(world.people, who)
    if person is not None:
        logins.log_in(world, person, SCOPES[scope % len(SCOPES)], for_mfa=True)


def associate(world: World, which: int, factor: int) -> None:
    """Enroll something with any token."""
    token = pick(world.tokens, which)
    factors = world.door.offers.enrollable
    if (
        token is not None
        and factors
        and may_send(world, token.owner, factors[factor % len(factors)])
    ):
        enrolling.associate(world, token, factors[factor % len(factors)])


def enroll(world: World, who: int, factor: int) -> None:
    """Enroll and confirm a factor, by a login or beside another one by an access token."""
    person = pick(world.people, who)
    factors = world.door.offers.enrollable
    if person is None or not factors:
        return
    token = access_token(world, person) if person.active else fresh_login(world, person)
    name = factors[factor % len(factors)]
    if token is None or not may_send(world, person, name):
        return
    before = len(person.enrollments)
    enrolling.associate(world, token, name)
    if len(person.enrollments) > before:
        confirm(world, person.enrollments[-1], token)


def confirm(world: World, enrollment: Enrollment, token: Token) -> None:
    """Confirm an enrollment with its right code."""
    if enrollment.factor == "otp":
        step = redeeming.step_of(world, enrollment.owner)
        redeeming.redeem_otp(world, token, redeeming.code_of(enrollment, step))
        return
    oob = enrollment.owner.oobs[-1]
    if enrollment.factor == "push":
        enrolling.scan(world, enrollment)
    redeeming.redeem_oob(world, token, oob, oob.code)


def fresh_login(world: World, person: Person) -> Token | None:
    """A new `mfa_token` of a person, None where none is given."""
    return person.tokens[-1] if logins.log_in(world, person) else None


def access_token(world: World, person: Person) -> Token | None:
    """An access token for the MFA audience with all scopes, by a second factor where asked."""
    before = len(person.tokens)
    if logins.log_in(world, person, SCOPES[0], for_mfa=True) and not complete(
        world, person.tokens[-1]
    ):
        return None
    latest = person.tokens[-1] if len(person.tokens) > before else None
    return latest if latest is not None and latest.is_access else None


def complete(world: World, token: Token, way: int = 0) -> bool:
    """Complete a login with a right code of something that is confirmed; whether that was tried."""
    enrollment = pick(token.owner.challengeable, way)
    if enrollment is None:
        return False
    if enrollment.factor == "otp" and enrollment.secret:
        code = unused_code(world, enrollment)
        if code is not None:
            redeeming.redeem_otp(world, token, code)
        return code is not None
    if not enrollment.ids.get(enrollment.factor) or not may_send(
        world, token.owner, enrollment.factor
    ):
        return False
    oobs = len(token.owner.oobs)
    challenging.challenge(world, token, challenging.Wish(enrollment, enrollment.factor))
    if len(token.owner.oobs) == oobs:
        return False
    oob = token.owner.oobs[-1]
    if oob.prompt is not None:
        devices.decide(world, oob, allow=True)
    redeeming.redeem_oob(world, token, oob, oob.code)
    return True


def unused_code(world: World, enrollment: Enrollment) -> str | None:
    """A one-time password that was not used; time moves on for it, None where it cannot."""
    person = enrollment.owner
    step = redeeming.step_of(world, person)
    if step in enrollment.steps_used:
        if not world.door.offers.moves_clocks:
            return None
        move_clock(world, person, redeeming.STEP_S + 1)
        step = redeeming.step_of(world, person)
    return redeeming.code_of(enrollment, step)


def challenge(world: World, which: int, what: int, types: int) -> None:
    """Ask for a challenge with any token, of anything or of nothing in particular."""
    token = pick(world.tokens, which)
    if token is None:
        return
    wish = _wish(world, token, what, types)
    channel = wish.channel or "sms"
    if wish.channel == "otp" or may_send(world, token.owner, channel):
        challenging.challenge(world, token, wish)


def _wish(world: World, token: Token, what: int, types: int) -> challenging.Wish:
    """Mostly what the person has, sometimes what was deleted or is another's."""
    own = [*token.owner.enrollments, *([token.owner.verified] if token.owner.verified else [])]
    everything = [*world.enrollments]
    chosen = pick(everything if what % 4 == 3 else own, what // 4)  # noqa: PLR2004 - a quarter
    if chosen is None or not chosen.ids or what % 4 == 2:  # noqa: PLR2004 - as above
        return challenging.Wish(types=_TYPES[types % len(_TYPES)])
    kinds = [kind for kind in chosen.kinds if kind in chosen.ids]
    kind = kinds[types % len(kinds)] if world.door.offers.configures else kinds[0]
    return challenging.Wish(chosen, kind)


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
    step = redeeming.step_of(world, chosen.owner) - _STEPS_BACK[back % len(_STEPS_BACK)]
    redeeming.redeem_otp(world, token, redeeming.code_of(chosen, step))


def repeat_otp(world: World, who: int) -> None:
    """Send a one-time password again that was used, in a login of its own."""
    person = pick(world.people, who)
    used = [each for each in person.enrollments if each.codes_used] if person else []
    if person is None or not used:
        return
    token = fresh_login(world, person)
    if token is not None:
        redeeming.redeem_otp(world, token, max(used[-1].codes_used))


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
        if not _spares(world, token.owner, recovery=True):
            return
        redeeming.redeem_recovery_code(world, token, "9" * 24)
    elif kind % 3 == 1 and oobs:
        if _spares(world, token.owner):
            redeeming.redeem_oob(world, token, oobs[-1], wrong_code(world))
    else:
        _send_wrong_otp(world, token)


def _send_wrong_otp(world: World, token: Token) -> None:
    if _spares(world, token.owner):
        redeeming.redeem_otp(world, token, wrong_code(world))


def wrong_code(world: World) -> str:
    """Six digits that are nobody's code about now."""
    taken = {str(each.code) for each in world.oobs}
    for each in world.enrollments:
        if each.secret:
            step = redeeming.step_of(world, each.owner)
            taken |= {redeeming.code_of(each, step - back) for back in range(-1, 13)}
    return next(code for code in map(str, range(135_790, 136_790)) if code not in taken)


def verify_oob(world: World, which: int, other: int, mix: int) -> None:
    """Send an `oob_code` with its code, or with what belongs elsewhere."""
    oob = pick(world.oobs, which)
    if oob is None:
        return
    another = pick(world.oobs, other)
    assert another is not None  # noqa: S101 - there is one
    token = another.token if mix % 4 == 1 else oob.token
    code = another.code if mix % 4 == 2 and another.code else oob.code  # noqa: PLR2004
    redeeming.redeem_oob(world, token, oob, code)


def replay_oob(world: World, which: int) -> None:
    """Send a delivered code again that was used."""
    oob = pick([each for each in world.oobs if each.is_used and each.code], which)
    if oob is not None:
        redeeming.redeem_oob(world, oob.token, oob, oob.code)


def recover(world: World, which: int, whose: int) -> None:
    """Send a recovery code: the person's own, a used one, or another person's."""
    token = pick(world.tokens, which)
    if token is None:
        return
    recovery = token.owner.recovery
    theirs = [each.recovery.value for each in world.others(token.owner)]
    codes = [*theirs, *recovery.used, recovery.value, recovery.value]
    code = pick([each for each in codes if each is not None], whose)
    if code is not None and (code == recovery.value or _spares(world, token.owner, recovery=True)):
        redeeming.redeem_recovery_code(world, token, code)


def list_all(world: World, which: int) -> None:
    """List with any token."""
    token = pick(world.tokens, which)
    if token is not None:
        look(world, token)


def delete(world: World, which: int, what: int) -> None:
    """Delete something with a token, mostly an access token for something of one's own."""
    tokens = world.tokens
    token = pick([each for each in tokens if each.is_access] if which % 4 else tokens, which // 4)
    if token is None:
        return
    own = [*token.owner.enrollments, *([token.owner.verified] if token.owner.verified else [])]
    chosen = pick([*world.enrollments] if what % 4 == 3 else own, what // 4)  # noqa: PLR2004
    if chosen is not None and chosen.ids:
        deleting.delete(world, token, chosen, sorted(chosen.ids)[what % len(chosen.ids)])


def delete_own(world: World, who: int, what: int) -> None:
    """Get an access token and delete something with it."""
    person = pick(world.people, who)
    token = access_token(world, person) if person and person.enrollments else None
    chosen = pick(person.enrollments, what) if person else None
    if token is not None and chosen is not None and chosen.ids:
        deleting.delete(world, token, chosen, sorted(chosen.ids)[what % len(chosen.ids)])


def use_deleted(world: World, which: int) -> None:
    """Use what was deleted: its one-time password in a new login, its code or its prompt."""
    gone = [each for person in world.people for each in person.removed]
    chosen = pick(gone, which)
    if chosen is None:
        return
    oobs = [each for each in chosen.owner.oobs if each.enrollment is chosen and not each.is_used]
    if chosen.secret:
        token = fresh_login(world, chosen.owner)
        step = redeeming.step_of(world, chosen.owner)
        if token is not None:
            redeeming.redeem_otp(world, token, redeeming.code_of(chosen, step))
    elif oobs:
        redeeming.redeem_oob(world, oobs[-1].token, oobs[-1], oobs[-1].code)


def finish(world: World, which: int, way: int) -> None:
    """Complete a login that waits, with a right code."""
    token = pick([each for each in world.tokens if not each.is_access and not each.is_spent], which)
    if token is not None:
        complete(world, token, way)


def scan(world: World, which: int) -> None:
    """Scan a barcode, of whatever age and once more too."""
    barcodes = [each for each in world.enrollments if each.barcode]
    chosen = pick(barcodes, which)
    if chosen is not None:
        enrolling.scan(world, chosen)


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
        redeeming.redeem_oob(world, oob.token, oob, None)


def use_up_messages(world: World, which: int, factor: int) -> None:
    """Have messages sent, associations or challenges, until no more may be."""
    token = pick([each for each in world.tokens if world.is_alive(each)], which)
    if token is None or not world.door.offers.exhausts:
        return
    names = [each for each in world.door.offers.enrollable if each in {"sms", "voice", "email"}]
    devices_ = [
        each for each in token.owner.active if each.factor == "push" and each.ids.get("push")
    ]
    if devices_ and factor % 2:
        for _ in range(6):
            challenging.challenge(world, token, challenging.Wish(devices_[-1], "push"))
    elif names and (token.is_access or not token.owner.active):
        name = names[factor % len(names)]
        for _ in range(token.owner.messages(name).burst + 1):
            enrolling.associate(world, token, name)


def refresh(world: World, who: int, which: int) -> None:
    """Exchange a refresh token."""
    person = pick(world.people, who)
    token = pick(person.refresh_tokens, which) if person else None
    if person is not None and token is not None:
        logins.refresh(world, person, token)


def block(world: World, who: int, blocked: int) -> None:
    """Block or unblock a user, as an administrator."""
    person = pick(world.people, who)
    if person is not None and world.door.offers.configures:
        person.account.configuration.block(blocked=bool(blocked))
        person.is_blocked = bool(blocked)
        world.door.note(f"{person} is {'blocked' if blocked else 'unblocked'}")


def guess_passwords(world: World, who: int, times: int) -> None:
    """Send a wrong password, or as many as block a user."""
    person = pick(world.people, who)
    if person is None:
        return
    many = times % 4 == 3 and world.door.offers.exhausts  # noqa: PLR2004 - a quarter
    if many or person.wrong_passwords < _SPARED:
        logins.guess_password(world, person, 10 if many else 1)


def pass_time(world: World, who: int, seconds: int) -> None:
    """Move the clock of one person."""
    person = pick(world.people, who)
    if person is not None and world.door.offers.moves_clocks:
        move_clock(world, person, SECONDS[seconds % len(SECONDS)])


def move_clock(world: World, person: Person, seconds: float) -> None:
    """Move the clock of one person."""
    person.account.clock.pass_seconds(seconds)
    world.door.note(f"{seconds:g} s pass for {person}")


_SPARED: Final = 4
"""So many tries, messages and prompts are left alone where nobody may use them up."""


def _spares(world: World, person: Person, *, recovery: bool = False) -> bool:
    """Whether one more wrong code leaves the user tries, where they must be left."""
    allowance = person.wrong_recovery_codes if recovery else person.wrong_codes
    return world.door.offers.exhausts or allowance.leaves(_SPARED, world.now(person))


def may_send(world: World, person: Person, channel: str) -> bool:
    """Whether one more message leaves the user some, where they must be left."""
    if world.door.offers.exhausts or channel == "otp":
        return True
    allowance = person.messages(channel)
    return allowance.leaves(min(_SPARED, allowance.burst - 2), world.now(person))
