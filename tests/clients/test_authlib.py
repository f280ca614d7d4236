"""Authlib: one session for every grant, with HTTP Basic or the secret in the body."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from authlib.integrations.requests_client import (  # type: ignore[import-untyped]
    OAuth2Session,
    OAuthError,
)

if TYPE_CHECKING:
    import requests

    from tests.clients.conftest import Mock, Person

MFA = "http://auth0.com/oauth/grant-type/mfa-"


class Session:
    """Authlib's session; a hook keeps the answer, of whose errors Authlib drops the token."""

    def __init__(self, mock: Mock, person: Person, method: str) -> None:
        """Take the user who logs in, and how the application is proved."""
        self.mock, self.person = mock, person
        self.last: dict[str, Any] = {}
        self.client = OAuth2Session(
            **mock.client, token_endpoint_auth_method=method, scope="openid profile offline_access"
        )
        self.client.verify = mock.ca_file
        self.client.register_compliance_hook("access_token_response", self._keep)

    def _keep(self, answer: requests.Response) -> requests.Response:
        self.last = answer.json()
        return answer

    def token(self, grant_type: str, **parameters: str) -> dict[str, Any]:
        """Ask for tokens."""
        url = f"{self.mock.url}/oauth/token"
        return dict(self.client.fetch_token(url, grant_type=grant_type, **parameters))

    def login(self) -> str:
        """Pass the password and return the token of the login."""
        with pytest.raises(OAuthError) as refused:
            self.token("password", **self.person.credentials)
        assert "mfa_required" == refused.value.error
        return str(self.last["mfa_token"])

    def call(self, bearer: str, path: str, **body: object) -> dict[str, Any]:
        """Post to the MFA API with a bearer token."""
        self.client.token = {"access_token": bearer, "token_type": "Bearer"}
        return dict(self.client.post(f"{self.mock.url}/mfa/{path}", json=body).json())


@pytest.fixture(params=["client_secret_basic", "client_secret_post"])
def session(mock: Mock, request: pytest.FixtureRequest) -> Session:
    """A session for a user without authenticators, for each way to prove the application."""
    return Session(mock, mock.person(), request.param)


def test_otp_and_recovery_code(session: Session) -> None:
    """It enrolls an app, logs in, renews the token, and recovers."""
    mfa_token = session.login()
    enrolled = session.call(mfa_token, "associate", authenticator_types=["otp"])
    code = session.person.otp(enrolled["secret"])
    tokens = session.token(f"{MFA}otp", mfa_token=mfa_token, otp=code)
    url = f"{session.mock.url}/oauth/token"
    renewed = session.client.refresh_token(url, refresh_token=tokens["refresh_token"])
    assert renewed["access_token"] != tokens["access_token"]
    (first,) = enrolled["recovery_codes"]
    mfa_token = session.login()
    tokens = session.token(f"{MFA}recovery-code", mfa_token=mfa_token, recovery_code=first)
    assert first != tokens["recovery_code"]


@pytest.mark.parametrize("channel", ["sms", "voice", "email"])
def test_delivered_code(session: Session, channel: str) -> None:
    """It enrolls an address, is challenged and logs in by the codes that were sent."""
    mock, mfa_token = session.mock, session.login()
    address = session.person.email if channel == "email" else mock.phone()
    wish: dict[str, object] = {"authenticator_types": ["oob"], "oob_channels": [channel]}
    wish["email" if channel == "email" else "phone_number"] = address
    oob_code = session.call(mfa_token, "associate", **wish)["oob_code"]
    code = {"oob_code": oob_code, "binding_code": mock.code(address)}
    session.token(f"{MFA}oob", mfa_token=mfa_token, **code)
    mfa_token = session.login()
    asked = {**mock.client, "mfa_token": mfa_token, "challenge_type": "oob"}
    oob_code = session.call(mfa_token, "challenge", **asked)["oob_code"]
    code = {"oob_code": oob_code, "binding_code": mock.code(address)}
    assert session.token(f"{MFA}oob", mfa_token=mfa_token, **code)["id_token"]


def test_client_credentials(session: Session) -> None:
    """It gets a token in the application's own name."""
    tokens = session.token("client_credentials", audience=session.mock.info["audience"])
    assert "Bearer" == tokens["token_type"]


def test_wrong_code(session: Session) -> None:
    """A refusal is read with its code."""
    mfa_token = session.login()
    session.call(mfa_token, "associate", authenticator_types=["otp"])
    with pytest.raises(OAuthError) as refused:
        session.token(f"{MFA}otp", mfa_token=mfa_token, otp="000000")
    assert "invalid_grant" == refused.value.error
