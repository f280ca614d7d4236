"""The state in which a tenant starts: three clients and one API, no user.

Owns what a run needs before it can begin. Must not touch a tenant that is in use, except to
bring it back to its start.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pytest_auth0_mfa.mock import audiences, draws, mailslurp
from pytest_auth0_mfa.mock.endpoints.token import GRANTS
from pytest_auth0_mfa.mock.management import scopes
from pytest_auth0_mfa.mock.model import (
    ApiResource,
    Client,
    ClientAuthentication,
    ClientGrant,
)

if TYPE_CHECKING:
    from pytest_auth0_mfa.mock.messages import JsonObject
    from pytest_auth0_mfa.mock.tenant import Tenant

API_AUDIENCE = "https://api.mock.example/"
"""The audience of the one registered API."""

_API_SCOPES = frozenset({"read:messages"})
_MACHINE_GRANT = "client_credentials"
_ALL_GRANTS = frozenset(GRANTS)


@dataclass(frozen=True, slots=True)
class Seeds:
    """The clients that a tenant starts with."""

    confidential: Client
    public: Client
    management: Client


def seed(tenant: Tenant) -> Seeds:
    """Register the API and the clients of a new tenant."""
    _restore_apis(tenant)
    return Seeds(
        confidential=_client(tenant, ClientAuthentication.SECRET, _ALL_GRANTS),
        public=_client(tenant, ClientAuthentication.NONE, _ALL_GRANTS - {_MACHINE_GRANT}),
        management=_management_client(tenant),
    )


def register(tenant: Tenant, public_key: str, algorithm: str) -> Client:
    """Register one more client, with all grants, that signs its assertions."""
    client_id = draws.text(tenant.entropy, 32)
    method = ClientAuthentication.PRIVATE_KEY
    client = Client(client_id, "", method, _ALL_GRANTS, public_key, algorithm)
    tenant.register(client, _api_grant(client))
    return client


def reset(tenant: Tenant) -> None:
    """Bring a tenant back to its start; clients and keys stay, so that runs can go on."""
    tenant.restore_settings()
    tenant.restore_clients()
    _restore_apis(tenant)
    tenant.forget_users()


def introduce(tenant: Tenant, seeds: Seeds, base_url: str, ca_file: str | None) -> JsonObject:
    """Return all that a client must be told to use the tenant."""
    management = seeds.management
    return {
        "url": base_url,
        "ca_file": ca_file,
        "client_id": seeds.confidential.client_id,
        "client_secret": seeds.confidential.client_secret,
        "audience": API_AUDIENCE,
        "connection": tenant.settings.connection,
        "public_client_id": seeds.public.client_id,
        "management": {
            "client_id": management.client_id,
            "client_secret": management.client_secret,
        },
        "mailslurp": {
            "url": f"{base_url}{mailslurp.PREFIX}",
            "api_key": tenant.mailslurp.api_key,
        },
        "control": f"{base_url}/__mock__",
        **({"canonical_domain": tenant.canonical_domain} if tenant.canonical_domain else {}),
        **({"rate_limits": "real"} if tenant.limits_enforced else {}),
        **({"late_s": tenant.outbox.late_s} if tenant.outbox.late_s else {}),
    }


def _restore_apis(tenant: Tenant) -> None:
    tenant.apis = {API_AUDIENCE: ApiResource(API_AUDIENCE, _API_SCOPES)}


def _client(
    tenant: Tenant, authentication: ClientAuthentication, grant_types: frozenset[str]
) -> Client:
    client = _drawn(tenant, authentication, grant_types)
    tenant.register(client, *([_api_grant(client)] if _MACHINE_GRANT in grant_types else []))
    return client


def _management_client(tenant: Tenant) -> Client:
    client = _drawn(tenant, ClientAuthentication.SECRET, frozenset({_MACHINE_GRANT}))
    grant_id, audience = f"cgr_{client.client_id[16:]}", audiences.MANAGEMENT_PATH
    management = ClientGrant(grant_id, client.client_id, audience, scopes.ALL)
    tenant.register(client, _api_grant(client), management)
    return client


def _drawn(
    tenant: Tenant, authentication: ClientAuthentication, grant_types: frozenset[str]
) -> Client:
    has_secret = authentication is ClientAuthentication.SECRET
    client_id, secret = draws.text(tenant.entropy, 32), draws.text(tenant.entropy, 64)
    return Client(client_id, secret if has_secret else "", authentication, grant_types)


def _api_grant(client: Client) -> ClientGrant:
    grant_id = f"cgr_{client.client_id[:16]}"
    return ClientGrant(grant_id, client.client_id, API_AUDIENCE, tuple(sorted(_API_SCOPES)))
