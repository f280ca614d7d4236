"""A mock tenant as the measurements use it: its users, its endpoints, its clock.

Owns what is sent and what has to come back. Must not measure.
"""

from __future__ import annotations

import http.client
import json
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar
from urllib.parse import urlencode, urlsplit

from pyotp import TOTP

from benchmarks.load import FORM, Asked

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from benchmarks.processes import Serving

COMMAND: Final = (str(Path(sys.executable).with_name("auth0-mfa")), "mock")
"""Starts a mock tenant."""

CONNECTIONS: Final = 16

_GRANT: Final = "http://auth0.com/oauth/grant-type/mfa-otp"
_PASSWORD: Final = "Secret-1!"  # noqa: S105  Of users that live for seconds.

Item = TypeVar("Item")
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A user with a confirmed authenticator."""

    email: str
    device: TOTP


class Visitor:
    """One connection to a mock tenant, kept open."""

    def __init__(self, server: Serving) -> None:
        """Take the tenant to visit, by the line that it printed."""
        self._told: dict[str, Any] = json.loads(server.introduction)
        self._connection = http.client.HTTPConnection(urlsplit(server.url).netloc)

    def create_user(self, email: str) -> None:
        """Create a user."""
        self._post("/__mock__/users", {"email": email, "password": _PASSWORD}, expected=201)

    def log_in(self, email: str, *, for_api: bool = False) -> str:
        """Log in as far as the second factor, for an API or for none; returns the `mfa_token`."""
        wish = {"audience": str(self._told["audience"])} if for_api else {}
        answer = self._post("/oauth/token", {**self._login(email), **wish}, expected=403)
        return str(answer["mfa_token"])

    def verify(self, mfa_token: str, code: str) -> None:
        """Complete a login."""
        form = {"grant_type": _GRANT, "mfa_token": mfa_token, "otp": code, **self._client}
        self._post("/oauth/token", form, expected=200)

    def enroll(self, email: str) -> Enrolled:
        """Create a user and give them a confirmed authenticator."""
        self.create_user(email)
        mfa_token = self.log_in(email)
        wish = {"authenticator_types": ["otp"]}
        bearer = {"authorization": f"Bearer {mfa_token}"}
        answer = self._post("/mfa/associate", wish, expected=200, headers=bearer)
        device = TOTP(str(answer["secret"]))
        self.verify(mfa_token, device.at(int(self.advance(0))))
        return Enrolled(email, device)

    def send_code(self, mfa_token: str, channel: str, address: str) -> None:
        """Let the tenant send a code, by enrolling an address or number."""
        named = {"email": address} if channel == "email" else {"phone_number": address}
        wish = {"authenticator_types": ["oob"], "oob_channels": [channel], **named}
        bearer = {"authorization": f"Bearer {mfa_token}"}
        self._post("/mfa/associate", wish, expected=200, headers=bearer)

    def advance(self, seconds: float) -> float:
        """Move the clock of the tenant; returns what it shows then, in epoch seconds."""
        return float(self._post("/__mock__/clock", {"advance_s": seconds}, expected=200)["now"])

    def asks_for_token(self) -> Asked:
        """One signed access token, by `client_credentials`."""
        wish = {"grant_type": "client_credentials", "audience": str(self._told["audience"])}
        return Asked("POST", "/oauth/token", urlencode({**wish, **self._client}), FORM)

    def asks_to_log_in(self, email: str) -> Asked:
        """One login that is told `mfa_required`."""
        return Asked("POST", "/oauth/token", urlencode(self._login(email)), FORM, is_refused=True)

    def asks_for_challenge(self, email: str) -> Asked:
        """One challenge of an enrolled user."""
        wish = {"mfa_token": self.log_in(email), "challenge_type": "otp"}
        return Asked("POST", "/mfa/challenge", urlencode({**wish, **self._client}), FORM)

    def asks_for_list(self, email: str) -> Asked:
        """One list of a user's authenticators."""
        bearer = {"authorization": f"Bearer {self.log_in(email)}"}
        return Asked("GET", "/mfa/authenticators", headers=bearer)

    @property
    def _client(self) -> dict[str, str]:
        return {name: str(self._told[name]) for name in ("client_id", "client_secret")}

    def _login(self, email: str) -> dict[str, str]:
        form = {"grant_type": "password", "username": email, "password": _PASSWORD}
        return {**form, "scope": "openid profile", **self._client}

    def _post(
        self,
        path: str,
        sent: Mapping[str, object],
        *,
        expected: int,
        headers: Mapping[str, str] | None = None,
    ) -> dict[str, Any]:
        is_token = path == "/oauth/token"
        # A star may stand unencoded, as browsers leave it; an `mfa_token` holds seven, and
        # encoding one takes this client longer than the tenant takes to read it.
        # https://url.spec.whatwg.org/#application-x-www-form-urlencoded-percent-encode-set
        body = urlencode(sent, safe="*") if is_token else json.dumps(sent)
        kind = FORM if is_token else {"content-type": "application/json"}
        self._connection.request("POST", path, body.encode(), {**kind, **(headers or {})})
        answer = self._connection.getresponse()
        read = answer.read()
        if answer.status != expected:
            raise RuntimeError(f"POST {path}: expected {expected}, got {answer.status}, {read!r}")
        parsed: dict[str, Any] = json.loads(read)
        return parsed


def in_parallel(
    server: Serving, items: Sequence[Item], work: Callable[[Visitor, Item], Made]
) -> list[Made]:
    """Do some work for every item, over as many connections as a measurement has."""

    def portion(number: int) -> list[Made]:
        visitor = Visitor(server)
        return [work(visitor, item) for item in items[number::CONNECTIONS]]

    with ThreadPoolExecutor(CONNECTIONS) as pool:
        return [each for done in pool.map(portion, range(CONNECTIONS)) for each in done]
