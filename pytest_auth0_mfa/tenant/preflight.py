"""A look at the tenant before the first test, so that a wrong setting is named once and early.

One request for each grant, with an `mfa_token` that no tenant issued: what is refused tells
whether an Auth0-like server answers there, whether the application's credentials are right and
whether it may use the grant. Nothing is changed and no user is touched.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pytest_auth0_mfa.api import grants
from pytest_auth0_mfa.errors import Disturbance, TenantError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytest_auth0_mfa.api.exchange import Answer
    from pytest_auth0_mfa.tenant.tenant import Tenant

_OUT_OF_BAND: Final = (grants.MFA_OOB, {"oob_code": "not-a-code", "binding_code": "000000"})
_PROBES: Final = {
    "otp": (grants.MFA_OTP, {"otp": "000000"}),
    "sms": _OUT_OF_BAND,
    "voice": _OUT_OF_BAND,
    "email": _OUT_OF_BAND,
    "push": _OUT_OF_BAND,
    "recovery-code": (grants.MFA_RECOVERY_CODE, {"recovery_code": "0" * 24}),
}


def look_at(tenant: Tenant, factors: Iterable[str]) -> None:
    """Raise `TenantError` where a run against this tenant cannot succeed; says what to mend."""
    probes = dict(_PROBES[factor] for factor in factors if factor in _PROBES)
    for grant, code in probes.items():
        params = {"grant_type": grant, "mfa_token": "not-a-token", **code}
        try:
            answer = tenant.client.token(tenant.application, params, repeatable=True)
        except Disturbance as error:
            raise TenantError(f"{error}. Is the tenant's address right?") from None
        _raise_if_hopeless(answer, tenant, grant)


def check_is_tenant(answer: Answer, url: str) -> None:
    """Raise `TenantError` where what refuses an invented login is no JSON, as any tenant sends."""
    if not isinstance(answer.body, dict):
        kind = answer.headers.get("content-type", "no content type")
        raise TenantError(
            f"{url} does not answer like an Auth0 tenant: {answer.exchange} with {kind}, "
            "where a JSON error was expected. Check the domain"
        )


def _raise_if_hopeless(answer: Answer, tenant: Tenant, grant: str) -> None:
    check_is_tenant(answer, tenant.url)
    client_id = tenant.application.client_id
    if answer.error == "unauthorized_client":
        raise TenantError(
            f"application {client_id} may not use the grant {grant}: enable MFA under "
            "Applications > your application > Advanced Settings > Grant Types"
        )
    if answer.error in {"invalid_client", "access_denied"}:
        raise TenantError(
            f"{tenant.url} refuses application {client_id} ({answer.summary()}): check "
            "AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET"
        )
