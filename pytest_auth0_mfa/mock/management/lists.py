"""Lists that are only shown: APIs, custom domains, logs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pytest_auth0_mfa.mock.management import PREFIX, paging, refusals, scopes
from pytest_auth0_mfa.mock.management.calls import endpoint
from pytest_auth0_mfa.mock.messages import Answer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytest_auth0_mfa.mock.management.calls import Call, Endpoints
    from pytest_auth0_mfa.mock.messages import Json


def list_apis(call: Call) -> Answer:
    """List the APIs that tokens can be minted for, this one first."""
    shown = [call.query.shown(each) for each in _apis(call)]
    return paging.by_page_or_checkpoint(call.query, "resource_servers", shown)


def show_api(call: Call) -> Answer:
    """Show an API, by its id or by its audience."""
    for each in _apis(call):
        if call.ids[0] in {each["id"], each["identifier"]}:
            return Answer(200, call.query.shown(each))
    raise refusals.unknown_entry("resource server")


def list_domains(call: Call) -> Answer:
    """List the tenant's own domains: there are none."""
    _ = call
    return Answer(200, [])


def list_logs(call: Call) -> Answer:
    """List what was logged: this mock logs nothing."""
    if "take" in call.query or "from" in call.query:
        return Answer(200, [])
    page = paging.Page.of(call.query)
    told: dict[str, Json] = {"start": page.start, "limit": page.size, "length": 0, "total": 0}
    return Answer(200, {**told, "logs": []} if page.with_totals else [])


def list_logs_of_user(call: Call) -> Answer:
    """List what was logged of a user."""
    _ = call.user
    return list_logs(call)


def _apis(call: Call) -> list[dict[str, Json]]:
    own = call.request.base_url + PREFIX
    system = _api("Auth0 Management API", own, scopes.ALL, is_system=True)
    others = (
        _api("Mock API", each.audience, sorted(each.scopes), is_system=False)
        for each in call.tenant.apis.values()
    )
    return [system, *others]


def _api(name: str, audience: str, names: Iterable[str], *, is_system: bool) -> dict[str, Json]:
    return {
        "id": f"mock-api-{'management' if is_system else len(audience)}",
        "name": name,
        "identifier": audience,
        "scopes": [{"value": each, "description": each} for each in names],
        "is_system": is_system,
        "signing_alg": "RS256",
        "token_lifetime": 86_400,
        "token_lifetime_for_web": 7200,
        "allow_offline_access": not is_system,
        "skip_consent_for_verifiable_first_party_clients": True,
    }


ENDPOINTS: Final[Endpoints] = {
    "resource-servers": {"GET": endpoint(list_apis, "read:resource_servers")},
    "resource-servers/{}": {"GET": endpoint(show_api, "read:resource_servers")},
    "custom-domains": {"GET": endpoint(list_domains, "read:custom_domains")},
    "logs": {"GET": endpoint(list_logs, "read:logs", "read:logs_users")},
    "users/{}/logs": {"GET": endpoint(list_logs_of_user, "read:logs", "read:logs_users")},
}
