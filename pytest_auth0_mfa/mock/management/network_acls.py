"""`/network-acls`: who is kept from the tenant, by address.

Kept and shown; whom a list shuts out is refused before the tenant is reached, and in what form is
documented nowhere, so that nobody is.
Source: https://auth0.com/docs/api/management/v2/network-acls/post-network-acls
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pytest_auth0_mfa.mock import dates, draws
from pytest_auth0_mfa.mock.management import fields, paging, refusals
from pytest_auth0_mfa.mock.management.calls import NO_CONTENT, endpoint
from pytest_auth0_mfa.mock.messages import Answer

if TYPE_CHECKING:
    from pytest_auth0_mfa.mock.management.calls import Call, Endpoints
    from pytest_auth0_mfa.mock.messages import Json

_NAME: Final = "network-acls"
_RULE: Final = fields.shaped(
    {
        "action": fields.mapping,
        "match": fields.mapping,
        "not_match": fields.mapping,
        "scope": fields.one_of(
            *("management", "authentication", "tenant", "dynamic_client_registration")
        ),
    },
    ("action", "scope"),
)
_TAKES: Final = {
    "description": fields.text,
    "active": fields.flag,
    "priority": fields.between(1, 100),
    "rule": _RULE,
}


def list_all(call: Call) -> Answer:
    """List them, page by page."""
    every: list[Json] = list(_held(call).values())
    page = paging.Page.of(call.query)
    told: dict[str, Json] = {"start": page.start, "limit": page.size, "total": len(every)}
    return Answer(200, {"network_acls": page.cut(every), **(told if page.with_totals else {})})


def create(call: Call) -> Answer:
    """Add one."""
    given = fields.members(call.body, _TAKES, ("description", "active", "rule"))
    identifier = f"acl_{draws.text(call.tenant.entropy, 22)}"
    moment = dates.iso(call.tenant.now())
    told: dict[str, Json] = {"id": identifier, "priority": 50, **given}
    _held(call)[identifier] = {**told, "created_at": moment, "updated_at": moment}
    return Answer(201, _held(call)[identifier])


def show(call: Call) -> Answer:
    """Show one."""
    return Answer(200, _one(call))


def change(call: Call) -> Answer:
    """Change one."""
    acl, given = _one(call), fields.members(call.body, _TAKES)
    acl.update({**given, "updated_at": dates.iso(call.tenant.now())})
    return Answer(200, acl)


def delete(call: Call) -> Answer:
    """Delete one; one that is not there counts as deleted."""
    _held(call).pop(call.ids[0], None)
    return NO_CONTENT


def _held(call: Call) -> dict[str, dict[str, Json]]:
    return call.tenant.settings.listed.setdefault(_NAME, {})


def _one(call: Call) -> dict[str, Json]:
    found = _held(call).get(call.ids[0])
    if found is None:
        raise refusals.unknown_entry("network ACL")
    return found


ENDPOINTS: Final[Endpoints] = {
    _NAME: {
        "GET": endpoint(list_all, "read:network_acls"),
        "POST": endpoint(create, "create:network_acls"),
    },
    f"{_NAME}/{{}}": {
        "GET": endpoint(show, "read:network_acls"),
        "PATCH": endpoint(change, "update:network_acls"),
        "DELETE": endpoint(delete, "delete:network_acls"),
    },
}
