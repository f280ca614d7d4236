"""`/branding/phone`: by whom text messages and calls go where phones are unified."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pytest_auth0_mfa.mock import dates, draws
from pytest_auth0_mfa.mock.management import fields, refusals
from pytest_auth0_mfa.mock.management.calls import NO_CONTENT, endpoint
from pytest_auth0_mfa.mock.management.pages import merged
from pytest_auth0_mfa.mock.messages import Answer
from pytest_auth0_mfa.mock.model import Factor

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_auth0_mfa.mock.management.calls import Call, Endpoints
    from pytest_auth0_mfa.mock.messages import Json
    from pytest_auth0_mfa.mock.tenant import Tenant

_PROVIDERS: Final = "branding/phone/providers"
_DELIVERY: Final = fields.listed(fields.one_of("text", "voice"))
_DEFAULT_ID: Final = "pro_MockPhoneProvider000001"
_DEFAULT: Final[Mapping[str, Json]] = {
    "id": _DEFAULT_ID,
    "tenant": "mock",
    "name": "twilio",
    "channel": "phone",
    "disabled": False,
    "configuration": {
        "sid": "AC00000000000000000000000000000000",
        "default_from": "+15550000000",
        "delivery_methods": ["text", "voice"],
    },
    "credentials": None,
}
_TAKES: Final = {
    "name": fields.one_of("twilio", "custom"),
    "disabled": fields.flag,
    "configuration": fields.shaped(
        {
            "sid": fields.text,
            "mssid": fields.text,
            "default_from": fields.text,
            "delivery_methods": _DELIVERY,
        }
    ),
    "credentials": fields.mapping,
}
_TEMPLATE_TYPES: Final = (
    *("otp_verify", "otp_enroll", "change_password", "blocked_account", "password_breach"),
)


def list_all(call: Call) -> Answer:
    """List providers."""
    is_shown = call.query.text("disabled") or "any"
    every = list(_held(call.tenant).values())
    found = [e for e in every if is_shown in {"any", str(e["disabled"]).lower()}]
    return Answer(200, {"providers": found})


def show(call: Call) -> Answer:
    """Show a provider."""
    return Answer(200, _one(call))


def create(call: Call) -> Answer:
    """Configure a provider."""
    given = fields.members(call.body, _TAKES, ("name", "credentials"))
    identifier = f"pro_{draws.text(call.tenant.entropy, 22)}"
    moment = dates.iso(call.tenant.now())
    made = {**_DEFAULT, "configuration": {}, **given, "id": identifier, "credentials": None}
    _held(call.tenant)[identifier] = {**made, "created_at": moment, "updated_at": moment}
    put_into_effect(call.tenant)
    return Answer(201, _held(call.tenant)[identifier])


def change(call: Call) -> Answer:
    """Change a provider."""
    provider, given = _one(call), fields.members(call.body, _TAKES)
    changed = {**merged(provider, given), "credentials": None}
    _held(call.tenant)[call.ids[0]] = {**changed, "updated_at": dates.iso(call.tenant.now())}
    put_into_effect(call.tenant)
    return Answer(200, _one(call))


def delete(call: Call) -> Answer:
    """Have one provider less."""
    _one(call)
    del _held(call.tenant)[call.ids[0]]
    put_into_effect(call.tenant)
    return NO_CONTENT


def list_templates(call: Call) -> Answer:
    """List the templates of messages; this mock has wordings of its own."""
    listed: list[Json] = [
        {"id": f"tem_{name}", "channel": "phone", "type": name, "disabled": False, "content": {}}
        for name in _TEMPLATE_TYPES
        if call.query.text("disabled") in {None, "false"}
    ]
    return Answer(200, {"templates": listed})


def put_into_effect(tenant: Tenant) -> None:
    """Lose what no provider delivers, where phones are unified."""
    settings = tenant.settings
    if not settings.phones.is_unified:
        return
    usable: list[Any] = [each for each in _held(tenant).values() if not each["disabled"]]
    methods = {m for each in usable for m in each["configuration"].get("delivery_methods", [])}
    for factor, method in ((Factor.SMS, "text"), (Factor.VOICE, "voice")):
        settings.undelivered.discard(factor)
        if method not in methods:
            settings.undelivered.add(factor)


def _held(tenant: Tenant) -> dict[str, dict[str, Json]]:
    listed = tenant.settings.listed
    if _PROVIDERS not in listed:
        moment = dates.iso(tenant.now())
        listed[_PROVIDERS] = {_DEFAULT_ID: {**_DEFAULT, "created_at": moment, "updated_at": moment}}
    return listed[_PROVIDERS]


def _one(call: Call) -> dict[str, Json]:
    found = _held(call.tenant).get(call.ids[0])
    if found is None:
        raise refusals.unknown_entry("phone provider")
    return found


ENDPOINTS: Final[Endpoints] = {
    _PROVIDERS: {
        "GET": endpoint(list_all, "read:phone_providers"),
        "POST": endpoint(create, "create:phone_providers"),
    },
    f"{_PROVIDERS}/{{}}": {
        "GET": endpoint(show, "read:phone_providers"),
        "PATCH": endpoint(change, "update:phone_providers"),
        "DELETE": endpoint(delete, "delete:phone_providers"),
    },
    "branding/phone/templates": {"GET": endpoint(list_templates, "read:phone_templates")},
}
