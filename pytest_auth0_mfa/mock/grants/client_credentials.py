"""The grant `client_credentials`: an access token for the client itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_auth0_mfa.mock import audiences, login_problems, tokens
from pytest_auth0_mfa.mock.messages import Answer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_auth0_mfa.mock.calls import Call
    from pytest_auth0_mfa.mock.messages import Json
    from pytest_auth0_mfa.mock.model import Client


def exchange(call: Call, client: Client) -> Answer:
    """Answer with a signed access token for the audience, all its scopes unless fewer are asked."""
    audience = call.required("audience")
    granted = _granted(call, client, audience)
    asked = call.optional("scope")
    names = granted if asked is None else [each for each in asked.split() if each in granted]
    scope = " ".join(names)
    minted: dict[str, Json] = {
        "access_token": tokens.machine_access_token(call, client.client_id, audience, scope),
        "scope": scope,
        "expires_in": tokens.access_token_lifetime(call, audience),
        "token_type": "Bearer",
    }
    return Answer(200, minted, "token.client-credentials")


def _granted(call: Call, client: Client, audience: str) -> Sequence[str]:
    """Return what the client may do with an API, or refuse it."""
    is_management = audiences.is_management(call.tenant, call.request, audience)
    if audience not in call.tenant.apis and not is_management:
        raise login_problems.service_not_enabled(audience)
    named = audiences.MANAGEMENT_PATH if is_management else audience
    for each in call.tenant.client_grants.values():
        if each.client_id == client.client_id and each.audience == named:
            return each.scopes
    raise login_problems.client_not_authorized(audience)
