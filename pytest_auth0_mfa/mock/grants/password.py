"""The grants `password` and `password-realm`.

Owns the first factor and the decision whether a second one is needed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_auth0_mfa.mock import (
    admission,
    audiences,
    authorizations,
    kinds,
    login_limit,
    login_problems,
    problems,
    tokens,
    verified_email,
    wrong_passwords,
)
from pytest_auth0_mfa.mock.authorizations import Authorization
from pytest_auth0_mfa.mock.messages import Answer
from pytest_auth0_mfa.mock.model import Factor
from pytest_auth0_mfa.mock.operations import Operation

if TYPE_CHECKING:
    from pytest_auth0_mfa.mock.calls import Call
    from pytest_auth0_mfa.mock.model import Client, User


def exchange(call: Call, client: Client) -> Answer:
    """Answer a login: tokens, or the demand for a second factor."""
    if call.body.is_json and not call.tenant.rules.login_reads_json:
        raise problems.invalid_request("The body must be a form.")
    username, password = call.required("username"), call.required("password")
    realm = _realm(call)
    audience = audiences.resolve(call.tenant, call.request, call.optional("audience"))
    if audience is None:
        raise login_problems.invalid_audience()
    address = wrong_passwords.address_of(call, client)
    admission.admit(call, client, realm, address)
    user = _identify(call, username, password, address)
    scope = audiences.grantable_scope(call.tenant, call.optional("scope"), audience)
    authorization = Authorization(user, client.client_id, scope, audience)
    if _needs_second_factor(call, authorization):
        admission.check_who_asks(call)
        mfa_token = authorizations.issue_mfa_token(call.tenant, authorization)
        raise login_problems.mfa_required(mfa_token, kinds.requirements(call.tenant, user))
    return Answer(200, tokens.token_set(call, authorization), "token.password")


def _realm(call: Call) -> str | None:
    """Return the realm, which must be the connection; SDKs send one with either grant type."""
    is_realm_grant = call.operation is Operation.PASSWORD_REALM
    realm = call.required("realm") if is_realm_grant else call.optional("realm")
    if realm is not None and realm != call.tenant.settings.connection:
        raise problems.invalid_request(f"Unknown or invalid realm: {realm}")
    return realm


def _identify(call: Call, username: str, password: str, address: str) -> User:
    """Return the user who proves to be one; `address` is where they are."""
    rules = call.tenant.rules
    user = call.tenant.user_by_email(username)
    if user is None:
        unknown = login_problems.wrong_password("User does not exist.")
        raise unknown if rules.unknown_user_revealed else login_problems.wrong_password()
    login_limit.admit(call, user, address)
    wrong_passwords.admit(call, user, address)
    if rules.password_checked and password != user.password:
        wrong_passwords.count(user, address)
        raise login_problems.wrong_password()
    if user.is_blocked and not rules.blocked_users_log_in:
        raise login_problems.blocked_user(401, "unauthorized")
    return user


def _needs_second_factor(call: Call, authorization: Authorization) -> bool:
    """Apply the policy, and the exception for managing one's own factors.

    A tenant in memory knows no risk to score: `confidence-score` asks at every login too.
    """
    rules, user = call.tenant.rules, authorization.user
    if not call.tenant.settings.sign_in.asks_for_second_factor:
        return False
    if not audiences.is_mfa(authorization.audience):
        return True
    factors = user.active_factors
    if any(each.factor is not Factor.EMAIL for each in factors):
        return rules.mfa_audience_steps_up
    if factors:
        return not rules.mfa_audience_free_with_email
    if verified_email.usable(call.tenant, user) is not None:
        return not rules.mfa_audience_free_with_verified_email
    return not rules.mfa_audience_free_without_factor
