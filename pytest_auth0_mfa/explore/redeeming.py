"""Completing logins: one-time passwords, delivered codes, prompts, recovery codes.

Owns what makes a code right or wrong, by its value: a code is right where it is one that the
person's own authenticator shows now and that was not used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pyotp import TOTP

from pytest_auth0_mfa.api import grants
from pytest_auth0_mfa.explore.enrolling import SPENT, confirm
from pytest_auth0_mfa.explore.expectation import Expectation, Reason
from pytest_auth0_mfa.explore.finding import disagree
from pytest_auth0_mfa.explore.logins import FORBIDDEN, take_tokens

if TYPE_CHECKING:
    from pytest_auth0_mfa.api.exchange import Answer
    from pytest_auth0_mfa.explore.allowance import Allowance
    from pytest_auth0_mfa.explore.state import Enrollment, Oob, Person, Token
    from pytest_auth0_mfa.explore.world import World

STEP_S: Final = 30
_WRONG: Final = frozenset({400, 401, 403})
_INVALID: Final = frozenset({"invalid_grant"})
_EXPIRED: Final = frozenset({"expired_token", "invalid_grant"})
_NEAR_S: Final = 2.0
_LATE_S: Final = 60.0
_REMEMBERED: Final = 21
"""Steps of a generator that are looked through: as far back as codes are sent."""


def code_of(enrollment: Enrollment, step: int) -> str:
    """The one-time password that an enrollment shows in a step, counted from the epoch."""
    return TOTP(str(enrollment.secret)).at(step * STEP_S)


def step_of(world: World, person: Person) -> int:
    """The present step of a person's time."""
    return int(world.now(person) // STEP_S)


def redeem_otp(world: World, token: Token, code: str) -> None:
    """Send a one-time password."""
    person, began = token.owner, world.now(token.owner)
    shown = _shown(world, person, code)
    expectation = expected_otp(world, token, code, shown)
    value = world.door.learn(code, "otp")
    answer = world.door.token(grant_type=grants.MFA_OTP, mfa_token=token.value, otp=value)
    done = expectation.judge(answer)
    if not done:
        _refused(world, token, expectation, "wrong_codes")
        return
    proved = shown[0] if shown else None
    if proved is not None:
        proved.codes_used.add(code)
        proved.steps_used.add(int(began // STEP_S))
    _completed(world, token, proved, answer, began)


def _shown(world: World, person: Person, code: str) -> list[Enrollment]:
    """The person's own generators that show a code now or in the step before."""
    step = step_of(world, person)
    return [
        each
        for each in person.enrollments
        if each.secret and code in {code_of(each, step), code_of(each, step - 1)}
    ]


def expected_otp(world: World, token: Token, code: str, shown: list[Enrollment]) -> Expectation:
    """What must come of a one-time password; `shown` are the generators that show it now."""
    person = token.owner
    reasons = _token_reasons(world, token)
    fresh = [each for each in shown if code not in each.codes_used]
    generators = [each for each in person.enrollments if each.secret or each.factor == "push"]
    if shown and not fresh:
        reasons.append(Reason("MFA-VERIFY-REPLAY", "which was used", _WRONG))
    elif not fresh:
        reasons.append(_wrong_otp(world, person, code, has_any=bool(generators)))
    reasons += _limit_reasons(world, person)
    usable = [each for each in fresh if each.is_active]
    first = usable or fresh
    is_open = _is_open(world, token, wrong_codes=True)
    is_open = is_open or _is_between_steps(world, person, code, fresh)
    is_open = is_open or _is_overtaken(world, person, fresh)
    # Nothing says whether what was begun with a password counts once another factor is confirmed,
    # nor whether an access token does more than to confirm.
    is_open = is_open or bool(first and not first[0].is_active and person.active)
    is_open = is_open or token.is_access
    factor = first[0].factor if first else "otp"
    limits = _limit_rules(person.wrong_codes)
    keeps = (*token.suspects, *_age_rules(world, token, None), *_otp_rules(person, first), *limits)
    what = f"a one-time password with {token}"
    return Expectation(what, factor, keeps, tuple(reasons), is_open or len(reasons) > 1)


def _wrong_otp(world: World, person: Person, code: str, *, has_any: bool) -> Reason:
    """Why a code is wrong: whose, or of when, it is."""
    maker = next((each for each in world.enrollments if _made(world, each, code)), None)
    if maker is not None:
        return _wrong_now(maker, person, code)
    if not person.enrollments and not has_any:
        why, errors = "who has enrolled nothing", frozenset({"unsupported_challenge_type"})
        return Reason("MFA-CONFIRM-NOT-ENROLLED", why, frozenset({401}), errors)
    if not has_any:
        return Reason("MFA-VERIFY-WRONG-CODE", "which is wrong")
    return Reason("MFA-VERIFY-WRONG-CODE", "which is wrong", _WRONG, _INVALID)


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
        return Reason("MFA-VERIFY-OLD-STEP", "used and old", _WRONG)
    return Reason("MFA-VERIFY-OLD-STEP", "more than one step old", _WRONG, _INVALID)


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


def _otp_rules(person: Person, proved: list[Enrollment]) -> list[str]:
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


def redeem_oob(world: World, token: Token, oob: Oob, code: str | None) -> None:
    """Send an `oob_code` with a delivered code, or ask about a push with None."""
    began = world.now(token.owner)
    expectation = expected_oob(world, token, oob, code)
    params: dict[str, object] = {"mfa_token": token.value, "oob_code": oob.value}
    if code is not None:
        params["binding_code"] = world.door.learn(code, "binding_code")
    answer = world.door.token(grant_type=grants.MFA_OOB, **params)
    if oob.code is None and oob.token is token:
        _count_poll(oob, answer, began)
    if not expectation.judge(answer):
        if oob.code is not None and code is not None:
            _note_wrong_oob(world, oob, code, token)
            _refused(world, token, expectation, "wrong_codes")
        return
    oob.is_used = True
    _completed(world, token, oob.enrollment, answer, began)


def _count_poll(oob: Oob, answer: Answer, now: float) -> None:
    """Count a question about a push; raises `Disagreement` where it was not one too many."""
    if answer.error == "slow_down" and oob.polls.has_one(now):
        named = ["MFA-PUSH-POLL-REFILL"] if oob.polls.was_used_up else []
        told = "twelve questions, and one more every five seconds"
        disagree([*named, "MFA-PUSH-POLL-ALLOWANCE"], "push", told, answer.summary())
    oob.polls.spend(now, surely=answer.error == "authorization_pending")


def _note_wrong_oob(world: World, oob: Oob, code: str, token: Token) -> None:
    """Remember where a wrong code went, which must not matter."""
    oob.enrollment.had_wrong_code = oob.enrollment.had_wrong_code or oob.is_enrolling
    oob.suspects.add("MFA-VERIFY-RETRY")
    for other in world.oobs:
        if other.code == code and other is not oob:
            other.suspects.add("MFA-VERIFY-FOREIGN-CODE")
    del token


def expected_oob(world: World, token: Token, oob: Oob, code: str | None) -> Expectation:
    """What must come of an `oob_code`."""
    person, factor = token.owner, oob.channel
    reasons = _token_reasons(world, token)
    if oob.enrollment.is_removed:
        reasons.append(Reason("MFA-DELETE-GONE", "of an authenticator that was deleted"))
    if oob.token is not token:
        errors = frozenset({"invalid_request", "invalid_grant"})
        why, statuses = "given for another login", frozenset({400, 401})
        reasons.append(Reason("MFA-VERIFY-FOREIGN-OOB", why, statuses, errors))
    elif world.is_expired(oob):
        reasons.append(
            Reason("MFA-VERIFY-EXPIRED-OOB", "older than five minutes", FORBIDDEN, _EXPIRED)
        )
    is_open = _is_open(world, token, wrong_codes=oob.code is not None) or not world.is_alive(oob)
    is_open = is_open or _is_too_late(person, oob) or oob.is_doubtful
    is_open = is_open or token.is_access
    if oob.code is None:
        reasons += _push_reasons(world, oob, reasons)
        is_open = is_open or oob.is_used or _is_unsure(oob.polls, world.now(person))
    else:
        reasons += _code_reasons(world, token, oob, code)
        reasons += _limit_reasons(world, person)
        # Whether an earlier challenge of the same login still counts is not known.
        is_open = is_open or any(
            each.token is token and each is not oob and each.issued_at >= oob.issued_at
            for each in person.oobs
        )
    keeps = (
        *token.suspects,
        *oob.suspects,
        *_age_rules(world, token, oob),
        *_oob_rules(person, oob),
        *_limit_rules(person.wrong_codes),
    )
    what = f"an oob_code of {oob.enrollment} with {token}"
    return Expectation(what, factor, keeps, tuple(reasons), is_open or len(reasons) > 1)


def _is_too_late(person: Person, oob: Oob) -> bool:
    """Whether a first factor would be confirmed beside another, of which the facts say nothing."""
    pending = oob.is_enrolling and not oob.enrollment.is_active
    confirmed_otherwise = oob.is_enrolling and oob.enrollment.is_active and oob.code is not None
    return (pending and bool(person.active)) or confirmed_otherwise


def _code_reasons(world: World, token: Token, oob: Oob, code: str | None) -> list[Reason]:
    """Why a delivered code is none for this `oob_code`."""
    if code is None:
        errors = frozenset({"invalid_request"})
        return [Reason("MFA-VERIFY-MISSING-CODE", "without its code", frozenset({400}), errors)]
    if code == oob.code:
        return [Reason("MFA-VERIFY-REPLAY", "whose code was used", _WRONG)] if oob.is_used else []
    for other in world.oobs:
        if other.code == code and other.token.owner is not token.owner:
            return [Reason("MFA-VERIFY-FOREIGN-CODE", f"with a code sent to {other.token.owner}")]
        if other.code == code and other.token is not oob.token:
            return [Reason("MFA-CONCURRENT-CODES", "with the code of another login")]
    return [Reason("MFA-VERIFY-WRONG-CODE", "with a wrong code", _WRONG, _INVALID)]


def _push_reasons(world: World, oob: Oob, others: list[Reason]) -> list[Reason]:
    """Why a push gives no tokens yet, or never."""
    now = world.now(oob.token.owner)
    if others or oob.is_used:
        return []
    if oob.polls.is_empty(now):
        statuses, errors = frozenset({400, 429}), frozenset({"slow_down"})
        return [Reason("MFA-PUSH-SLOW-DOWN", "asked about too often", statuses, errors)]
    reasons = []
    if oob.decision == "rejected":
        errors = frozenset({"access_denied", "invalid_grant"})
        why, statuses = "whose prompt was rejected", frozenset({400, 403})
        named = "MFA-PUSH-REJECTION-FINAL" if oob.is_allowed_late else "MFA-PUSH-REJECTED"
        reasons.append(Reason(named, why, statuses, errors))
    if oob.decision == "pending" and not oob.is_enrolling:
        reasons.append(_pending("MFA-PUSH-PENDING", "whose prompt is not answered"))
    if oob.is_enrolling and not oob.enrollment.is_scanned:
        reasons.append(_pending("MFA-CONFIRM-PENDING", "whose barcode is not scanned"))
    return reasons


def _is_unsure(allowance: Allowance, now: float) -> bool:
    """Whether there may be one left, or none."""
    return not (allowance.has_one(now) or allowance.is_empty(now))


def _pending(requirement: str, why: str) -> Reason:
    return Reason(requirement, why, frozenset({400, 403}), frozenset({"authorization_pending"}))


def _oob_rules(person: Person, oob: Oob) -> list[str]:
    """The requirements by which what is right is taken, the most special first."""
    rules = []
    if oob.enrollment.is_automatic:
        rules.append("MFA-CHALLENGE-VERIFIED-EMAIL")
    if oob.is_enrolling:
        return [*rules, "MFA-CONFIRM-TOKENS"]
    if oob.channel != oob.enrollment.factor:
        rules.append("MFA-CHALLENGE-TWIN")
    if len(person.challengeable) > 1:
        rules.insert(0, "MFA-SEVERAL-LOGIN")
    return [*rules, *oob.enrollment.suspects, "MFA-VERIFY-TOKENS"]


def redeem_recovery_code(world: World, token: Token, code: str) -> None:
    """Send a recovery code; a new one takes its place."""
    person, began = token.owner, world.now(token.owner)
    expectation = expected_recovery(world, token, code)
    value = world.door.learn(code, "recovery_code")
    answer = world.door.token(
        grant_type=grants.MFA_RECOVERY_CODE, mfa_token=token.value, recovery_code=value
    )
    if not expectation.judge(answer):
        _refused(world, token, expectation, "wrong_recovery_codes")
        return
    recovery = person.recovery
    if recovery.value is not None:
        recovery.used.append(recovery.value)
    successor = answer.get("recovery_code")
    if not isinstance(successor, str) or successor == code:
        told = "the same one" if successor else "none"
        disagree(["MFA-RECOVERY-ROTATES"], "recovery-code", "a new recovery code", told)
    recovery.value = answer.secret("recovery_code")
    world.fresh("recovery code", recovery.value, "MFA-RECOVERY-FRESH", "recovery-code")
    _completed(world, token, None, answer, began)


def expected_recovery(world: World, token: Token, code: str) -> Expectation:
    """What must come of a recovery code."""
    person, recovery = token.owner, token.owner.recovery
    reasons = _token_reasons(world, token)
    if recovery.state == "none":
        errors = frozenset({"unsupported_challenge_type"})
        why = "of a user who has none"
        reasons.append(Reason("MFA-RECOVERY-NONE", why, frozenset({403}), errors))
    elif code in recovery.used:
        reasons.append(Reason("MFA-RECOVERY-ONCE", "which was used", FORBIDDEN))
    elif code != recovery.value:
        theirs = {each.recovery.value for each in world.others(person)}
        named = "MFA-VERIFY-FOREIGN-CODE" if code in theirs else "MFA-VERIFY-WRONG-CODE"
        reasons.append(Reason(named, "which is not theirs", FORBIDDEN))
    if person.wrong_recovery_codes.is_empty(world.now(person)):
        reasons.append(Reason("MFA-LIMIT-WRONG-CODES", "after ten wrong ones", SPENT))
    is_open = _is_open(world, token, wrong_codes=False) or token.is_access
    is_open = is_open or recovery.state in {"pending", "unknown"}
    is_open = is_open or not person.wrong_recovery_codes.has_one(world.now(person))
    keeps = [*token.suspects, *_age_rules(world, token, None)]
    keeps += ["MFA-RECOVERY-ROTATES"] if recovery.used else []
    what = f"a recovery code with {token}"
    expected = (*keeps, "MFA-VERIFY-TOKENS", *_limit_rules(person.wrong_recovery_codes))
    is_open = is_open or len(reasons) > 1
    return Expectation(what, "recovery-code", expected, tuple(reasons), is_open)


def _token_reasons(world: World, token: Token) -> list[Reason]:
    """Why a token completes no login."""
    reasons = []
    if world.is_expired(token):
        why = "that is older than ten minutes"
        named = "MFA-AUDIENCE-EXPIRED" if token.is_access else "MFA-VERIFY-EXPIRED-TOKEN"
        reasons.append(Reason(named, why, FORBIDDEN, _EXPIRED))
    if token.owner.is_blocked:
        reasons.append(Reason("MFA-BLOCKED-VERIFY", "who is blocked"))
    return reasons


def _limit_reasons(world: World, person: Person) -> list[Reason]:
    if not person.wrong_codes.is_empty(world.now(person)):
        return []
    kept = person.completed_after_wrong_codes
    named = "MFA-LIMIT-KEPT" if kept else "MFA-LIMIT-WRONG-CODES"
    return [Reason(named, "after ten wrong codes", SPENT)]


def _limit_rules(allowance: Allowance) -> list[str]:
    """The requirements that leave tries."""
    if allowance.was_used_up:
        return ["MFA-LIMIT-REFILL"]
    return ["MFA-LIMIT-WRONG-CODES"] if allowance.total else []


def _is_open(world: World, token: Token, *, wrong_codes: bool) -> bool:
    """Whether nothing says that this token still completes a login."""
    now = world.now(token.owner)
    spent = wrong_codes and not token.owner.wrong_codes.has_one(now)
    return token.is_spent or spent or not world.is_alive(token)


def _age_rules(world: World, token: Token, oob: Oob | None) -> list[str]:
    """The requirements that give a token, and an `oob_code`, time."""
    rules = ["MFA-LIFETIME-OOB"] if oob is not None and world.age(oob) > _LATE_S else []
    rules += ["MFA-LIFETIME-TOKEN"] if world.age(token) > _LATE_S else []
    return rules


def _refused(world: World, token: Token, expectation: Expectation, limit: str) -> None:
    """Note a refusal: what it counts against, and what it must not touch."""
    person = token.owner
    named = {reason.requirement for reason in expectation.reasons}
    # Only where nothing has happened to the login by which a wrong tenant may have ended it.
    is_wrong = named == {"MFA-VERIFY-WRONG-CODE"} and not expectation.is_open
    surely = is_wrong and not token.suspects
    getattr(person, limit).spend(world.now(person), surely=surely)
    for each in person.tokens:
        rule = "MFA-VERIFY-RETRY" if each is token else "MFA-CONCURRENT-WRONG-CODE"
        each.suspects.add(rule)
    for enrollment in person.pending:
        enrollment.had_wrong_code = True
    if "MFA-VERIFY-FOREIGN-CODE" in named:
        for other in world.others(person):
            for mine in other.enrollments:
                mine.suspects.add("MFA-VERIFY-FOREIGN-CODE")


def _completed(
    world: World, token: Token, proved: Enrollment | None, answer: Answer, began: float
) -> None:
    """Note that a login was completed, and what that gave."""
    person = token.owner
    if not answer.get("access_token"):
        named = "MFA-VERIFY-TOKENS" if proved is None or proved.is_active else "MFA-CONFIRM-TOKENS"
        factor = proved.factor if proved else "recovery-code"
        disagree([named], factor, "a full set of tokens", answer.summary())
    if person.wrong_codes.is_in_use(began):
        person.completed_after_wrong_codes = True
    if proved is not None:
        confirm(proved)
    for each in person.tokens:
        if each is not token:
            each.suspects.add("MFA-CONCURRENT-LOGINS")
    token.is_spent = not token.is_access
    scope = " ".join(token.scopes)
    for_mfa = token.for_mfa and not token.is_access
    keeps = "MFA-AUDIENCE-COMPLETED"
    take_tokens(world, person, answer, scope, began=began, keeps=keeps, for_mfa=for_mfa)
