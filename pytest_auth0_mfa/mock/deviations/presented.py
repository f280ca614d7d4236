"""What tokens a call presents, for deviations that are about one kind of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_auth0_mfa.mock import audiences, authorizations
from pytest_auth0_mfa.mock.seal import Purpose, is_sealed

if TYPE_CHECKING:
    from pytest_auth0_mfa.mock.calls import Call

_DOTS = 2
"""In a JWT, which a forged one is too."""


def has_invented_bearer(call: Call) -> bool:
    """Tell whether the bearer token is made up: none that was issued, nor one that was forged."""
    bearer = call.bearer or ""
    return bearer.count(".") != _DOTS and authorizations.read_any(call.tenant, bearer) is None


def has_invented_mfa_token(call: Call) -> bool:
    """Tell whether the tenant never issued what is sent as `mfa_token`."""
    return authorizations.read_any(call.tenant, _sent(call, "mfa_token")) is None


def has_invented_refresh_token(call: Call) -> bool:
    """Tell whether the tenant never issued the refresh token, for whatever client."""
    sent = _sent(call, "refresh_token")
    return authorizations.unseal(call.tenant, Purpose.REFRESH, sent) is None


def has_opaque_bearer(call: Call) -> bool:
    """Tell whether the bearer token is not a signed one."""
    return call.bearer is not None and is_sealed(call.bearer)


def completes_for_mfa(call: Call) -> bool:
    """Tell whether the login that a code completes asked for the MFA audience."""
    presented = authorizations.read(call.tenant, _sent(call, "mfa_token"))
    return presented is not None and audiences.is_mfa(presented.authorization.audience)


def completes_for_reading(call: Call) -> bool:
    """Tell whether that login asked for the MFA audience, and for nothing but to list there."""
    presented = authorizations.read(call.tenant, _sent(call, "mfa_token"))
    asks_more = presented is not None and any(
        presented.authorization.allows(each) for each in ("enroll", "remove:authenticators")
    )
    return completes_for_mfa(call) and not asks_more


def completes_for_no_audience(call: Call) -> bool:
    """Tell whether the login that a code completes named no audience."""
    presented = authorizations.read(call.tenant, _sent(call, "mfa_token"))
    return presented is not None and presented.authorization.audience == audiences.NO_AUDIENCE


def completes_for_others(call: Call) -> bool:
    """Tell whether the login that a code completes asked for another audience, or for none."""
    return not completes_for_mfa(call)


def _sent(call: Call, name: str) -> str:
    return str(call.body.parameters.get(name))
