"""Client authentication: by secret in the body or by HTTP Basic, by assertion, or none.

Owns who the client of a call is. Must not decide what a client may do.
"""

from __future__ import annotations

import binascii
from base64 import b64decode
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote_plus

from pytest_auth0_mfa.mock import assertions, login_problems, problems
from pytest_auth0_mfa.mock.model import ClientAuthentication

if TYPE_CHECKING:
    from pytest_auth0_mfa.mock.calls import Call
    from pytest_auth0_mfa.mock.model import Client
    from pytest_auth0_mfa.mock.tenant import Tenant

PARAMETERS: Final = ("client_id", "client_secret", "client_assertion", "client_assertion_type")
"""What a body may hold about its client."""

_BASIC = "basic "


@dataclass(frozen=True, slots=True)
class Credentials:
    """Who a caller claims to be, and by what; None for what was not sent."""

    client_id: str | None
    secret: str | None
    assertion: str | None = None


def authenticate(call: Call) -> Client:
    """Return the client that makes the call, or refuse it."""
    sent = _credentials(call)
    client = call.tenant.clients.get(sent.client_id or "")
    if client is None:
        return _stand_in(call.tenant, sent.client_id)
    if not _is_proved(call, client, sent):
        raise login_problems.invalid_client()
    return client


def verify_if_sent(call: Call) -> None:
    """Refuse wrong client credentials where none are needed: SDKs differ in sending them."""
    is_sent = any(call.optional(name) is not None for name in PARAMETERS[1:3])
    if not is_sent:
        return
    if not call.tenant.rules.association_takes_credentials:
        raise problems.invalid_enrollment("The body holds the credentials of a client.")
    authenticate(call)


def _is_proved(call: Call, client: Client, sent: Credentials) -> bool:
    if client.authentication is ClientAuthentication.NONE:
        return call.tenant.rules.public_clients_accepted
    if client.authentication is ClientAuthentication.PRIVATE_KEY:
        return _is_asserted(call, client, sent.assertion)
    return _is_secret_right(call, client, sent.secret)


def _is_secret_right(call: Call, client: Client, secret: str | None) -> bool:
    rules = call.tenant.rules
    if secret is None:
        return call.operation in rules.missing_secret_ignored_by
    return secret == client.client_secret or call.operation in rules.wrong_secret_ignored_by


def _is_asserted(call: Call, client: Client, assertion: str | None) -> bool:
    rules = call.tenant.rules
    if assertion is None:
        return not rules.assertion_needed
    return call.operation not in rules.assertions_ignored_by and assertions.proves(
        call, client, assertion
    )


def _credentials(call: Call) -> Credentials:
    rules, header = call.tenant.rules, call.authorization
    if header.lower().startswith(_BASIC) and call.operation not in rules.basic_ignored_by:
        return _read_basic(header[len(_BASIC) :])
    client_id, secret, assertion, _ = (call.optional(name) for name in PARAMETERS)
    if client_id is None and assertion is not None and rules.assertion_names_client:
        client_id = assertions.named_client(assertion)
    return Credentials(client_id, secret, assertion)


def _read_basic(encoded: str) -> Credentials:
    """Read form-encoded id and secret (https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1)."""
    try:
        client_id, _, secret = b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, ValueError) as fault:
        raise login_problems.invalid_client() from fault
    return Credentials(unquote_plus(client_id), unquote_plus(secret))


def _stand_in(tenant: Tenant, client_id: str | None) -> Client:
    """Refuse a client that is not known; a lenient tenant takes its first client for it."""
    if client_id is None and tenant.rules.missing_client_refused:
        raise problems.missing_parameter("client_id")
    if client_id is not None and tenant.rules.unknown_client_refused:
        raise login_problems.invalid_client()
    return next(iter(tenant.clients.values()))
