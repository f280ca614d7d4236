"""Completing a login, whatever the way: what every way has in common.

Owns why a token completes no login, how many tries are left, and what a refusal and a completion
leave behind. Must not know what a code is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_auth0_mfa.explore.enrolling import confirm
from pytest_auth0_mfa.explore.expectation import Expectation, Reason
from pytest_auth0_mfa.explore.finding import disagree
from pytest_auth0_mfa.explore.lifetimes import too_old
from pytest_auth0_mfa.explore.logins import take_tokens
from pytest_auth0_mfa.explore.refusals import EXPIRED, SPENT

if TYPE_CHECKING:
    from pytest_auth0_mfa.api.exchange import Answer
    from pytest_auth0_mfa.explore.allowance import Allowance
    from pytest_auth0_mfa.explore.state import Enrollment, Person, Token
    from pytest_auth0_mfa.explore.world import World


def token_reasons(world: World, token: Token) -> list[Reason]:
    """Why a token completes no login."""
    reasons = []
    if world.is_expired(token):
        named = "MFA-AUDIENCE-EXPIRED" if token.is_access else "MFA-VERIFY-EXPIRED-TOKEN"
        reasons.append(too_old(named, EXPIRED))
    if token.owner.is_blocked:
        reasons.append(Reason("MFA-BLOCKED-VERIFY", "who is blocked"))
    return reasons


def limit_reasons(world: World, person: Person) -> list[Reason]:
    """Why no further code is looked at."""
    if not person.wrong_codes.is_empty(world.now(person)):
        return []
    kept = person.completed_after_wrong_codes
    named = "MFA-LIMIT-KEPT" if kept else "MFA-LIMIT-WRONG-CODES"
    return [Reason(named, "after ten wrong codes", SPENT)]


def limit_rules(allowance: Allowance) -> list[str]:
    """The requirements that leave tries."""
    if allowance.was_used_up:
        return ["MFA-LIMIT-REFILL"]
    return ["MFA-LIMIT-WRONG-CODES"] if allowance.total else []


def is_undecided(world: World, token: Token, *, wrong_codes: bool) -> bool:
    """Whether nothing says that this token still completes a login."""
    now = world.now(token.owner)
    spent = wrong_codes and not token.owner.wrong_codes.has_one(now)
    return token.is_spent or spent or not world.is_alive(token)


def note_refusal(world: World, token: Token, expectation: Expectation, limit: str) -> None:
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


def note_completion(
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
