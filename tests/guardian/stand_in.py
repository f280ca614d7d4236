"""A stand-in for a tenant's device API: one pending enrollment, one device, one transaction.

Checks what a device sends by PyJWT, as a tenant would, and takes nothing from the package.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import jwt

from tests.conftest import Reply

if TYPE_CHECKING:
    from tests.conftest import Received

TICKET = "t5FmaYNt8APzKlh3WCRNLi2dG3uZYnAC"
BARCODE_URI = f"otpauth://totp/Acme:user%40example.com?enrollment_tx_id={TICKET}&base_url=https%3A%2F%2Facme.guardian.us.auth0.com"
DEVICE_TOKEN = "planted-device-token"
OTP_SECRET = "GRXC4KC5KUYWCZDDLVFFIWB6IB2UKLBF"
TRANSACTION_TOKEN = "planted-transaction-token"
CHALLENGE = "planted challenge"
NOW = 1_800_000_015.0
ACCOUNT: dict[str, Any] = {
    "id": "dev_ztaIUOx5Z3zeRimt",
    "url": "https://acme.us.auth0.com",
    "issuer": "acme",
    "user_id": "auth0|5fadc0",
    "token": DEVICE_TOKEN,
    "totp": {"secret": OTP_SECRET, "algorithm": "sha1", "digits": 6, "period": 30},
}
PUSH: dict[str, Any] = {
    "dai": ACCOUNT["id"],
    "txtkn": TRANSACTION_TOKEN,
    "c": CHALLENGE,
    "d": "2027-01-15T08:00:15.000Z",
    "sh": "acme.us.auth0.com",
}
SECRETS = (TICKET, DEVICE_TOKEN, OTP_SECRET, TRANSACTION_TOKEN, "planted", "eyJhbGci")


@dataclass(slots=True)
class StandIn:
    """The API; `replies` takes the place of single answers, `claims` are those it verified."""

    seen: list[Received] = field(default_factory=list)
    replies: dict[str, Reply] = field(default_factory=dict)
    claims: list[dict[str, Any]] = field(default_factory=list)
    pushes: list[Any] = field(default_factory=list)
    key: jwt.PyJWK | None = None

    def answer(self, received: Received) -> Reply:
        """Answer a request to the device API or the control plane."""
        self.seen.append(received)
        name = received.path.removeprefix("/appliance-mfa/api/").partition("/")[0]
        if received.method in self.replies:
            return self.replies[received.method]
        if received.path.startswith("/__mock__/pushes?"):
            return Reply(body=self.pushes)
        if name == "enroll":
            return self._enrolled(json.loads(received.body))
        if name == "resolve-transaction":
            return self._resolved(received)
        return self._managed(received)

    def body(self) -> Any:  # noqa: ANN401 - whatever was sent
        """The JSON body of the last request."""
        return json.loads(self.seen[-1].body)

    def _enrolled(self, body: dict[str, Any]) -> Reply:
        self.key = jwt.PyJWK(body["public_key"])
        return Reply(body=ACCOUNT)

    def _resolved(self, received: Received) -> Reply:
        self._verify(json.loads(received.body)["challenge_response"], self._url(received))
        return Reply(204)

    def _managed(self, received: Received) -> Reply:
        bearer = received.headers["authorization"].removeprefix("Bearer ")
        self._verify(bearer, self._url(received).rpartition("/")[0])
        if received.method == "DELETE":
            return Reply(204)
        return Reply(body={"id": ACCOUNT["id"], **json.loads(received.body)})

    def _url(self, received: Received) -> str:
        return f"http://{received.headers['host']}{received.path}"

    def _verify(self, token: str, audience: str) -> None:
        """Keep the claims; the times are the device's and not those of this machine."""
        assert self.key is not None
        algorithms, lenient = [self.key.algorithm_name], {"verify_exp": False, "verify_iat": False}
        assert {"alg": algorithms[0], "typ": "JWT"} == jwt.get_unverified_header(token)
        self.claims.append(
            jwt.decode(token, self.key, algorithms, audience=audience, options=lenient)  # type: ignore[arg-type] # PyJWT's own type of options
        )
