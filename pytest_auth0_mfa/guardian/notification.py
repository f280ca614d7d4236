"""The prompt that a device receives: a login that waits to be allowed or rejected.

Owns the reading of a payload in each form in which it travels: from APNs (an `aps` and an `mfa`
object), from FCM (a flat `data` map of strings) and the `mfa` object by itself.
Sources: https://github.com/auth0/Guardian.swift, AuthenticationNotification.swift;
https://github.com/auth0/Guardian.Android, ParcelableNotification.java.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Final

from pytest_auth0_mfa.api.secret import Secret
from pytest_auth0_mfa.guardian.refusals import Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_CATEGORY: Final = "com.auth0.notification.authentication"
_DATE: Final = "%Y-%m-%dT%H:%M:%S.%fZ"


@dataclass(frozen=True, slots=True)
class Software:
    """A browser or an operating system; what the notification leaves out is None."""

    name: str | None
    version: str | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where the login comes from; the coordinates are the decimal degrees as they were sent."""

    name: str | None
    latitude: str | None
    longitude: str | None


@dataclass(frozen=True, slots=True)
class Notification:
    """One prompt.

    `device_id` is the enrolled device that is asked, `source` the tenant's host or URL.
    `transaction_token` authorizes the answer and `challenge` is what it signs. `linked_id` names
    the details of a transaction to consent to, None where there are none.
    """

    device_id: str
    transaction_token: Secret
    challenge: str = field(repr=False)
    requested_at: datetime
    source: str
    browser: Software | None = None
    system: Software | None = None
    place: Place | None = None
    linked_id: str | None = field(default=None, repr=False)


def read_notification(
    payload: object, learn: Callable[[str, str], Secret] = Secret
) -> Notification:
    """Read a payload in any of its forms; `learn` marks the transaction token as a secret.

    Raises `Unreadable`, which is a `ValueError`, names the field and quotes no value.
    """
    fields = _fields(_object(payload, "the payload"))
    software = _nested(fields, "s")
    return Notification(
        device_id=_required(fields, "dai"),
        transaction_token=learn(_required(fields, "txtkn"), "transaction_token"),
        challenge=_required(fields, "c"),
        requested_at=_date(_required(fields, "d")),
        source=_required(fields, "sh"),
        browser=_software(software, "b"),
        system=_software(software, "os"),
        place=_place(_nested(fields, "l")),
        linked_id=_text(fields, "txlnkid"),
    )


def _fields(payload: Mapping[str, object]) -> Mapping[str, object]:
    """The fields of the prompt, wherever they stand in the payload."""
    if "aps" in payload and _object(payload["aps"], "aps").get("category") != _CATEGORY:
        raise Unreadable(f"notification: expected the category {_CATEGORY}, got another or none")
    for envelope in ("data", "mfa"):
        payload = _object(payload[envelope], envelope) if envelope in payload else payload
    return payload


def _required(fields: Mapping[str, object], name: str) -> str:
    value = fields.get(name)
    if isinstance(value, str) and value:
        return value
    got = "nothing" if value in (None, "") else type(value).__name__
    raise Unreadable(f"notification: expected a text in the field {name}, got {got}")


def _date(text: str) -> datetime:
    try:
        return datetime.strptime(text, _DATE).replace(tzinfo=timezone.utc)
    except ValueError:
        raise Unreadable(
            "notification: expected a time such as 2026-11-22T06:31:07.000Z in the field d, got "
            "another form"
        ) from None


def _nested(fields: Mapping[str, object], name: str) -> Mapping[str, object]:
    """An object, which FCM carries as its JSON text; empty where there is none."""
    value = fields.get(name)
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            raise Unreadable(f"notification: expected JSON in the field {name}") from None
    return {} if value is None else _object(value, f"the field {name}")


def _software(fields: Mapping[str, object], name: str) -> Software | None:
    found = _nested(fields, name)
    return Software(_text(found, "n"), _text(found, "v")) if found else None


def _place(found: Mapping[str, object]) -> Place | None:
    return Place(_text(found, "n"), _text(found, "lat"), _text(found, "long")) if found else None


def _text(fields: Mapping[str, object], name: str) -> str | None:
    value = fields.get(name)
    return None if value is None else str(value)


def _object(value: object, name: str) -> Mapping[str, object]:
    if isinstance(value, dict):
        return value
    raise Unreadable(f"notification: expected {name} to be an object, got {type(value).__name__}")
