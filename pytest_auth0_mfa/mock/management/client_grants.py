"""`/client-grants`: what applications may do with APIs on their own behalf.

They are what `/oauth/token` goes by, this API's own grant included.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from pytest_auth0_mfa.mock import audiences, draws
from pytest_auth0_mfa.mock.management import fields, paging, refusals
from pytest_auth0_mfa.mock.management.calls import NO_CONTENT, endpoint
from pytest_auth0_mfa.mock.messages import Answer
from pytest_auth0_mfa.mock.model import ClientGrant

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_auth0_mfa.mock.management.calls import Call, Endpoints
    from pytest_auth0_mfa.mock.messages import Json

_SCOPE: Final = fields.listed(fields.text)
_CREATION: Final = {"client_id": fields.text, "audience": fields.text, "scope": _SCOPE}


def list_all(call: Call) -> Answer:
    """List grants, of one client or for one API where the query says so."""
    described = [_described(call, each) for each in call.tenant.client_grants.values()]
    for name in ("client_id", "audience"):
        wanted = call.query.text(name)
        described = [each for each in described if wanted in {None, each[name]}]
    return paging.by_page_or_checkpoint(call.query, "client_grants", described)


def show(call: Call) -> Answer:
    """Show a grant."""
    return Answer(200, _described(call, _grant(call)))


def create(call: Call) -> Answer:
    """Grant a client an API."""
    given: Mapping[str, Any] = fields.members(call.body, _CREATION, ("client_id", "audience"))
    tenant, audience = call.tenant, _kept(call, given["audience"])
    if given["client_id"] not in tenant.clients:
        raise refusals.unknown_client()
    if audience is None:
        raise refusals.unknown_entry("resource server")
    known = tenant.client_grants.values()
    if any((e.client_id, e.audience) == (given["client_id"], audience) for e in known):
        raise refusals.grant_exists()
    identifier = f"cgr_{draws.text(tenant.entropy, 16)}"
    scopes = tuple(given.get("scope", ()))
    grant = ClientGrant(identifier, given["client_id"], audience, scopes)
    tenant.client_grants[identifier] = grant
    return Answer(201, _described(call, grant))


def change(call: Call) -> Answer:
    """Grant other scopes; tokens that were given out keep theirs."""
    grant = _grant(call)
    given: Mapping[str, Any] = fields.members(call.body, {"scope": _SCOPE})
    changed = replace(grant, scopes=tuple(given.get("scope", grant.scopes)))
    call.tenant.client_grants[grant.id] = changed
    return Answer(200, _described(call, changed))


def delete(call: Call) -> Answer:
    """Withdraw a grant; one that is not there counts as withdrawn."""
    call.tenant.client_grants.pop(call.ids[0], None)
    return NO_CONTENT


def _grant(call: Call) -> ClientGrant:
    found = call.tenant.client_grants.get(call.ids[0])
    if found is None:
        raise refusals.unknown_grant()
    return found


def _kept(call: Call, audience: str) -> str | None:
    """Return an audience as it is kept, None for one that is not registered."""
    if audiences.is_management(audience, call.request.host):
        return audiences.MANAGEMENT_PATH
    return audience if audience in call.tenant.apis else None


def _described(call: Call, grant: ClientGrant) -> dict[str, Json]:
    """Describe a grant; this API's audience is at the host by which it was asked."""
    is_own = grant.audience == audiences.MANAGEMENT_PATH
    return {
        "id": grant.id,
        "client_id": grant.client_id,
        "audience": f"{call.request.base_url if is_own else ''}{grant.audience}",
        "scope": [*grant.scopes],
        "subject_type": "client",
    }


ENDPOINTS: Final[Endpoints] = {
    "client-grants": {
        "GET": endpoint(list_all, "read:client_grants"),
        "POST": endpoint(create, "create:client_grants"),
    },
    "client-grants/{}": {
        "GET": endpoint(show, "read:client_grants"),
        "PATCH": endpoint(change, "update:client_grants"),
        "DELETE": endpoint(delete, "delete:client_grants"),
    },
}
