"""Prompts: the push notifications that ask a user to allow a login.

Owns what a prompt says, in the two forms in which devices receive it
(https://github.com/auth0/Guardian.swift Guardian/Authentication/Notification,
https://github.com/auth0/Guardian.Android ParcelableNotification.java). Must not judge answers.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from pytest_auth0_mfa.mock import dates, draws
from pytest_auth0_mfa.mock.guardian.approvals import Approval, Kind
from pytest_auth0_mfa.mock.guardian.device import device_id
from pytest_auth0_mfa.mock.model import Factor
from pytest_auth0_mfa.mock.outbox import Message

if TYPE_CHECKING:
    from pytest_auth0_mfa.mock.calls import Call
    from pytest_auth0_mfa.mock.guardian.device import Device
    from pytest_auth0_mfa.mock.messages import Json
    from pytest_auth0_mfa.mock.model import Authenticator, User
    from pytest_auth0_mfa.mock.tenant import Tenant

_KEY_LENGTH: Final = 48
_CHALLENGE_LENGTH: Final = 32
_CATEGORY: Final = "com.auth0.notification.authentication"


def send(call: Call, user: User, authenticator: Authenticator) -> str:
    """Prompt the user on a device; return the key of the approval that is now awaited."""
    tenant, now = call.tenant, call.tenant.now(user)
    approval = Approval(
        key=draws.text(tenant.entropy, _KEY_LENGTH),
        kind=Kind.PROMPT,
        user=user,
        authenticator=authenticator,
        expires_at=now + tenant.rules.prompt_lifetime_s,
        challenge=_challenge(tenant),
    )
    tenant.approvals.open(approval, now)
    if authenticator.device is not None:
        tenant.pushes.deliver(_message(call, approval, authenticator.device))
    return approval.key


def _challenge(tenant: Tenant) -> str:
    drawn = draws.text(tenant.entropy, _CHALLENGE_LENGTH)
    return drawn if tenant.rules.prompt_challenge_fresh else "A" * _CHALLENGE_LENGTH


def _message(call: Call, approval: Approval, device: Device) -> Message:
    content = _content(call, approval)
    is_apple = device.push_credentials.service == "APNS"
    payload = _for_apple(call, content) if is_apple else _for_google(content)
    return Message(
        id=draws.uuid(call.tenant.entropy),
        channel=Factor.PUSH,
        to=device_id(approval.authenticator),
        body=json.dumps(payload),
        code="",
        sent_at=call.tenant.now(),
    )


def _content(call: Call, approval: Approval) -> dict[str, Json]:
    """Say which login is to be allowed; where it comes from is not known here."""
    rules, request = call.tenant.rules, call.request
    source = request.host if rules.prompt_source_is_host else request.base_url
    agent, _, version = call.request.headers.get("user-agent", "").partition(" ")[0].partition("/")
    return {
        "dai": device_id(approval.authenticator),
        "txtkn": approval.key,
        "c": approval.challenge,
        "d": dates.iso(call.tenant.now(approval.user)),
        "sh": source if rules.prompt_names_tenant else "other.example.com",
        "s": {"b": {"n": agent, "v": version}, "os": {"n": "", "v": ""}},
    }


def _for_google(content: dict[str, Json]) -> dict[str, Json]:
    """Write every value as a text, as messages of data allow nothing else."""
    texts: dict[str, Json] = {
        name: each if isinstance(each, str) else json.dumps(each) for name, each in content.items()
    }
    return {"mfa": texts}


def _for_apple(call: Call, content: dict[str, Json]) -> dict[str, Json]:
    name = call.tenant.settings.friendly_name
    alert: dict[str, Json] = {"title": name, "body": f"Allow the login to {name}?"}
    return {"aps": {"category": _CATEGORY, "alert": alert}, "mfa": content}
