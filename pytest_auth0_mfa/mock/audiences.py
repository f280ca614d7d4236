"""Audiences and scopes: what a token is for, and what it allows.

Owns the MFA audience, its spellings and its scopes. Must not mint tokens.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pytest_auth0_mfa.mock.messages import Request
    from pytest_auth0_mfa.mock.tenant import Tenant

NO_AUDIENCE = ""
"""Stands for a login that names no audience."""

# https://auth0.com/docs/secure/multi-factor-authentication/manage-mfa-auth0-apis/manage-authenticator-factors-mfa-api
MFA_SCOPES = frozenset({"enroll", "read:authenticators", "remove:authenticators"})
_STANDARD_SCOPES = ("openid", "profile", "email", "address", "phone")
_MFA_PATH = "/mfa/"
MANAGEMENT_PATH = "/api/v2/"
"""Where the Management API is, and what its audience ends with."""


def issuer(request: Request) -> str:
    """Return the issuer, with the slash at its end that verifiers insist on."""
    return f"{request.base_url}/"


def canonical_host(tenant: Tenant, request: Request) -> str:
    """Return the host that the tenant's own audiences name, whatever host name was used.

    Under a custom domain they keep the canonical one, while the issuer follows the domain.
    """
    return tenant.canonical_domain or request.host


def canonical_url(tenant: Tenant, request: Request) -> str:
    """Return the URL that the tenant's own audiences begin with."""
    return f"https://{tenant.canonical_domain}" if tenant.canonical_domain else request.base_url


def userinfo_audience(tenant: Tenant, request: Request) -> str:
    """Return the audience that opens `/userinfo`."""
    return f"{canonical_url(tenant, request)}/userinfo"


def is_userinfo(audience: str) -> bool:
    """Tell whether an audience, under whatever host name, is `/userinfo`."""
    return audience.endswith("/userinfo")


def is_mfa(audience: str) -> bool:
    """Tell whether an audience, under whatever host name, is the MFA API."""
    _, separator, rest = audience.partition("://")
    host, slash, path = rest.partition("/")
    return bool(separator and host) and slash + path in {_MFA_PATH, "/mfa"}


def is_management(tenant: Tenant, request: Request, audience: str) -> bool:
    """Tell whether an audience is the tenant's Management API, spelled as it must be.

    https://auth0.com/docs/secure/tokens/access-tokens/management-api-access-tokens
    """
    scheme, _, rest = audience.partition("://")
    return scheme in {"https", "http"} and rest == canonical_host(tenant, request) + MANAGEMENT_PATH


def resolve(tenant: Tenant, request: Request, asked: str | None) -> str | None:
    """Return the audience in its canonical spelling, or None when it is not registered.

    The MFA audience may be written with or without its last slash, and as `https` where a proxy
    ends TLS.
    """
    if not asked:
        return NO_AUDIENCE
    if _is_own_mfa(tenant, request, asked):
        return canonical_url(tenant, request) + _MFA_PATH
    if asked in tenant.apis:
        return asked
    return None if tenant.rules.audience_checked else NO_AUDIENCE


def _is_own_mfa(tenant: Tenant, request: Request, asked: str) -> bool:
    if tenant.rules.mfa_audience_needs_slash and not asked.endswith("/"):
        return False
    host = asked.partition("://")[2].partition("/")[0]
    return is_mfa(asked) and host == canonical_host(tenant, request)


def grantable_scope(tenant: Tenant, asked: str | None, audience: str) -> str:
    """Return the granted scopes, in the order asked for.

    Real tenants were recorded to grant every standard scope to a login that asks for nothing or
    for `openid` alone (https://github.com/auth0/ruby-auth0, spec/fixtures/vcr_cassettes).
    """
    names = list(dict.fromkeys((asked or "").split()))
    if names in ([], ["openid"]):
        return " ".join(_STANDARD_SCOPES)
    known = {*_STANDARD_SCOPES, *audience_scopes(tenant, audience)}
    api = tenant.apis.get(audience)
    if api is None or api.allows_offline_access:
        known.add("offline_access")
    return " ".join(name for name in names if name in known)


def audience_scopes(tenant: Tenant, audience: str) -> frozenset[str]:
    """Return the scopes that an audience defines itself."""
    if is_mfa(audience):
        return MFA_SCOPES
    api = tenant.apis.get(audience)
    return frozenset() if api is None else api.scopes
