"""Completing logins with one-time passwords, of an app or of a push device.

Owns what makes one right or wrong, by its value: it is right where one of the person's own
generators shows it now and it was not used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pyotp import TOTP

from pytest_auth0_mfa.api import grants
from pytest_auth0_mfa.explore.completing import (
    is_undecided,
    limit_reasons,
    limit_rules,
    note_completion,
    note_refusal,
    token_reasons,
)
from pytest_auth0_mfa.explore.expectation import Expectation, Reason
from pytest_auth0_mfa.explore.lifetimes import age_rules
from pytest_auth0_mfa.explore.refusals import INVALID, WRONG

if TYPE_CHECKING:
    from pytest_auth0_mfa.explore.state import Enrollment, Person, Token
    from pytest_auth0_mfa.explore.world import World

STEP_S: Final = 30
_NEAR_S: Final = 2.0
_REMEMBERED: Final = 21
"""Steps of a generator that are looked through: as far back as codes are sent."""


def code_of(enrollment: Enrollment, step: int) -> str:
    """The one-time password that an enrollment shows in a step, counted from the epoch."""
    return TOTP(str(enrollment.secret)).at(step * STEP_S)


def step_of(world: World, person: Person) -> int:
    """The present step of a person's time."""
    return int(world.now(person) // STEP_S)


def redeem(world: World, token: Token, code: str) -> None:
    """Send a one-time password."""
    person, began = token.owner, world.now(token.owner)
    shown = _shown(world, person, code)
    expectation = expected(world, token, code, shown)
    value = world.door.learn(code, "otp")
    answer = world.door.token(
        is_wrong=bool(expectation.reasons),
        grant_type=grants.MFA_OTP,
        mfa_token=token.value,
        otp=value,
    )
    done = expectation.judge(answer)
    if not done:
        note_refusal(world, token, expectation, "wrong_codes")
        return
    proved = shown[0] if shown else None
    if proved is not None:
        proved.codes_used.add(code)
        proved.steps_used.add(int(began // STEP_S))
    note_completion(world, token, proved, answer, began)


def _shown(world: World, person: Person, code: str) -> list[Enrollment]:
    """The person's own generators that show a code now or in the step before."""
    step = step_of(world, person)
    return [
        each
        for each in person.enrollments
        if each.secret and code in {code_of(each, step), code_of(each, step - 1)}
    ]


def expected(world: World, token: Token, code: str, shown: list[Enrollment]) -> Expectation:
    """What must come of a one-time password; `shown` are the generators that show it now."""
    person = token.owner
    reasons = token_reasons(world, token)
    fresh = [each for each in shown if code not in each.codes_used]
    generators = [each for each in person.enrollments if each.secret or each.factor == "push"]
    if shown and not fresh:
        reasons.append(Reason("MFA-VERIFY-REPLAY", "which was used", WRONG))
    elif not fresh:
        reasons.append(_why_wrong(world, person, code, has_any=bool(generators)))
    reasons += limit_reasons(world, person)
    usable = [each for each in fresh if each.is_active]
    first = usable or fresh
    is_open = is_undecided(world, token, wrong_codes=True)
    is_open = is_open or _is_between_steps(world, person, code, fresh)
    is_open = is_open or _is_overtaken(world, person, fresh)
    # Nothing says whether what was begun with a password counts once another factor is confirmed,
    # nor whether an access token does more than to confirm.
    is_open = is_open or bool(first and not first[0].is_active and person.active)
    is_open = is_open or token.is_access
    factor = first[0].factor if first else "otp"
    limits = limit_rules(person.wrong_codes)
    keeps = (*token.suspects, *age_rules(world, token), *_rules(person, first), *limits)
    what = f"a one-time password with {token}"
    return Expectation(what, factor, keeps, tuple(reasons), is_open or len(reasons) > 1)


def _why_wrong(world: World, person: Person, code: str, *, has_any: bool) -> Reason:
    """Why a code is wrong: whose, or of when, it is."""
    maker = next((each for each in world.enrollments if _made(world, each, code)), None)
    if maker is not None:
        return _wrong_now(maker, person, code)
    if not person.enrollments and not has_any:
        why, errors = "who has enrolled nothing", frozenset({"unsupported_challenge_type"})
        return Reason("MFA-CONFIRM-NOT-ENROLLED", why, frozenset({401}), errors)
    if not has_any:
        return Reason("MFA-VERIFY-WRONG-CODE", "which is wrong")
    return Reason("MFA-VERIFY-WRONG-CODE", "which is wrong", WRONG, INVALID)


def _made(world: World, enrollment: Enrollment, code: str) -> bool:
    """Whether a generator has shown a code in the last minutes."""
    if enrollment.secret is None:
        return False
    step = step_of(world, enrollment.owner)
    return any(code == code_of(enrollment, step - back) for back in range(_REMEMBERED))


def _wrong_now(maker: Enrollment, person: Person, code: str) -> Reason:
    """Why a code that a generator has shown is wrong for a person now."""
    if maker.is_removed:
        return Reason("MFA-DELETE-GONE", "of an authenticator that was deleted")
    if maker.owner is not person:
        return Reason("MFA-VERIFY-FOREIGN-CODE", f"of {maker}")
    if code in maker.codes_used:
        return Reason("MFA-VERIFY-OLD-STEP", "used and old", WRONG)
    return Reason("MFA-VERIFY-OLD-STEP", "more than one step old", WRONG, INVALID)


def _is_between_steps(world: World, person: Person, code: str, fresh: list[Enrollment]) -> bool:
    """Whether a code of the step before may be too old when it arrives."""
    now = world.now(person)
    late = now % STEP_S > STEP_S - _NEAR_S
    old = int(now // STEP_S) - 1
    return late and any(code == code_of(each, old) for each in fresh)


def _is_overtaken(world: World, person: Person, fresh: list[Enrollment]) -> bool:
    """Whether a code of a later step was used, of which the facts say nothing."""
    step = step_of(world, person)
    return any(each.steps_used and max(each.steps_used) >= step for each in fresh)


def _rules(person: Person, proved: list[Enrollment]) -> list[str]:
    """The requirements by which a right code is taken, the most special first."""
    if not proved:
        return ["MFA-VERIFY-TOKENS"]
    first = proved[0]
    rules = [*first.suspects] if first.is_active else []
    if first.factor == "push":
        rules.append("MFA-VERIFY-COMPANION")
    if not first.is_active:
        return [*rules, "MFA-CONFIRM-TOKENS", "MFA-VERIFY-PREVIOUS-STEP"]
    if len(person.active) > 1:
        rules.append("MFA-SEVERAL-LOGIN")
    return [*rules, "MFA-VERIFY-UNCHALLENGED", "MFA-VERIFY-PREVIOUS-STEP", "MFA-VERIFY-TOKENS"]
