"""`/clients`: the applications of the tenant, and what they may do.

Grant types and the way of authentication have an effect on `/oauth/token`; the rest is kept and
shown.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from pytest_auth0_mfa.mock import draws
from pytest_auth0_mfa.mock.management import fields, paging, refusals
from pytest_auth0_mfa.mock.management.calls import endpoint
from pytest_auth0_mfa.mock.management.pages import merged
from pytest_auth0_mfa.mock.messages import Answer
from pytest_auth0_mfa.mock.model import Client, ClientAuthentication

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_auth0_mfa.mock.management.calls import Call, Endpoints
    from pytest_auth0_mfa.mock.messages import Json

_EXTENSION: Final = "http://auth0.com/oauth/grant-type/"
# https://auth0.com/docs/get-started/applications/application-grant-types
GRANT_TYPES: Final = frozenset(
    {
        *("authorization_code", "implicit", "refresh_token", "client_credentials", "password"),
        "urn:ietf:params:oauth:grant-type:device_code",
        "urn:ietf:params:oauth:grant-type:token-exchange",
        "urn:openid:params:grant-type:ciba",
        *(
            f"{_EXTENSION}{name}"
            for name in (
                *("password-realm", "mfa-oob", "mfa-otp", "mfa-recovery-code"),
                "passwordless/otp",
            )
        ),
    }
)
_METHODS: Final = {
    "none": ClientAuthentication.NONE,
    "client_secret_post": ClientAuthentication.SECRET,
    "client_secret_basic": ClientAuthentication.SECRET,
}
_DEFAULTS: Final[Mapping[str, Json]] = {
    "description": "",
    "is_first_party": True,
    "is_token_endpoint_ip_header_trusted": False,
    "oidc_conformant": True,
    "sso_disabled": False,
    "cross_origin_authentication": False,
    "custom_login_page_on": True,
    "callbacks": [],
    "jwt_configuration": {"alg": "RS256", "lifetime_in_seconds": 36_000, "secret_encoded": False},
    "refresh_token": {
        "rotation_type": "non-rotating",
        "expiration_type": "expiring",
        "leeway": 0,
        "token_lifetime": 2_592_000,
    },
    "organization_usage": "deny",
    "organization_require_behavior": "no_prompt",
}
_TYPES: Final = ("native", "spa", "regular_web", "non_interactive")
_CHANGE: Final = {
    **{name: fields.like(each) for name, each in _DEFAULTS.items()},
    "name": fields.text,
    "app_type": fields.one_of(*_TYPES),
    "client_secret": fields.text,
    "client_metadata": fields.mapping,
    "grant_types": fields.listed(fields.text),
    "token_endpoint_auth_method": fields.nullable(fields.one_of(*_METHODS)),
    "organization_usage": fields.one_of("deny", "allow", "require"),
}
_SECRET_LENGTH: Final = 64
# What an application has that was created with a name alone.
_NEW_GRANT_TYPES: Final = ("authorization_code", "implicit", "refresh_token", "client_credentials")
_PUBLIC_TYPES: Final = ("native", "spa")


def list_all(call: Call) -> Answer:
    """List applications."""
    everyone = [_described(call, each) for each in call.tenant.clients.values()]
    wanted = call.query.text("app_type")
    found = [each for each in everyone if wanted is None or each["app_type"] in wanted.split(",")]
    shown = [call.query.shown(each) for each in found]
    return paging.by_page_or_checkpoint(call.query, "clients", shown)


def create(call: Call) -> Answer:
    """Create an application; its secret is told, and connections are off for it."""
    given: Mapping[str, Any] = fields.members(call.body, _CHANGE, ("name",))
    tenant, settings = call.tenant, call.tenant.settings
    is_public = given.get("app_type") in _PUBLIC_TYPES
    method = ClientAuthentication.NONE if is_public else ClientAuthentication.SECRET
    blank = Client(draws.text(tenant.entropy, 32), "", method, frozenset(_NEW_GRANT_TYPES))
    client = _changed(call, blank, given)
    tenant.clients[client.client_id] = client
    settings.details[client.client_id] = {"oidc_conformant": False, **given}
    settings.sign_in.disabled_clients.add(client.client_id)
    _put_into_effect(call, client.client_id, settings.details[client.client_id])
    secret = {"client_secret": client.client_secret} if client.client_secret else {}
    return Answer(201, {**_described(call, client), **secret})


def show(call: Call) -> Answer:
    """Show an application."""
    return Answer(200, call.query.shown(_described(call, _client(call))))


def change(call: Call) -> Answer:
    """Change an application."""
    client, given = _client(call), fields.members(call.body, _CHANGE)
    changed = _changed(call, client, given)
    details = call.tenant.settings.details
    details[client.client_id] = merged(details.get(client.client_id, {}), given)
    call.tenant.clients[client.client_id] = changed
    _put_into_effect(call, client.client_id, details[client.client_id])
    return Answer(200, _described(call, changed))


def rotate_secret(call: Call) -> Answer:
    """Give an application a new secret; the old one is over at once."""
    secret = draws.text(call.tenant.entropy, _SECRET_LENGTH)
    client = replace(_client(call), client_secret=secret)
    call.tenant.clients[client.client_id] = client
    return Answer(200, _described(call, client))


def _client(call: Call) -> Client:
    found = call.tenant.clients.get(call.ids[0])
    if found is None:
        raise refusals.unknown_client()
    return found


def _changed(call: Call, client: Client, given: Mapping[str, Any]) -> Client:
    grant_types = given.get("grant_types", client.grant_types)
    unknown = [each for each in grant_types if each not in GRANT_TYPES]
    if unknown:
        raise refusals.invalid_grant_types(unknown)
    method = given.get("token_endpoint_auth_method")
    authentication = client.authentication if method is None else _METHODS[method]
    secret = given.get("client_secret", client.client_secret)
    if authentication is ClientAuthentication.SECRET and not secret:
        secret = draws.text(call.tenant.entropy, _SECRET_LENGTH)
    return replace(
        client,
        authentication=authentication,
        client_secret=secret,
        grant_types=frozenset(grant_types),
    )


def _put_into_effect(call: Call, client_id: str, details: Mapping[str, Json]) -> None:
    """Let logins go by what an application needs and is trusted with."""
    sign_in = call.tenant.settings.sign_in
    sign_in.organization_clients.discard(client_id)
    sign_in.distrusted_clients.discard(client_id)
    if details.get("organization_usage") == "require":
        sign_in.organization_clients.add(client_id)
    if details.get("is_token_endpoint_ip_header_trusted") is False:
        sign_in.distrusted_clients.add(client_id)


def _described(call: Call, client: Client) -> dict[str, Json]:
    """Describe an application; its secret is for those with a scope of its own."""
    is_machine = client.grant_types == {"client_credentials"}
    is_public = client.authentication is ClientAuthentication.NONE
    kind = "non_interactive" if is_machine else "spa" if is_public else "regular_web"
    described: dict[str, Json] = {
        "name": f"Mock {kind} {client.client_id[:4]}",
        "client_id": client.client_id,
        "app_type": kind,
        **_DEFAULTS,
        "is_token_endpoint_ip_header_trusted": not is_public,
        **_method(client),
        **call.tenant.settings.details.get(client.client_id, {}),
        "grant_types": sorted(client.grant_types),
    }
    described.pop("client_secret", None)
    if client.client_secret and "read:client_keys" in call.scopes:
        described["client_secret"] = client.client_secret
    return described


def _method(client: Client) -> dict[str, Json]:
    """Tell how a client proves itself; those who sign have another member instead."""
    if client.authentication is ClientAuthentication.PRIVATE_KEY:
        return {"client_authentication_methods": {"private_key_jwt": {"credentials": []}}}
    return {"token_endpoint_auth_method": client.authentication.value}


ENDPOINTS: Final[Endpoints] = {
    "clients": {
        "GET": endpoint(list_all, "read:clients", "read:client_keys"),
        "POST": endpoint(create, "create:clients"),
    },
    "clients/{}": {
        "GET": endpoint(show, "read:clients", "read:client_keys"),
        "PATCH": endpoint(change, "update:clients"),
    },
    "clients/{}/rotate-secret": {"POST": endpoint(rotate_secret, "update:client_keys")},
}
