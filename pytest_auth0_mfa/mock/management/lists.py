"""Lists that are only shown: custom domains, logs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pytest_auth0_mfa.mock.management import paging
from pytest_auth0_mfa.mock.management.calls import endpoint
from pytest_auth0_mfa.mock.messages import Answer

if TYPE_CHECKING:
    from pytest_auth0_mfa.mock.management.calls import Call, Endpoints
    from pytest_auth0_mfa.mock.messages import Json


def list_domains(call: Call) -> Answer:
    """List the custom domains: where a canonical one was named, the one of this request."""
    if not call.tenant.canonical_domain:
        return Answer(200, [])
    host = call.request.headers.get("host", "").partition(":")[0]
    told: dict[str, Json] = {"domain": host, "primary": True, "status": "ready"}
    return Answer(200, [{"custom_domain_id": "cd_mock", **told, "type": "auth0_managed_certs"}])


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


ENDPOINTS: Final[Endpoints] = {
    "custom-domains": {"GET": endpoint(list_domains, "read:custom_domains")},
    "logs": {"GET": endpoint(list_logs, "read:logs", "read:logs_users")},
    "users/{}/logs": {"GET": endpoint(list_logs_of_user, "read:logs", "read:logs_users")},
}
