"""Completing logins with an `oob_code`: with the code that was delivered, or by a prompt.

Owns which code belongs to which login. What is special about asking again and again is
`polling`'s.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_auth0_mfa.api import grants
from pytest_auth0_mfa.explore import polling
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
from pytest_auth0_mfa.explore.refusals import EXPIRED, FORBIDDEN, INVALID, WRONG

if TYPE_CHECKING:
    from pytest_auth0_mfa.explore.state import Oob, Person, Token
    from pytest_auth0_mfa.explore.world import World


def redeem(world: World, token: Token, oob: Oob, code: str | None) -> None:
    """Send an `oob_code` with a delivered code, or ask about a push with None."""
    began = world.now(token.owner)
    expectation = expected(world, token, oob, code)
    params: dict[str, object] = {"mfa_token": token.value, "oob_code": oob.value}
    if code is not None:
        params["binding_code"] = world.door.learn(code, "binding_code")
    is_wrong = code is not None and bool(expectation.reasons)
    answer = world.door.token(is_wrong=is_wrong, grant_type=grants.MFA_OOB, **params)
    if oob.code is None and oob.token is token:
        polling.count(oob, answer, began)
    if not expectation.judge(answer):
        if oob.code is not None and code is not None:
            _note_wrong(world, oob, code)
            note_refusal(world, token, expectation, "wrong_codes")
        return
    oob.is_used = True
    note_completion(world, token, oob.enrollment, answer, began)


def _note_wrong(world: World, oob: Oob, code: str) -> None:
    """Remember where a wrong code went, which must not matter."""
    oob.enrollment.had_wrong_code = oob.enrollment.had_wrong_code or oob.is_enrolling
    oob.suspects.add("MFA-VERIFY-RETRY")
    for other in world.oobs:
        if other.code == code and other is not oob:
            other.suspects.add("MFA-VERIFY-FOREIGN-CODE")


def expected(world: World, token: Token, oob: Oob, code: str | None) -> Expectation:
    """What must come of an `oob_code`."""
    person, factor = token.owner, oob.channel
    reasons = token_reasons(world, token)
    if oob.enrollment.is_removed:
        reasons.append(Reason("MFA-DELETE-GONE", "of an authenticator that was deleted"))
    if oob.token is not token:
        errors = frozenset({"invalid_request", "invalid_grant"})
        why, statuses = "given for another login", frozenset({400, 401})
        reasons.append(Reason("MFA-VERIFY-FOREIGN-OOB", why, statuses, errors))
    elif world.is_expired(oob):
        reasons.append(
            Reason("MFA-VERIFY-EXPIRED-OOB", "older than five minutes", FORBIDDEN, EXPIRED)
        )
    is_open = is_undecided(world, token, wrong_codes=oob.code is not None) or not world.is_alive(
        oob
    )
    is_open = is_open or _is_too_late(person, oob) or oob.is_doubtful
    is_open = is_open or token.is_access
    if oob.code is None:
        reasons += polling.reasons_to_wait(world, oob, reasons)
        is_open = is_open or oob.is_used or polling.is_unsure(oob.polls, world.now(person))
    else:
        reasons += _code_reasons(world, token, oob, code)
        reasons += limit_reasons(world, person)
        # Whether an earlier challenge of the same login still counts is not known.
        is_open = is_open or any(
            each.token is token and each is not oob and each.issued_at >= oob.issued_at
            for each in person.oobs
        )
    keeps = (
        *token.suspects,
        *oob.suspects,
        *age_rules(world, token, oob),
        *_rules(person, oob),
        *limit_rules(person.wrong_codes),
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
        return [Reason("MFA-VERIFY-REPLAY", "whose code was used", WRONG)] if oob.is_used else []
    for other in world.oobs:
        if other.code == code and other.token.owner is not token.owner:
            return [Reason("MFA-VERIFY-FOREIGN-CODE", f"with a code sent to {other.token.owner}")]
        if other.code == code and other.token is not oob.token:
            return [Reason("MFA-CONCURRENT-CODES", "with the code of another login")]
    return [Reason("MFA-VERIFY-WRONG-CODE", "with a wrong code", WRONG, INVALID)]


def _rules(person: Person, oob: Oob) -> list[str]:
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
