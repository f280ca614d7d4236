"""`/resource-servers`: the APIs that tokens can be minted for, this one first.

The identifier, the scopes and whether offline access is allowed have an effect on tokens; the rest
is kept and shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pytest_auth0_mfa.mock import audiences, draws
from pytest_auth0_mfa.mock.management import fields, paging, refusals, scopes
from pytest_auth0_mfa.mock.management.calls import endpoint
from pytest_auth0_mfa.mock.messages import Answer
from pytest_auth0_mfa.mock.model import ApiResource

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pytest_auth0_mfa.mock.management.calls import Call, Endpoints
    from pytest_auth0_mfa.mock.messages import Json

_DEFAULTS: Final[Mapping[str, Json]] = {
    "is_system": False,
    "signing_alg": "RS256",
    "token_lifetime": 86_400,
    "token_lifetime_for_web": 7200,
    "skip_consent_for_verifiable_first_party_clients": True,
}
_SCOPE: Final = fields.shaped({"value": fields.text, "description": fields.any_text}, ("value",))
_CREATION: Final = {
    "name": fields.text,
    "identifier": fields.text,
    "scopes": fields.listed(_SCOPE),
    "allow_offline_access": fields.flag,
    "signing_alg": fields.one_of("RS256", "HS256", "PS256"),
    "token_lifetime": fields.whole,
    "token_lifetime_for_web": fields.whole,
    "skip_consent_for_verifiable_first_party_clients": fields.flag,
}


def list_all(call: Call) -> Answer:
    """List APIs."""
    shown = [call.query.shown(each) for each in _everything(call)]
    return paging.by_page_or_checkpoint(call.query, "resource_servers", shown)


def show(call: Call) -> Answer:
    """Show an API, by its id or by its audience."""
    for each in _everything(call):
        if call.ids[0] in {each["id"], each["identifier"]}:
            return Answer(200, call.query.shown(each))
    raise refusals.unknown_entry("resource server")


def create(call: Call) -> Answer:
    """Register an API; without being told so it allows no offline access."""
    given: Mapping[str, Any] = fields.members(call.body, _CREATION, ("identifier",))
    tenant, audience = call.tenant, given["identifier"]
    if audience in {each["identifier"] for each in _everything(call)}:
        raise refusals.api_exists()
    api = ApiResource(
        audience,
        frozenset(each["value"] for each in given.get("scopes", ())),
        id=draws.text(tenant.entropy, 24),
        name=given.get("name", audience),
        allows_offline_access=given.get("allow_offline_access", False),
    )
    tenant.apis[audience] = api
    tenant.settings.details[api.id] = dict(given)
    return Answer(201, _described(call, api))


def _everything(call: Call) -> list[dict[str, Json]]:
    return [_own(call), *(_described(call, each) for each in call.tenant.apis.values())]


def _own(call: Call) -> dict[str, Json]:
    return {
        "id": "mock-api-management",
        "name": "Auth0 Management API",
        "identifier": audiences.canonical_url(call.tenant, call.request)
        + audiences.MANAGEMENT_PATH,
        **_DEFAULTS,
        "is_system": True,
        "scopes": _listed(scopes.ALL),
        "allow_offline_access": False,
    }


def _described(call: Call, api: ApiResource) -> dict[str, Json]:
    return {
        "id": api.id,
        "name": api.name,
        "identifier": api.audience,
        **_DEFAULTS,
        "scopes": _listed(sorted(api.scopes)),
        **call.tenant.settings.details.get(api.id, {}),
        "allow_offline_access": api.allows_offline_access,
    }


def _listed(names: Iterable[str]) -> list[Json]:
    return [{"value": each, "description": each} for each in names]


ENDPOINTS: Final[Endpoints] = {
    "resource-servers": {
        "GET": endpoint(list_all, "read:resource_servers"),
        "POST": endpoint(create, "create:resource_servers"),
    },
    "resource-servers/{}": {"GET": endpoint(show, "read:resource_servers")},
}
