"""What describes the tenant and its users: discovery, signing keys, `/userinfo`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_auth0_mfa.mock import audiences, authorizations, problems, tokens
from pytest_auth0_mfa.mock.assertions import ALGORITHMS
from pytest_auth0_mfa.mock.endpoints.token import GRANTS
from pytest_auth0_mfa.mock.messages import Answer
from pytest_auth0_mfa.mock.seal import Purpose, is_sealed

if TYPE_CHECKING:
    from pytest_auth0_mfa.mock.authorizations import Authorization
    from pytest_auth0_mfa.mock.calls import Call
    from pytest_auth0_mfa.mock.messages import Json

_CACHEABLE = {"cache-control": "public, max-age=15"}


def discovery(call: Call) -> Answer:
    """Describe the tenant (https://openid.net/specs/openid-connect-discovery-1_0.html)."""
    base = call.request.base_url
    body: dict[str, Json] = {
        "issuer": audiences.issuer(call.request),
        "authorization_endpoint": f"{base}/authorize",
        "token_endpoint": f"{base}/oauth/token",
        "userinfo_endpoint": f"{base}/userinfo",
        "mfa_challenge_endpoint": f"{base}/mfa/challenge",
        "jwks_uri": f"{base}/.well-known/jwks.json",
        "grant_types_supported": list(GRANTS),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "token_endpoint_auth_methods_supported": [
            "client_secret_basic",
            "client_secret_post",
            "private_key_jwt",
        ],
        "token_endpoint_auth_signing_alg_values_supported": list(ALGORITHMS),
        "scopes_supported": ["openid", "profile", "offline_access", "email", "address", "phone"],
        "claims_supported": [
            "aud",
            "email",
            "email_verified",
            "exp",
            "iat",
            "iss",
            "name",
            "nickname",
            "picture",
            "sub",
        ],
    }
    return Answer(200, body, "discovery", _CACHEABLE)


def jwks(call: Call) -> Answer:
    """Publish the signing key."""
    return Answer(200, call.tenant.signing_key.jwk_set, "jwks", _CACHEABLE)


def userinfo(call: Call) -> Answer:
    """Tell an access token's user, as far as its scopes allow."""
    authorization = _authorize(call)
    if authorization is None:
        if call.tenant.rules.userinfo_bearer_checked:
            raise problems.invalid_access_token()
        return Answer(200, {"sub": "auth0|000000000000000000000000"}, "userinfo")
    return Answer(200, _claims(authorization), "userinfo")


def _authorize(call: Call) -> Authorization | None:
    if call.bearer is None:
        return None
    tenant, token = call.tenant, call.bearer
    if is_sealed(token):
        presented = authorizations.unseal(tenant, Purpose.ACCESS, token)
    else:
        presented = authorizations.read_access_token(tenant, token, audiences.is_userinfo)
    if presented is None or presented.is_expired(tenant):
        return None
    authorization = presented.authorization
    return authorization if authorization.allows("openid") else None


def _claims(authorization: Authorization) -> dict[str, Json]:
    user = authorization.user
    claims: dict[str, Json] = {"sub": user.user_id}
    profile = tokens.profile(user)
    if authorization.allows("profile"):
        claims.update(
            (name, profile[name]) for name in ("nickname", "name", "picture", "updated_at")
        )
    if authorization.allows("email"):
        claims.update((name, profile[name]) for name in ("email", "email_verified"))
    return claims
