"""The MFA API of Auth0, as far as the screens need it.

Source: https://auth0.com/docs/secure/multi-factor-authentication/multi-factor-authentication-developer-resources/mfa-api
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import requests

GRANT = "http://auth0.com/oauth/grant-type/"
TIMEOUT_S = 10
PENDING = "authorization_pending"
TOO_FAST = "slow_down"

WORDS = {
    "invalid_grant": "That is not right. Please try again.",
    "expired_token": "That took too long. Please log in again.",
    "access_denied": "The login was rejected on your device.",
    "too_many_attempts": "Too many tries. Please wait a few minutes.",
    "invalid_otp": "That is not right. Please try again.",
}
OTHERWISE = "That did not work. Please try again later."
TOO_MANY = 429
UNAUTHORIZED = 401


class RefusedError(Exception):
    """The tenant refused; `error` is its code, the text is for the customer."""

    def __init__(self, error: str, status: int) -> None:
        """Say it in words that a customer understands."""
        words = WORDS["too_many_attempts"] if status == TOO_MANY else WORDS.get(error, OTHERWISE)
        super().__init__(words)
        self.error = error
        self.is_over = error == "expired_token" or status == UNAUTHORIZED


@dataclass(frozen=True)
class Tenant:
    """Where the tenant is, and the application that this back end is there."""

    url: str
    client_id: str
    client_secret: str


class MfaApi:
    """One method for each step; a refusal is raised."""

    def __init__(self, tenant: Tenant) -> None:
        """Speak to this tenant."""
        self._tenant = tenant
        self._session = requests.Session()

    def log_in(self, email: str, password: str, audience: str | None = None) -> dict[str, Any]:
        """Tokens, or `mfa_token` where a second factor is asked for."""
        form = {"grant_type": "password", "username": email, "password": password}
        form["scope"] = "openid"
        if audience:
            form |= {"audience": audience, "scope": "read:authenticators remove:authenticators"}
        answer = self._post("/oauth/token", {**self._application, **form})
        body = answer.json()
        if body.get("error") == "mfa_required":
            return {"mfa_token": body["mfa_token"]}
        return _accepted(answer)

    @property
    def audience(self) -> str:
        """That of the tokens that manage authenticators."""
        return f"{self._tenant.url}/mfa/"

    def authenticators(self, token: str) -> list[dict[str, Any]]:
        """What the customer has confirmed; `token` is an mfa_token, or an access token."""
        answer = self._session.get(
            f"{self._tenant.url}/mfa/authenticators", headers=_bearer(token), timeout=TIMEOUT_S
        )
        listed: list[dict[str, Any]] = _accepted(answer)  # type: ignore[assignment]
        return [each for each in listed if each.get("active")]

    def enroll(self, mfa_token: str, factor: str, address: str) -> dict[str, Any]:
        """Begin: a secret and a barcode, or a message on its way."""
        body: dict[str, Any] = {"authenticator_types": ["otp"]}
        if factor != "otp":
            channel = "auth0" if factor == "push" else factor
            body = {"authenticator_types": ["oob"], "oob_channels": [channel]}
        if factor in {"sms", "voice"}:
            body["phone_number"] = address
        if factor == "email":
            body["email"] = address
        url = f"{self._tenant.url}/mfa/associate"
        return _accepted(
            self._session.post(url, json=body, headers=_bearer(mfa_token), timeout=TIMEOUT_S)
        )

    def challenge(self, mfa_token: str, authenticator_id: str) -> dict[str, Any]:
        """Ask for a code or a prompt of one authenticator."""
        body = {"mfa_token": mfa_token, "authenticator_id": authenticator_id}
        return _accepted(self._post("/mfa/challenge", {**self._application, **body}))

    def verify(self, mfa_token: str, code: str, oob_code: str | None) -> dict[str, Any]:
        """Tokens for a code; without one, for a prompt that was allowed."""
        if oob_code is None:
            proof = {"grant_type": f"{GRANT}mfa-otp", "otp": code}
        else:
            proof = {"grant_type": f"{GRANT}mfa-oob", "oob_code": oob_code}
            proof |= {"binding_code": code} if code else {}
        return self._redeemed(mfa_token, proof)

    def recover(self, mfa_token: str, recovery_code: str) -> dict[str, Any]:
        """Tokens for a recovery code, and the one that takes its place."""
        proof = {"grant_type": f"{GRANT}mfa-recovery-code", "recovery_code": recovery_code}
        return self._redeemed(mfa_token, proof)

    def delete(self, access_token: str, authenticator_id: str) -> None:
        """Delete an authenticator; takes an access token for `audience`, no mfa_token."""
        url = f"{self._tenant.url}/mfa/authenticators/{quote(authenticator_id, safe='')}"
        answer = self._session.delete(url, headers=_bearer(access_token), timeout=TIMEOUT_S)
        if not answer.ok:
            _accepted(answer)

    @property
    def _application(self) -> dict[str, str]:
        tenant = self._tenant
        return {"client_id": tenant.client_id, "client_secret": tenant.client_secret}

    def _redeemed(self, mfa_token: str, proof: dict[str, str]) -> dict[str, Any]:
        form = {**self._application, "mfa_token": mfa_token, **proof}
        return _accepted(self._post("/oauth/token", form))

    def _post(self, path: str, body: dict[str, str]) -> requests.Response:
        return self._session.post(f"{self._tenant.url}{path}", json=body, timeout=TIMEOUT_S)


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def _accepted(answer: requests.Response) -> dict[str, Any]:
    """The body of an answer; raises `RefusedError` where it is a refusal."""
    try:
        body = answer.json()
    except ValueError:
        raise RefusedError("no_json", answer.status_code) from None
    if not answer.ok:
        raise RefusedError(str(body.get("error")), answer.status_code)
    return body  # type: ignore[no-any-return]
