"""One method for each endpoint of the device API; values in, answers out, nothing judged.

Owns addresses and headers. Signs nothing and keeps no state. Sources:
https://github.com/auth0/Guardian.swift, https://github.com/auth0/Guardian.Android
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from pytest_auth0_mfa.guardian.address import device_api_url

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_auth0_mfa.api.exchange import Answer
    from pytest_auth0_mfa.api.secret import Secret
    from pytest_auth0_mfa.api.transport import Transport

_ACCOUNTS: Final = "/api/device-accounts"
_RESOLVE: Final = "/api/resolve-transaction"


class DeviceApi:
    """Speaks the device API of one tenant through a transport."""

    def __init__(self, transport: Transport) -> None:
        """Send everything through `transport`, which was opened for the tenant's URL."""
        self._transport = transport
        self._base_url = device_api_url(transport.base_url)
        self._mount = self._base_url.removeprefix(transport.base_url)

    @property
    def accounts_audience(self) -> str:
        """The audience of a token that a device signs for changes of its account."""
        return self._base_url + _ACCOUNTS

    @property
    def resolve_audience(self) -> str:
        """The audience of a challenge response: the URL to which it is sent."""
        return self._base_url + _RESOLVE

    def enroll(self, ticket: str, body: Mapping[str, object]) -> Answer:
        """`POST /api/enroll`: take up an enrollment; the answer is the device's account."""
        credentials = self.learn(f'id="{ticket}"', "ticket")
        return self._send("POST", "/api/enroll", f"Ticket {credentials}", body)

    def resolve(self, transaction_token: str, challenge_response: str) -> Answer:
        """`POST /api/resolve-transaction`: allow or reject a login."""
        self.learn(transaction_token, "transaction_token")
        signed = self.learn(challenge_response, "challenge_response")
        body = {"challenge_response": signed}
        return self._send("POST", _RESOLVE, f"Bearer {transaction_token}", body)

    def change(self, device_id: str, bearer: str, body: Mapping[str, object]) -> Answer:
        """`PATCH /api/device-accounts/{id}`: another name, identifier or push credentials."""
        return self._send("PATCH", _path(device_id), f"Bearer {bearer}", body)

    def delete(self, device_id: str, bearer: str) -> Answer:
        """`DELETE /api/device-accounts/{id}`."""
        return self._send("DELETE", _path(device_id), f"Bearer {bearer}", None)

    def learn(self, value: str, kind: str) -> Secret:
        """Mark a value as a secret of this kind, never to be shown."""
        return self._transport.recorder.redactor.learn(value, kind)

    def _send(self, method: str, path: str, authorization: str, body: object) -> Answer:
        headers = {"Authorization": authorization}
        return self._transport.send(method, self._mount + path, json=body, headers=headers)


def _path(device_id: str) -> str:
    return f"{_ACCOUNTS}/{quote(device_id, safe='')}"
