"""`/connections`: the one database, its options, and the applications that may use it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pytest_auth0_mfa.mock.management import fields, paging, refusals
from pytest_auth0_mfa.mock.management.calls import NO_CONTENT, endpoint
from pytest_auth0_mfa.mock.management.pages import merged
from pytest_auth0_mfa.mock.messages import Answer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_auth0_mfa.mock.management.calls import Call, Endpoints
    from pytest_auth0_mfa.mock.messages import Json
    from pytest_auth0_mfa.mock.model import Client

_ID: Final = "con_MockDatabase0001"
_STRATEGY: Final = "auth0"
_OPTIONS: Final[Mapping[str, Json]] = {
    "mfa": {"active": True, "return_enroll_settings": True},
    "passwordPolicy": "none",
    "strategy_version": 2,
    "brute_force_protection": True,
    "requires_username": False,
    "disable_signup": False,
    "import_mode": False,
    "enabledDatabaseCustomization": False,
    "authentication_methods": {
        "password": {"enabled": True, "api_behavior": "required"},
        "passkey": {"enabled": False},
    },
}
_CHANGE: Final = {
    "options": fields.known(_OPTIONS),
    "enabled_clients": fields.listed(fields.text),
    "is_domain_connection": fields.flag,
    "realms": fields.listed(fields.text),
    "display_name": fields.text,
    "metadata": fields.mapping,
}
_CLIENT: Final = fields.shaped(
    {"client_id": fields.text, "status": fields.flag}, ("client_id", "status")
)


def options(call: Call) -> dict[str, Any]:
    """Return the options of the database."""
    kept = call.tenant.settings.details.get(_ID, {}).get("options")
    return merged(_OPTIONS, kept if isinstance(kept, dict) else {})


def list_all(call: Call) -> Answer:
    """List connections, of a strategy or a name where the query says so."""
    described = [_described(call)]
    for name in ("strategy", "name"):
        wanted = call.query.text(name)
        described = [each for each in described if wanted in {None, each[name]}]
    shown = [call.query.shown(each) for each in described]
    return paging.by_page_or_checkpoint(call.query, "connections", shown)


def show(call: Call) -> Answer:
    """Show the connection."""
    _check(call)
    return Answer(200, call.query.shown(_described(call)))


def change(call: Call) -> Answer:
    """Change the connection; `options` are replaced as a whole, as by Auth0."""
    _check(call)
    given: Mapping[str, Any] = fields.members(call.body, _CHANGE)
    settings = call.tenant.settings
    settings.details[_ID] = {**settings.details.get(_ID, {}), **given}
    if "enabled_clients" in given:
        disabled = set(call.tenant.clients).difference(given["enabled_clients"])
        settings.sign_in.disabled_clients = disabled
    if "options" in given:
        is_guarded = options(call)["brute_force_protection"] is not False
        settings.sign_in.is_connection_guarded = is_guarded
    return Answer(200, _described(call))


def list_clients(call: Call) -> Answer:
    """List the applications that may use the connection."""
    _check(call)
    listed = [{"client_id": each.client_id} for each in _enabled(call)]
    return paging.from_checkpoint(call.query, "clients", listed)


def switch_clients(call: Call) -> Answer:
    """Let applications use the connection, or not."""
    _check(call)
    wanted: list[Any] = fields.entries(call.body, _CLIENT)
    if any(each["client_id"] not in call.tenant.clients for each in wanted):
        raise refusals.unknown_client()
    disabled = call.tenant.settings.sign_in.disabled_clients
    for each in wanted:
        if each["status"]:
            disabled.discard(each["client_id"])
        else:
            disabled.add(each["client_id"])
    return NO_CONTENT


def of_client(call: Call) -> Answer:
    """List the connections that an application may use."""
    if call.ids[0] not in call.tenant.clients:
        raise refusals.unknown_client()
    is_enabled = call.ids[0] not in call.tenant.settings.sign_in.disabled_clients
    return paging.from_checkpoint(
        call.query, "connections", [_described(call)] if is_enabled else []
    )


def _check(call: Call) -> None:
    if call.ids[0] != _ID:
        raise refusals.connection_not_found()


def _enabled(call: Call) -> list[Client]:
    disabled = call.tenant.settings.sign_in.disabled_clients
    return [each for each in call.tenant.clients.values() if each.client_id not in disabled]


def _described(call: Call) -> dict[str, Json]:
    settings = call.tenant.settings
    return {
        "id": _ID,
        "name": settings.connection,
        "strategy": _STRATEGY,
        "is_domain_connection": False,
        "realms": [settings.connection],
        **settings.details.get(_ID, {}),
        "options": options(call),
        "enabled_clients": [each.client_id for each in _enabled(call)],
    }


ENDPOINTS: Final[Endpoints] = {
    "connections": {"GET": endpoint(list_all, "read:connections")},
    "connections/{}": {
        "GET": endpoint(show, "read:connections"),
        "PATCH": endpoint(change, "update:connections"),
    },
    "connections/{}/clients": {
        "GET": endpoint(list_clients, "read:connections"),
        "PATCH": endpoint(switch_clients, "update:connections"),
    },
    "clients/{}/connections": {"GET": endpoint(of_client, "read:connections", "read:clients")},
}
