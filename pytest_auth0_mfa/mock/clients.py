"""Client authentication: by secret in the body, by HTTP Basic, or none for public clients.

Owns who the client of a call is. Must not decide what a client may do.
"""

from __future__ import annotations

import binascii
from base64 import b64decode
from typing import TYPE_CHECKING
from urllib.parse import unquote_plus

from pytest_auth0_mfa.mock import problems
from pytest_auth0_mfa.mock.model import ClientAuthentication
from pytest_auth0_mfa.mock.operations import Operation

if TYPE_CHECKING:
    from pytest_auth0_mfa.mock.calls import Call
    from pytest_auth0_mfa.mock.model import Client
    from pytest_auth0_mfa.mock.tenant import Tenant

_BASIC = "basic "


def authenticate(call: Call) -> Client:
    """Return the client that makes the call, or refuse it."""
    client_id, secret = _credentials(call)
    client = call.tenant.clients.get(client_id or "")
    if client is None:
        return _stand_in(call.tenant, client_id)
    if client.authentication is ClientAuthentication.NONE:
        if not call.tenant.rules.public_clients_accepted:
            raise problems.invalid_client()
    elif secret != client.client_secret and _checks_secret(call):
        raise problems.invalid_client()
    return client


def verify_if_sent(call: Call) -> None:
    """Refuse wrong client credentials where none are needed: SDKs differ in sending them."""
    if call.optional("client_secret") is not None:
        authenticate(call)


def _credentials(call: Call) -> tuple[str | None, str | None]:
    if call.tenant.rules.basic_accepted and call.authorization.lower().startswith(_BASIC):
        return _read_basic(call.authorization[len(_BASIC) :])
    return call.optional("client_id"), call.optional("client_secret")


def _read_basic(encoded: str) -> tuple[str, str]:
    """Read form-encoded id and secret (https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1)."""
    try:
        client_id, _, secret = b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, ValueError) as fault:
        raise problems.invalid_client() from fault
    return unquote_plus(client_id), unquote_plus(secret)


def _stand_in(tenant: Tenant, client_id: str | None) -> Client:
    """Refuse a client that is not known; a lenient tenant takes its first client for it."""
    if client_id is None and tenant.rules.missing_client_refused:
        raise problems.missing_parameter("client_id")
    if client_id is not None and tenant.rules.unknown_client_refused:
        raise problems.invalid_client()
    return next(iter(tenant.clients.values()))


def _checks_secret(call: Call) -> bool:
    rules = call.tenant.rules
    if call.operation is Operation.CHALLENGE:
        return rules.challenge_checks_secret
    return rules.client_secret_checked
