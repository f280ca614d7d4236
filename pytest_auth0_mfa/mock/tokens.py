"""Minting token sets: access tokens, id tokens and refresh tokens.

Owns claims and lifetimes. Must not decide whether anyone deserves a token.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_auth0_mfa.mock import audiences, authorizations, dates, draws
from pytest_auth0_mfa.mock.seal import Purpose

if TYPE_CHECKING:
    from pytest_auth0_mfa.mock.authorizations import Authorization
    from pytest_auth0_mfa.mock.calls import Call
    from pytest_auth0_mfa.mock.messages import Json
    from pytest_auth0_mfa.mock.model import User

# Auth0's default: https://auth0.com/docs/secure/tokens/refresh-tokens/configure-refresh-token-expiration
_REFRESH_TOKEN_LIFETIME_S = 2_592_000
_NAMES = ("nickname", "name", "picture", "given_name", "family_name")


def token_set(call: Call, authorization: Authorization) -> dict[str, Json]:
    """Mint what the authorization calls for, in the recorded order of fields."""
    rules = call.tenant.rules
    minted: dict[str, Json] = {"access_token": access_token(call, authorization)}
    if authorization.allows("openid") or not rules.id_token_needs_openid:
        minted["id_token"] = id_token(call, authorization)
    if authorization.allows("offline_access") or not rules.refresh_needs_offline_access:
        minted["refresh_token"] = refresh_token(call, authorization)
    minted["expires_in"] = access_token_lifetime(call, authorization.audience)
    return {**minted, "scope": authorization.scope, "token_type": "Bearer"}


def access_token_lifetime(call: Call, audience: str) -> int:
    """Return the life of an access token for an audience, in seconds."""
    rules = call.tenant.rules
    if audiences.is_mfa(audience):
        return rules.mfa_audience_lifetime_s
    if audience in call.tenant.apis:
        return rules.api_token_lifetime_s
    return rules.access_token_lifetime_s


def access_token(call: Call, authorization: Authorization) -> str:
    """Mint a signed JWT for an API, an opaque token where no audience was named."""
    user, audience = authorization.user, authorization.audience
    is_api = bool(audience) and not audiences.is_mfa(audience)
    if not audience or (is_api and not call.tenant.rules.api_tokens_signed):
        expires_at = call.tenant.now(user) + access_token_lifetime(call, audience)
        return authorizations.seal(call.tenant, Purpose.ACCESS, authorization, expires_at)
    claims = _claims(call, user.user_id, authorization.client_id, audience, user)
    if not is_api and not call.tenant.rules.mfa_audience_claim_has_slash:
        claims["aud"] = audience.rstrip("/")
    elif authorization.allows("openid"):
        claims["aud"] = [audience, audiences.userinfo_audience(call.tenant, call.request)]
    claims = call.tenant.rules.edit_access_token({**claims, "scope": authorization.scope})
    return call.tenant.signing_key.sign(
        call.tenant.rules.edit_api_token(claims) if is_api else claims
    )


def machine_access_token(call: Call, client_id: str, audience: str, scope: str) -> str:
    """Mint an access token for a client that acts for itself, always signed for management."""
    is_api = audience in call.tenant.apis
    if is_api and not call.tenant.rules.client_credentials_signed:
        return draws.text(call.tenant.entropy, 32)
    claims = _claims(call, f"{client_id}@clients", client_id, audience, None)
    return call.tenant.signing_key.sign({**claims, "scope": scope, "gty": "client-credentials"})


def refresh_token(call: Call, authorization: Authorization) -> str:
    """Mint a refresh token that carries the authorization."""
    expires_at = call.tenant.now(authorization.user) + _REFRESH_TOKEN_LIFETIME_S
    return authorizations.seal(call.tenant, Purpose.REFRESH, authorization, expires_at)


def id_token(call: Call, authorization: Authorization) -> str:
    """Mint an id token with the claims recorded from the password grant: no `amr`, no `acr`."""
    tenant, user = call.tenant, authorization.user
    issued_at = int(tenant.now(user))
    claims: dict[str, Json] = {
        **profile(user),
        "iss": audiences.issuer(call.request),
        "sub": user.user_id,
        "aud": authorization.client_id,
        "iat": issued_at,
        "exp": issued_at + tenant.rules.id_token_lifetime_s,
    }
    return tenant.signing_key.sign(tenant.rules.edit_id_token(claims))


def profile(user: User) -> dict[str, Json]:
    """Return the claims about a user that `profile` and `email` open."""
    nickname = user.email.partition("@")[0]
    claims: dict[str, Json] = {
        "nickname": nickname,
        "name": user.email,
        "picture": f"https://s.gravatar.com/avatar/{user.user_id.partition('|')[2]}",
        "updated_at": dates.iso(user.created_at),
        "email": user.email,
        "email_verified": user.email_verified,
    }
    if user.record is not None:
        claims["updated_at"] = dates.iso(user.record.updated_at)
        claims.update((k, each) for k, each in user.record.attributes.items() if k in _NAMES)
    return claims


def _claims(
    call: Call, subject: str, client_id: str, audience: str, user: User | None
) -> dict[str, Json]:
    issued_at = int(call.tenant.now(user))
    return {
        "iss": audiences.issuer(call.request),
        "sub": subject,
        "aud": audience,
        "iat": issued_at,
        "exp": issued_at + access_token_lifetime(call, audience),
        "azp": client_id,
    }
