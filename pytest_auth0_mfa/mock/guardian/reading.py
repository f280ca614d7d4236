"""Reading what devices send: the Authorization header and the JSON body.

Owns their forms. Must not judge what they hold.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pytest_auth0_mfa.mock import bodies
from pytest_auth0_mfa.mock.guardian import refusals
from pytest_auth0_mfa.mock.guardian.device import PushCredentials
from pytest_auth0_mfa.mock.problems import RefusalError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_auth0_mfa.mock.calls import Call
    from pytest_auth0_mfa.mock.messages import Json

_TICKET: Final = re.compile(r'ticket\s+id="([^"]*)"\s*', re.IGNORECASE)
_SERVICES: Final = ("APNS", "GCM")


def ticket(call: Call) -> str:
    """Return the enrollment ticket, or refuse a call without one."""
    found = _TICKET.fullmatch(call.authorization)
    if found is None:
        raise refusals.invalid_bearer_format('Ticket id="..."')
    return found[1]


def bearer(call: Call) -> str:
    """Return the bearer token, or refuse a call without one."""
    if call.bearer is None:
        raise refusals.invalid_bearer_format("Bearer ...")
    return call.bearer


def body(call: Call) -> Mapping[str, Json]:
    """Return the members of the body, absent ones left out, or refuse what cannot be read."""
    try:
        return bodies.read(call.request).parameters
    except RefusalError as refusal:
        message = "The body must be a JSON object."
        raise refusals.invalid_body(message, refusal.answer.status) from refusal


def text(members: Mapping[str, Json], name: str) -> str:
    """Return a member that must be a text with something in it."""
    found = members.get(name)
    if not isinstance(found, str) or not found:
        raise refusals.invalid_body(f"{name} must be a string")
    return found


def push_credentials(members: Mapping[str, Json]) -> PushCredentials:
    """Return the member `push_credentials`."""
    found = members.get("push_credentials")
    if not isinstance(found, dict):
        raise refusals.invalid_body("push_credentials must be an object")
    credentials = PushCredentials(text(found, "service"), text(found, "token"))
    if credentials.service not in _SERVICES:
        raise refusals.invalid_body(f"service must be one of {', '.join(_SERVICES)}")
    return credentials
