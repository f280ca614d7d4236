"""The grant `mfa-otp`: a one-time password, to log in or to confirm an enrollment.

Owns which authenticators a code is tried on, and what a right code does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_auth0_mfa.mock import attempts, problems, tokens, totp, transactions, uses
from pytest_auth0_mfa.mock.enrollment import confirm
from pytest_auth0_mfa.mock.messages import Answer
from pytest_auth0_mfa.mock.model import Factor
from pytest_auth0_mfa.mock.operations import Operation
from pytest_auth0_mfa.mock.states import Event, State

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytest_auth0_mfa.mock.authorizations import Presented
    from pytest_auth0_mfa.mock.calls import Call
    from pytest_auth0_mfa.mock.model import Authenticator, Client, User
    from pytest_auth0_mfa.mock.tenant import Tenant


def exchange(call: Call, client: Client) -> Answer:
    """Answer a code with tokens, or refuse it."""
    if call.body.is_json and not call.tenant.rules.verification_reads_json:
        raise problems.invalid_request("The body must be a form.")
    presented = transactions.present_mfa_token(call, client)
    code = call.required("otp")
    candidates = _candidates(call.tenant, presented)
    user = presented.authorization.user
    attempts.admit(call.tenant, presented, user.wrong_otps)
    accepted = _accept(call, presented, candidates, code)
    attempts.count_right(call.tenant, user.wrong_otps)
    transactions.complete(call, presented)
    _prove(call, presented, accepted)
    return Answer(200, tokens.token_set(call, presented.authorization), "token.otp")


def _candidates(tenant: Tenant, presented: Presented) -> list[Authenticator]:
    """Return the authenticators that the code may belong to.

    An access token only confirms what is pending. With an `mfa_token`, what is pending counts as
    long as nothing is confirmed, so that a stolen password cannot bring its own second factor.
    """
    user = presented.authorization.user
    enrolled = list(user.enrolled(Factor.OTP))
    if not enrolled:
        raise problems.not_enrolled()
    if not presented.is_mfa_token:
        return [each for each in enrolled if not each.is_active]
    if user.active_factors:
        return [each for each in enrolled if each.is_active and _counts(tenant, user, each)]
    return enrolled


def _counts(tenant: Tenant, user: User, authenticator: Authenticator) -> bool:
    """Tell whether a confirmed authenticator completes logins: one of several, or of a push."""
    pair = user.pair(authenticator)
    if any(each.factor is Factor.PUSH for each in pair) and not tenant.rules.companion_accepted:
        return False
    return tenant.rules.further_factors_accepted or not user.is_further(authenticator)


def _accept(
    call: Call, presented: Presented, candidates: list[Authenticator], code: str
) -> Authenticator:
    """Return the authenticator that the code proves, its step used up, or refuse the code."""
    rules, user = call.tenant.rules, presented.authorization.user
    now = call.tenant.now(user)
    if not totp.is_well_formed(code):
        if rules.malformed_otp_accepted and candidates:
            return candidates[0]
    elif not rules.challenge_needed or user.was_challenged or not user.active_factors:
        for each in candidates:
            step = totp.matching_step(each, code, now, rules)
            if step is not None:
                each.last_step = max(step, each.last_step)
                uses.note(call, user, code)
                return each
        if uses.is_unknown(call, user, code):
            return candidates[0]
        if rules.foreign_codes_accepted and _is_of_another(call, user.user_id, code, now):
            return candidates[0]
    _refuse(call, presented, candidates)
    raise problems.invalid_otp()


def _refuse(call: Call, presented: Presented, candidates: Iterable[Authenticator]) -> None:
    rules, user = call.tenant.rules, presented.authorization.user
    spends_token = rules.wrong_code_spends_mfa_token
    attempts.count_wrong(call.tenant, presented, user.wrong_otps, spends_token=spends_token)
    if rules.wrong_code_confirms:
        for each in candidates:
            if each.state is State.PENDING:
                each.take(Event.PROVED)


def _is_of_another(call: Call, user_id: str, code: str, now: float) -> bool:
    others = (user for user in call.tenant.users.values() if user.user_id != user_id)
    return any(
        totp.matching_step(each, code, now, call.tenant.rules) is not None
        for user in others
        for each in user.enrolled(Factor.OTP)
    )


def _prove(call: Call, presented: Presented, authenticator: Authenticator) -> None:
    user = presented.authorization.user
    user.was_challenged = False
    if authenticator.state is State.PENDING:
        call.operation = Operation.CONFIRMATION
        confirm(call.tenant, user, authenticator)
