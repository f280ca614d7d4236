"""Who may call the Management API: whoever bears a token for it that has a scope.

Owns the checks of the bearer. Must not know what an endpoint does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_auth0_mfa.mock.audiences import MANAGEMENT_PATH
from pytest_auth0_mfa.mock.management import refusals

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_auth0_mfa.mock.messages import Request
    from pytest_auth0_mfa.mock.tenant import Tenant

_BEARER = "bearer "
_DOTS = 2


def scopes(tenant: Tenant, request: Request) -> frozenset[str]:
    """Return the scopes of the bearer token of a call, or refuse it."""
    header = request.headers.get("authorization", "")
    if not header.strip():
        raise refusals.missing_token()
    token = header[len(_BEARER) :].strip()
    if not header.lower().startswith(_BEARER) or token.count(".") != _DOTS:
        raise refusals.malformed_header()
    claims = tenant.signing_key.verify(token)
    if claims is None:
        raise refusals.invalid_token()
    audience = str(claims.get("aud"))
    # A tenant is reached by several hosts, and a token for one of them is good at all.
    if not audience.endswith(MANAGEMENT_PATH):
        raise refusals.foreign_audience(audience)
    if tenant.now() >= float(str(claims.get("exp", 0))):
        raise refusals.expired_token()
    return frozenset(str(claims.get("scope", "")).split())


def check(granted: frozenset[str], wanted: Sequence[str]) -> None:
    """Refuse a caller who has none of the scopes."""
    if granted.isdisjoint(wanted):
        raise refusals.insufficient_scope(wanted)
