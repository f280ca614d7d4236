"""What the control plane can do to the Management API that no call of it can.

Owns `POST /__mock__/management`: scopes that are granted, searches that lag, phones that are
unified, network addresses that are blocked, features that the plan lacks. Loaded with the rest of
the control plane.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pytest_auth0_mfa.mock import audiences, problems
from pytest_auth0_mfa.mock.management.scopes import ALL, PLAN_FEATURES
from pytest_auth0_mfa.mock.messages import Answer

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from pytest_auth0_mfa.mock.calls import Call
    from pytest_auth0_mfa.mock.messages import Json
    from pytest_auth0_mfa.mock.tenant import Tenant

_LONGEST_LAG_S = 86_400.0


def answer(call: Call) -> Answer:
    """Change what the body names, all or nothing, and tell how things are."""
    given = call.body.parameters
    unknown = [name for name in given if name not in _CHECKS]
    if unknown:
        known = ", ".join(_CHECKS)
        raise problems.invalid_request(f"Unknown: {', '.join(unknown)}; expected {known}")
    for name, value in given.items():
        _CHECKS[name](name, value)
    for name, value in given.items():
        _CHANGES[name](call.tenant, value)
    return Answer(200, _state(call.tenant))


def _state(tenant: Tenant) -> dict[str, Json]:
    settings = tenant.settings
    own = [each for each in tenant.client_grants.values() if _is_own(each.audience)]
    return {
        "scopes": [scope for each in own for scope in each.scopes],
        "search_lag_s": settings.search_lag_s,
        "unified_phone": settings.phones.is_unified,
        "blocked_ips": sorted(settings.sign_in.blocked_addresses),
        "unentitled": sorted(settings.unentitled),
    }


def _check_scopes(name: str, value: Json) -> None:
    _check_words(name, value, ALL)


def _check_features(name: str, value: Json) -> None:
    _check_words(name, value, PLAN_FEATURES)


def _check_addresses(name: str, value: Json) -> None:
    _check_words(name, value, None)


def _check_words(name: str, value: Json, known: Collection[str] | None) -> None:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise problems.invalid_request(f"{name} must be a list of texts")
    unknown = [str(each) for each in value if known is not None and each not in known]
    if unknown:
        expected = ", ".join(known or ())
        raise problems.invalid_request(f"Unknown {name}: {', '.join(unknown)}; know {expected}")


def _check_lag(name: str, value: Json) -> None:
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if not is_number or not 0 <= float(str(value)) <= _LONGEST_LAG_S:
        raise problems.invalid_request(f"{name} must be seconds, 0 to {_LONGEST_LAG_S:.0f}")


def _check_flag(name: str, value: Json) -> None:
    if not isinstance(value, bool):
        raise problems.invalid_request(f"{name} must be true or false")


def _grant(tenant: Tenant, value: Json) -> None:
    """Grant these scopes; tokens that were given out keep theirs."""
    scopes = _words(value)
    for each in list(tenant.client_grants.values()):
        if _is_own(each.audience):
            tenant.client_grants[each.id] = replace(each, scopes=scopes)


def _lag(tenant: Tenant, value: Json) -> None:
    tenant.settings.search_lag_s = float(str(value))


def _unify_phones(tenant: Tenant, value: Json) -> None:
    from pytest_auth0_mfa.mock.management import (  # noqa: PLC0415  Not needed to start.
        delivery,
        phone_providers,
    )

    tenant.settings.phones.is_unified = value is True
    delivery.put_into_effect(tenant)
    phone_providers.put_into_effect(tenant)


def _block(tenant: Tenant, value: Json) -> None:
    tenant.settings.sign_in.blocked_addresses = set(_words(value))


def _downgrade(tenant: Tenant, value: Json) -> None:
    tenant.settings.unentitled = set(_words(value))


def _words(value: Json) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list) else ()


def _is_own(audience: str) -> bool:
    return audience == audiences.MANAGEMENT_PATH


_CHECKS: Mapping[str, Callable[[str, Json], None]] = {
    "scopes": _check_scopes,
    "search_lag_s": _check_lag,
    "unified_phone": _check_flag,
    "blocked_ips": _check_addresses,
    "unentitled": _check_features,
}
_CHANGES: Mapping[str, Callable[[Tenant, Json], None]] = {
    "scopes": _grant,
    "search_lag_s": _lag,
    "unified_phone": _unify_phones,
    "blocked_ips": _block,
    "unentitled": _downgrade,
}
