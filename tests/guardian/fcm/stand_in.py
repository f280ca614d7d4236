"""A stand-in for Google's side of Firebase Cloud Messaging, on loopback.

Serves check-in and registration, and encrypts each message for the keys that were registered
(aesgcm: https://datatracker.ietf.org/doc/html/draft-ietf-webpush-encryption-04), to be sent on a
`Stream`. The messages' forms are those of the library's own protocol buffers.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from secrets import token_bytes
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

import http_ece  # type: ignore[import-untyped]
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from firebase_messaging.proto.checkin_pb2 import AndroidCheckinRequest, AndroidCheckinResponse
from firebase_messaging.proto.mcs_pb2 import DataMessageStanza

from tests.conftest import Reply

if TYPE_CHECKING:
    from tests.conftest import Received
    from tests.guardian.fcm.stream import Stream

PROJECT, APP_ID, SENDER = "acme-mfa-tests", "1:123456:web:0a1b2c", "123456"
API_KEY = "planted-api-key"
ANDROID_ID, SECURITY_TOKEN = 5_000_000_000_000_000_001, 7_000_000_000_000_000_003
GCM_TOKEN, FCM_TOKEN = "planted-gcm-token", "planted-fcm-token"
INSTALLATION_TOKEN = "planted-installation-token"
SECRETS = ("planted", str(SECURITY_TOKEN))
CHECK_IN, REGISTER = "/checkin", "/register3"
INSTALL, SUBSCRIBE = f"/projects/{PROJECT}/installations", f"/projects/{PROJECT}/registrations"


@dataclass(slots=True)
class Google:
    """The servers; `refusals` replaces answers of the registration, by path, one after another.

    `requests` are the paths that were asked for, `web` and `app` what was registered.
    """

    stream: Stream
    refusals: dict[str, list[Reply]] = field(default_factory=dict)
    requests: list[str] = field(default_factory=list)
    web: dict[str, str] = field(default_factory=dict)
    app: str = ""
    _sent: int = 0

    def answer(self, received: Received) -> Reply:
        """Answer a request of check-in or registration."""
        self.requests.append(received.path)
        if self.refusals.get(received.path):
            return self.refusals[received.path].pop(0)
        serve = {
            CHECK_IN: self._check_in,
            REGISTER: self._register,
            INSTALL: self._install,
            SUBSCRIBE: self._subscribe,
        }
        return serve[received.path](received)

    def send(self, payload: object, **forms: str) -> str:
        """Send a payload, as JSON unless it is bytes; returns the id of the message.

        `forms` gives fields of the message another form, with `{}` in the place of the value, or
        `{bare}` for the value without padding.
        """
        octets = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
        self._sent += 1
        message = self._encrypted(octets, forms)
        message.persistent_id = f"0:{self._sent}"
        self.stream.send(message)
        return str(message.persistent_id)

    def _check_in(self, received: Received) -> Reply:
        assert AndroidCheckinRequest.FromString(received.body).id in {0, ANDROID_ID}
        response = AndroidCheckinResponse(
            stats_ok=True, android_id=ANDROID_ID, security_token=SECURITY_TOKEN
        )
        headers = {"content-type": "application/x-protobuf"}
        return Reply(body=response.SerializeToString(), headers=headers)

    def _register(self, received: Received) -> Reply:
        assert f"AidLogin {ANDROID_ID}:{SECURITY_TOKEN}" == received.headers["authorization"]
        self.app = parse_qs(received.body.decode())["X-subtype"][0]
        return Reply(body=f"token={GCM_TOKEN}")

    def _install(self, received: Received) -> Reply:
        if API_KEY != received.headers["x-goog-api-key"]:
            return suspended(received.headers["x-goog-api-key"])
        wish = json.loads(received.body)
        assert APP_ID == wish["appId"]
        token = {"token": INSTALLATION_TOKEN, "expiresIn": "604800s"}
        body = {"fid": wish["fid"], "refreshToken": "planted-refresh", "authToken": token}
        return Reply(body=body)

    def _subscribe(self, received: Received) -> Reply:
        assert INSTALLATION_TOKEN == received.headers["x-goog-firebase-installations-auth"]
        self.web = json.loads(received.body)["web"]
        assert self.web["endpoint"].endswith(f"/{GCM_TOKEN}")
        return Reply(body={"token": FCM_TOKEN, "web": self.web})

    def _encrypted(self, octets: bytes, forms: dict[str, str]) -> DataMessageStanza:
        key, salt = ec.generate_private_key(ec.SECP256R1()), token_bytes(16)
        point = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        theirs, secret = (urlsafe_b64decode(self.web[name]) for name in ("p256dh", "auth"))
        keys = {"salt": salt, "private_key": key, "dh": theirs, "auth_secret": secret}
        raw = http_ece.encrypt(octets, version="aesgcm", **keys)
        message = DataMessageStanza(category="org.chromium.linux", raw_data=raw)
        setattr(message, "from", SENDER)
        values = {"crypto_key": _base64(point), "encryption": _base64(salt), "subtype": self.app}
        plain = {"crypto_key": "dh={}", "encryption": "salt={}", "subtype": "{}"}
        for name, form in {**plain, **forms}.items():
            value = form.format(values[name], bare=values[name].rstrip("="))
            message.app_data.add(key=name.replace("_", "-"), value=value)
        return message


def suspended(key: str) -> Reply:
    """Google's refusal of an API key, which names the key."""
    error = {"code": 403, "message": f"Consumer 'api_key:{key}' has been suspended."}
    return Reply(403, {"error": {**error, "status": "PERMISSION_DENIED"}})


def _base64(octets: bytes) -> str:
    return urlsafe_b64encode(octets).decode()
