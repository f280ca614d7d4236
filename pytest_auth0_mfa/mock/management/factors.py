"""`/guardian/factors` and `/guardian/policies`: which factors there are, and when one is asked for.

Text messages and calls are one factor here, `sms`, with a list of message types; for the rest of
the tenant they are two that are on or off.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pytest_auth0_mfa.mock.configuration import ALL_APPLICATIONS
from pytest_auth0_mfa.mock.management import fields, refusals
from pytest_auth0_mfa.mock.management.calls import endpoint
from pytest_auth0_mfa.mock.messages import Answer
from pytest_auth0_mfa.mock.model import Factor

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_auth0_mfa.mock.configuration import TenantSettings
    from pytest_auth0_mfa.mock.management.calls import Call, Endpoints
    from pytest_auth0_mfa.mock.tenant import Tenant

_PHONE: Final = "sms"
_BY_NAME: Final = {
    "push-notification": Factor.PUSH,
    "otp": Factor.OTP,
    "email": Factor.EMAIL,
    "recovery-code": Factor.RECOVERY_CODE,
}
# In the recorded order.
_NAMES: Final = (
    _PHONE,
    *("push-notification", "otp", "email", "duo"),
    *("webauthn-roaming", "webauthn-platform", "recovery-code"),
)
_TYPES: Final = (Factor.SMS, Factor.VOICE)
_POLICIES: Final = (ALL_APPLICATIONS, "confidence-score")


def list_all(call: Call) -> Answer:
    """List every factor that Auth0 has."""
    listed = [
        {"name": name, "enabled": _is_enabled(call.tenant, name), "trial_expired": False}
        for name in _NAMES
    ]
    return Answer(200, listed)


def switch(call: Call) -> Answer:
    """Switch a factor on or off; one that this mock does not serve is kept and shown."""
    name, settings = call.ids[0], call.tenant.settings
    if name not in _NAMES:
        raise refusals.invalid_uri(f"No enum match for: {name}", "name")
    given: Mapping[str, Any] = fields.members(call.body, {"enabled": fields.flag}, ("enabled",))
    enabled: bool = given["enabled"]
    if name == _PHONE:
        _switch_phones(settings, enabled=enabled)
    elif name in _BY_NAME:
        settings.factors[_BY_NAME[name]] = enabled
    elif enabled:
        settings.further_factors.add(name)
    else:
        settings.further_factors.discard(name)
    return Answer(200, {"enabled": enabled})


def show_message_types(call: Call) -> Answer:
    """Show by what means codes go to phones."""
    return Answer(200, {"message_types": [*_message_types(call.tenant.settings)]})


def set_message_types(call: Call) -> Answer:
    """Let codes go to phones by these means and no others, as far as phones are enabled."""
    takes = {"message_types": fields.listed(fields.one_of(*(each.value for each in _TYPES)))}
    given: Mapping[str, Any] = fields.members(call.body, takes, ("message_types",))
    settings, types = call.tenant.settings, given["message_types"]
    settings.phones.message_types = tuple(each.value for each in _TYPES if each.value in types)
    if settings.phones.is_enabled:
        _switch_phones(settings, enabled=True)
    return Answer(200, {"message_types": [*settings.phones.message_types]})


def show_policies(call: Call) -> Answer:
    """Show when a second factor is asked for: never where the list is empty."""
    return Answer(200, [*call.tenant.settings.sign_in.policies])


def set_policies(call: Call) -> Answer:
    """Set when a second factor is asked for."""
    policies = fields.entries(call.body, fields.one_of(*_POLICIES))
    call.tenant.settings.sign_in.policies = tuple(map(str, policies))
    return Answer(200, policies)


def _is_enabled(tenant: Tenant, name: str) -> bool:
    settings = tenant.settings
    if name == _PHONE:
        return settings.phones.is_enabled
    if name in _BY_NAME:
        return settings.factors[_BY_NAME[name]]
    return name in settings.further_factors


def _message_types(settings: TenantSettings) -> tuple[str, ...]:
    """Return the types that are on, or would be if phones were enabled."""
    if not settings.phones.is_enabled:
        return settings.phones.message_types
    return tuple(each.value for each in _TYPES if settings.factors[each])


def _switch_phones(settings: TenantSettings, *, enabled: bool) -> None:
    if settings.phones.is_enabled and not enabled:
        settings.phones.message_types = _message_types(settings)
    settings.phones.is_enabled = enabled
    for each in _TYPES:
        settings.factors[each] = enabled and each.value in settings.phones.message_types


ENDPOINTS: Final[Endpoints] = {
    "guardian/factors": {"GET": endpoint(list_all, "read:guardian_factors")},
    "guardian/factors/{}": {"PUT": endpoint(switch, "update:guardian_factors")},
    "guardian/factors/phone/message-types": {
        "GET": endpoint(show_message_types, "read:guardian_factors"),
        "PUT": endpoint(set_message_types, "update:guardian_factors"),
    },
    "guardian/policies": {
        "GET": endpoint(show_policies, "read:mfa_policies"),
        "PUT": endpoint(set_policies, "update:mfa_policies"),
    },
}
