"""The grant `client_credentials`: an access token for the client itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_auth0_mfa.mock import audiences, problems, tokens
from pytest_auth0_mfa.mock.messages import Answer

if TYPE_CHECKING:
    from pytest_auth0_mfa.mock.calls import Call
    from pytest_auth0_mfa.mock.messages import Json
    from pytest_auth0_mfa.mock.model import Client


def exchange(call: Call, client: Client) -> Answer:
    """Answer with a signed access token for the audience, all its scopes unless fewer are asked."""
    audience = call.required("audience")
    if audience not in call.tenant.apis:
        raise problems.service_not_enabled(audience)
    offered = audiences.audience_scopes(call.tenant, audience)
    asked = call.optional("scope")
    names = (
        sorted(offered) if asked is None else [each for each in asked.split() if each in offered]
    )
    scope = " ".join(names)
    minted: dict[str, Json] = {
        "access_token": tokens.machine_access_token(call, client.client_id, audience, scope),
        "scope": scope,
        "expires_in": tokens.access_token_lifetime(call, audience),
        "token_type": "Bearer",
    }
    return Answer(200, minted, "token.client-credentials")
