"""The grant `refresh_token`: new tokens for old, without a new login.

Owns the redemption of refresh tokens; they do not rotate, as on a tenant without rotation.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pytest_auth0_mfa.mock import audiences, authorizations, login_problems, tokens
from pytest_auth0_mfa.mock.messages import Answer
from pytest_auth0_mfa.mock.seal import Purpose

if TYPE_CHECKING:
    from pytest_auth0_mfa.mock.calls import Call
    from pytest_auth0_mfa.mock.model import Client


def exchange(call: Call, client: Client) -> Answer:
    """Answer a refresh token with a new token set that carries it again."""
    token = call.required("refresh_token")
    presented = authorizations.unseal(call.tenant, Purpose.REFRESH, token)
    if presented is None and authorizations.is_of_nobody(call.tenant, Purpose.REFRESH, token):
        raise login_problems.refresh_token_of_nobody()
    if presented is None or presented.is_expired(call.tenant):
        raise login_problems.invalid_refresh_token()
    authorization, rules = presented.authorization, call.tenant.rules
    if authorization.client_id != client.client_id and rules.refresh_client_checked:
        raise login_problems.invalid_refresh_token()
    if audiences.is_mfa(authorization.audience) and not rules.refresh_keeps_mfa_audience:
        authorization = replace(authorization, audience=audiences.NO_AUDIENCE)
    minted = tokens.token_set(call, authorization)
    return Answer(200, {**minted, "refresh_token": token}, "token.refresh")
