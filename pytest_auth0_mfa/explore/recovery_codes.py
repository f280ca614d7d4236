"""Completing logins with recovery codes, each of which is good once and has a successor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_auth0_mfa.api import grants
from pytest_auth0_mfa.explore.completing import (
    is_undecided,
    limit_rules,
    note_completion,
    note_refusal,
    token_reasons,
)
from pytest_auth0_mfa.explore.expectation import Expectation, Reason
from pytest_auth0_mfa.explore.finding import disagree
from pytest_auth0_mfa.explore.lifetimes import age_rules
from pytest_auth0_mfa.explore.refusals import FORBIDDEN, SPENT

if TYPE_CHECKING:
    from pytest_auth0_mfa.explore.state import Token
    from pytest_auth0_mfa.explore.world import World


def redeem(world: World, token: Token, code: str) -> None:
    """Send a recovery code; a new one takes its place."""
    person, began = token.owner, world.now(token.owner)
    expectation = expected(world, token, code)
    value = world.door.learn(code, "recovery_code")
    answer = world.door.token(
        is_wrong=bool(expectation.reasons),
        grant_type=grants.MFA_RECOVERY_CODE,
        mfa_token=token.value,
        recovery_code=value,
    )
    if not expectation.judge(answer):
        note_refusal(world, token, expectation, "wrong_recovery_codes")
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
    note_completion(world, token, None, answer, began)


def expected(world: World, token: Token, code: str) -> Expectation:
    """What must come of a recovery code."""
    person, recovery = token.owner, token.owner.recovery
    reasons = token_reasons(world, token)
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
    is_open = is_undecided(world, token, wrong_codes=False) or token.is_access
    is_open = is_open or recovery.state in {"pending", "unknown"}
    is_open = is_open or not person.wrong_recovery_codes.has_one(world.now(person))
    keeps = [*token.suspects, *age_rules(world, token)]
    keeps += ["MFA-RECOVERY-ROTATES"] if recovery.used else []
    what = f"a recovery code with {token}"
    expected = (*keeps, "MFA-VERIFY-TOKENS", *limit_rules(person.wrong_recovery_codes))
    is_open = is_open or len(reasons) > 1
    return Expectation(what, "recovery-code", expected, tuple(reasons), is_open)
