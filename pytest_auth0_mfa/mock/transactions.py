"""Presenting tokens: as the bearer of `/mfa/*`, or as the parameter `mfa_token`.

Owns which token is good for which operation, and the refusal of one that is not. Must not know
codes or factors.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_auth0_mfa.mock import authorizations, login_problems, problems
from pytest_auth0_mfa.mock.operations import Operation

if TYPE_CHECKING:
    from pytest_auth0_mfa.mock.authorizations import Presented
    from pytest_auth0_mfa.mock.calls import Call
    from pytest_auth0_mfa.mock.model import Client
    from pytest_auth0_mfa.mock.tenant import Tenant


def present_bearer(call: Call, scope: str) -> Presented:
    """Return the bearer of a call to `/mfa/*`; an access token must carry `scope`, if any."""
    if call.bearer is None:
        raise problems.missing_bearer()
    takes_any = call.operation in call.tenant.rules.other_audiences_accepted_by
    read = authorizations.read_any if takes_any else authorizations.read
    presented = read(call.tenant, call.bearer)
    if presented is None and call.operation in call.tenant.rules.signature_ignored_by:
        presented = authorizations.read_unverified(call.tenant, call.bearer)
    if presented is None:
        raise problems.invalid_bearer()
    if _is_expired(call, presented):
        raise problems.expired_bearer()
    if scope and presented.is_for_mfa and not presented.authorization.allows(scope):
        raise problems.insufficient_scope(scope)
    return presented


def present_mfa_token(call: Call, client: Client) -> Presented:
    """Return what the parameter `mfa_token` carries, for the client it was issued to.

    On `/oauth/token` an access token for the MFA audience may stand in, which is how a user who
    manages factors confirms one; `/mfa/challenge` refuses it as malformed
    (https://community.auth0.com/t/malformed-mfa-token-message-when-trying-to-challenge-an-user-with-mfa/64112).
    """
    token = call.required("mfa_token")
    presented = authorizations.read(call.tenant, token)
    if presented is None or not (presented.is_mfa_token or _takes_access_tokens(call)):
        raise problems.malformed_mfa_token()
    authorization = presented.authorization
    if authorization.client_id != client.client_id and (
        call.operation not in call.tenant.rules.foreign_client_ignored_by
    ):
        raise problems.foreign_mfa_token()
    if _is_expired(call, presented):
        raise problems.expired_mfa_token(401 if call.operation is Operation.CHALLENGE else 403)
    if token in authorization.user.spent_mfa_tokens or _was_ended(call, presented):
        raise problems.malformed_mfa_token()
    if authorization.user.is_blocked and not call.tenant.rules.blocked_users_verify:
        raise login_problems.blocked_user(403, "invalid_grant")
    return presented


def _takes_access_tokens(call: Call) -> bool:
    rules = call.tenant.rules
    if call.operation is Operation.CHALLENGE:
        return rules.challenge_takes_access_tokens
    return rules.confirmation_takes_access_tokens


def complete(call: Call, presented: Presented) -> None:
    """Note that a login was completed, which leaves the user's other logins as they are."""
    if call.tenant.rules.completion_ends_other_logins:
        end_others(call.tenant, presented)


def end_others(tenant: Tenant, presented: Presented) -> None:
    """End every login of a user but this one."""
    user = presented.authorization.user
    user.logins_end_at, user.surviving_mfa_token = tenant.now(user), presented.token


def _was_ended(call: Call, presented: Presented) -> bool:
    user = presented.authorization.user
    if not presented.is_mfa_token or presented.token == user.surviving_mfa_token:
        return False
    return presented.expires_at - call.tenant.rules.mfa_token_lifetime_s <= user.logins_end_at


def _is_expired(call: Call, presented: Presented) -> bool:
    rules = call.tenant.rules
    is_mfa_token = presented.is_mfa_token
    ignored = rules.expiry_ignored_by if is_mfa_token else rules.access_expiry_ignored_by
    return call.operation not in ignored and presented.is_expired(call.tenant)
