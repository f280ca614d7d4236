"""What a user let a client have, and the `mfa_token` that carries it past the second factor.

Owns issuing and reading of an `mfa_token`, and of the access tokens that may stand in for one.
Must not decide which error a caller gets.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pytest_auth0_mfa.mock import audiences
from pytest_auth0_mfa.mock.seal import BrokenSealError, Purpose, is_sealed

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_auth0_mfa.mock.messages import JsonObject
    from pytest_auth0_mfa.mock.model import User
    from pytest_auth0_mfa.mock.tenant import Tenant


@dataclass(frozen=True, slots=True)
class Authorization:
    """What tokens will say: for which user, to which client, for what.

    `scope` holds the granted scopes between blanks, `audience` its canonical spelling or nothing.
    """

    user: User
    client_id: str
    scope: str
    audience: str

    def allows(self, scope: str) -> bool:
        """Tell whether a scope was granted."""
        return scope in self.scope.split()


@dataclass(frozen=True, slots=True)
class Presented:
    """A token that a client presented, understood; `expires_at` in epoch seconds."""

    token: str
    authorization: Authorization
    expires_at: float
    is_mfa_token: bool

    @property
    def is_for_mfa(self) -> bool:
        """Whether it is an access token for the MFA audience, whose scopes count."""
        return not self.is_mfa_token and audiences.is_mfa(self.authorization.audience)

    def is_expired(self, tenant: Tenant) -> bool:
        """Tell whether the token's time is over, as its user lives it."""
        return tenant.now(self.authorization.user) >= self.expires_at


def seal(tenant: Tenant, purpose: Purpose, authorization: Authorization, expires_at: float) -> str:
    """Return an opaque token that carries the authorization."""
    content = {
        "user": authorization.user.user_id,
        "client": authorization.client_id,
        "scope": authorization.scope,
        "audience": authorization.audience,
    }
    return tenant.sealer.seal(purpose, content, expires_at)


def unseal(tenant: Tenant, purpose: Purpose, token: str) -> Presented | None:
    """Return what an opaque token carries, None unless it is of this tenant and purpose."""
    try:
        sealed = tenant.sealer.open(purpose, token)
    except BrokenSealError:
        return None
    content = sealed.content
    user = tenant.users.get(content["user"])
    if user is None:
        return None
    authorization = Authorization(user, content["client"], content["scope"], content["audience"])
    return Presented(token, authorization, sealed.expires_at, purpose is Purpose.MFA)


def is_of_nobody(tenant: Tenant, purpose: Purpose, token: str) -> bool:
    """Tell whether an opaque token of this tenant was issued for a user who is no more."""
    try:
        return tenant.sealer.open(purpose, token).content["user"] not in tenant.users
    except BrokenSealError:
        return False


def issue_mfa_token(tenant: Tenant, authorization: Authorization) -> str:
    """Return an `mfa_token` that carries the authorization for ten minutes."""
    user = authorization.user
    purpose = f"{authorization.client_id} {authorization.audience} {authorization.scope}"
    if not tenant.rules.mfa_token_fresh and purpose in user.latest_mfa_tokens:
        return user.latest_mfa_tokens[purpose]
    expires_at = tenant.now(user) + tenant.rules.mfa_token_lifetime_s
    token = seal(tenant, Purpose.MFA, authorization, expires_at)
    if not tenant.rules.mfa_token_fresh:
        user.latest_mfa_tokens[purpose] = token
    return token


def read(tenant: Tenant, token: str) -> Presented | None:
    """Understand an `mfa_token` or an access token for the MFA audience; None for neither."""
    if is_sealed(token):
        return unseal(tenant, Purpose.MFA, token)
    return read_access_token(tenant, token, audiences.is_mfa)


def read_any(tenant: Tenant, token: str) -> Presented | None:
    """Understand an `mfa_token` or an access token for whatever audience; None for neither."""
    if is_sealed(token):
        return unseal(tenant, Purpose.MFA, token) or unseal(tenant, Purpose.ACCESS, token)
    return read_access_token(tenant, token, bool)


def read_access_token(
    tenant: Tenant, token: str, is_wanted: Callable[[str], bool]
) -> Presented | None:
    """Understand a signed access token of a user for an audience that `is_wanted`."""
    claims = tenant.signing_key.verify(token)
    return None if claims is None else _understood(tenant, token, claims, is_wanted)


def read_unverified(tenant: Tenant, token: str) -> Presented | None:
    """Understand an access token for the MFA audience, whoever signed it."""
    claims = tenant.signing_key.unverified(token)
    return None if claims is None else _understood(tenant, token, claims, audiences.is_mfa)


def _understood(
    tenant: Tenant, token: str, claims: JsonObject, is_wanted: Callable[[str], bool]
) -> Presented | None:
    named = claims.get("aud")
    names = named if isinstance(named, list) else [named]
    audience = next((name for name in map(str, names) if is_wanted(name)), "")
    user = tenant.users.get(str(claims.get("sub")))
    if user is None or not audience:
        return None
    scope, client_id = str(claims.get("scope", "")), str(claims.get("azp"))
    expires_at = float(str(claims.get("exp", 0)))
    authorization = Authorization(user, client_id, scope, audience)
    return Presented(token, authorization, expires_at, is_mfa_token=False)
