"""`GET /__mock__/messages`: what the tenant has sent, for tests to read.

Owns the form in which messages are shown. Must not deliver or forget any.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from pytest_auth0_mfa.mock import addresses, problems
from pytest_auth0_mfa.mock.messages import Answer
from pytest_auth0_mfa.mock.model import CHANNELS, Factor

if TYPE_CHECKING:
    from pytest_auth0_mfa.mock.calls import Call
    from pytest_auth0_mfa.mock.messages import Json
    from pytest_auth0_mfa.mock.outbox import Message


def show(call: Call) -> Answer:
    """List messages, oldest first: all, or those to one address, by one channel, or both."""
    wanted = dict(parse_qsl(call.request.query))
    # In a query a + means a blank, and no address holds one.
    to = wanted.get("to", "").replace(" ", "+")
    channels = [_channel(wanted["channel"])] if "channel" in wanted else []
    found = call.tenant.outbox.find(addresses.canonical(to) or None, *channels)
    return Answer(200, [_shown(message) for message in found])


def _channel(name: str) -> Factor:
    names = [each.value for each in CHANNELS]
    if name not in names:
        raise problems.invalid_request(f"channel must be one of {', '.join(names)}, not {name}")
    return Factor(name)


def _shown(message: Message) -> Json:
    subject: dict[str, Json] = {} if message.subject is None else {"subject": message.subject}
    return {
        "id": message.id,
        "channel": message.channel.value,
        "to": message.to,
        **subject,
        "body": message.body,
        "code": message.code,
        "sent_at": message.sent_at,
    }
