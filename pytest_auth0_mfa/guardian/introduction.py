"""What a device says of itself when it enrolls, and the request that says it.

Owns the body of `POST /api/enroll`. Sources: https://github.com/auth0/Guardian.swift,
Guardian/API/APIClient.swift; https://github.com/auth0/Guardian.Android, GuardianAPIClient.java
"""

from __future__ import annotations

from dataclasses import dataclass, field
from secrets import token_urlsafe
from typing import TYPE_CHECKING
from uuid import uuid4

from pytest_auth0_mfa.guardian.account import PushCredentials
from pytest_auth0_mfa.guardian.key import DeviceKey
from pytest_auth0_mfa.guardian.ticket import read_ticket

if TYPE_CHECKING:
    from pytest_auth0_mfa.api.exchange import Answer
    from pytest_auth0_mfa.guardian.device_api import DeviceApi

DEFAULT_NAME = "headless device"


@dataclass(frozen=True, slots=True)
class Introduction:
    """Who a device is: what it calls itself, its name, its key, and where prompts reach it."""

    identifier: str
    name: str
    key: DeviceKey
    push: PushCredentials = field(repr=False)

    @classmethod
    def make(
        cls,
        api: DeviceApi,
        *,
        name: str = DEFAULT_NAME,
        key: DeviceKey | None = None,
        push: PushCredentials | None = None,
    ) -> Introduction:
        """Make up a new device.

        A new RSA key is made where none is given; without push credentials the device has a
        made-up token, which no notification reaches.
        """
        push = push or PushCredentials("GCM", api.learn(token_urlsafe(96), "token"))
        return cls(uuid4().hex, name, key or DeviceKey.generate(), push)

    def to_json(self) -> dict[str, object]:
        """The four fields that a device sends."""
        return {
            "identifier": self.identifier,
            "name": self.name,
            "push_credentials": self.push.to_json(),
            # The library for Android, which GCM reaches, writes its modulus with a zero.
            "public_key": self.key.jwk(leading_zero=self.push.service == "GCM"),
        }


def introduce(api: DeviceApi, barcode_uri: str, introduction: Introduction) -> Answer:
    """Enroll a device as scanning the QR code does; the answer, whatever it is.

    Raises `Unreadable` for a URI that is no barcode of an association by push.
    """
    ticket = read_ticket(barcode_uri, api.learn)
    api.learn(barcode_uri, "barcode_uri")
    return api.enroll(ticket.transaction, introduction.to_json())
