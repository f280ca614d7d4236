"""What the control plane can do to the Management API: narrow its scopes, let searches lag.

Owns `POST /__mock__/management`; loaded with the rest of the control plane.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pytest_auth0_mfa.mock import audiences, problems
from pytest_auth0_mfa.mock.management.scopes import ALL
from pytest_auth0_mfa.mock.messages import Answer

if TYPE_CHECKING:
    from pytest_auth0_mfa.mock.calls import Call
    from pytest_auth0_mfa.mock.tenant import Tenant

_LONGEST_LAG_S = 86_400.0


def answer(call: Call) -> Answer:
    """Change what the body names; tokens that were given out keep their scopes."""
    scopes, lag_s = _scopes(call), _lag_s(call)
    if scopes is not None:
        _grant(call.tenant, scopes)
    if lag_s is not None:
        call.tenant.settings.search_lag_s = lag_s
    granted = [
        s
        for each in call.tenant.client_grants.values()
        if _is_ours(each.audience)
        for s in each.scopes
    ]
    return Answer(200, {"scopes": granted, "search_lag_s": call.tenant.settings.search_lag_s})


def _scopes(call: Call) -> tuple[str, ...] | None:
    scopes = call.body.parameters.get("scopes")
    if scopes is None:
        return None
    if not isinstance(scopes, list):
        raise problems.invalid_request('scopes must be a list such as ["read:users"]')
    unknown = [str(each) for each in scopes if each not in ALL]
    if unknown:
        known = ", ".join(ALL)
        raise problems.invalid_request(f"Unknown scopes: {', '.join(unknown)}; expected {known}")
    return tuple(map(str, scopes))


def _lag_s(call: Call) -> float | None:
    lag_s = call.body.parameters.get("search_lag_s")
    if lag_s is None:
        return None
    is_number = isinstance(lag_s, (int, float)) and not isinstance(lag_s, bool)
    if not is_number or not 0 <= float(str(lag_s)) <= _LONGEST_LAG_S:
        raise problems.invalid_request(f"search_lag_s must be seconds, 0 to {_LONGEST_LAG_S:.0f}")
    return float(str(lag_s))


def _grant(tenant: Tenant, scopes: tuple[str, ...]) -> None:
    for each in list(tenant.client_grants.values()):
        if _is_ours(each.audience):
            tenant.client_grants[each.id] = replace(each, scopes=scopes)


def _is_ours(audience: str) -> bool:
    return audience == audiences.MANAGEMENT_PATH
