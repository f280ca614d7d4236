"""auth0-python: logins by password-realm in JSON with explicit nulls, and a token verifier."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from auth0.authentication import GetToken, Users
from auth0.authentication.exceptions import Auth0Error
from auth0.authentication.rest import RestClient
from auth0.authentication.token_verifier import AsymmetricSignatureVerifier, TokenVerifier

if TYPE_CHECKING:
    from tests.clients.conftest import Mock, Person

MFA = "http://auth0.com/oauth/grant-type/mfa-"


def tokens_of(mock: Mock) -> GetToken:
    """The SDK's client of the token endpoint, for the confidential application."""
    return GetToken(mock.domain, mock.info["client_id"], mock.info["client_secret"])


class Application:
    """An application that logs a user in by this SDK, as far as its methods go."""

    def __init__(self, mock: Mock, person: Person) -> None:
        """Take the user who logs in."""
        self.mock, self.person = mock, person
        self.tokens = tokens_of(mock)

    def login(self, **wish: str) -> str:
        """Pass the password and return the token of the login."""
        with pytest.raises(Auth0Error) as refused:
            self.tokens.login(
                **self.person.credentials,
                scope="openid profile offline_access",
                realm=self.mock.info["connection"],
                **wish,
            )
        assert (403, "mfa_required") == (refused.value.status_code, refused.value.error_code)
        assert refused.value.content is not None
        return str(refused.value.content["mfa_token"])

    def grant(self, name: str, mfa_token: str, **code: str) -> dict[str, Any]:
        """Complete a login by one of the grants that the SDK has no method for."""
        body = {"client_id": self.mock.info["client_id"], "grant_type": f"{MFA}{name}"}
        url = f"{self.mock.url}/oauth/token"
        return dict(self.tokens.authenticated_post(url, {**body, "mfa_token": mfa_token, **code}))

    def associate(self, mfa_token: str, **wish: object) -> dict[str, Any]:
        """Enroll an authenticator."""
        return dict(RestClient(mfa_token).post(f"{self.mock.url}/mfa/associate", data=wish))

    def verify(self, id_token: str) -> dict[str, Any]:
        """Verify an id_token by signature and claims."""
        keys = AsymmetricSignatureVerifier(f"{self.mock.url}/.well-known/jwks.json")
        verifier = TokenVerifier(keys, self.mock.issuer, self.mock.info["client_id"], leeway=60)
        return dict(verifier.verify(id_token))


@pytest.fixture
def application(mock: Mock) -> Application:
    """An application and a user without authenticators."""
    return Application(mock, mock.person())


def test_otp(application: Application) -> None:
    """It enrolls an app, logs in, renews the token and reads the user."""
    mfa_token = application.login()
    secret = application.associate(mfa_token, authenticator_types=["otp"])["secret"]
    application.grant("otp", mfa_token, otp=application.person.otp(secret))
    application.person.wait()
    mfa_token = application.login()
    tokens = application.grant("otp", mfa_token, otp=application.person.otp(secret))
    assert application.person.user_id == application.verify(tokens["id_token"])["sub"]
    renewed = application.tokens.refresh_token(tokens["refresh_token"])
    user = Users(application.mock.domain).userinfo(renewed["access_token"])
    assert application.person.user_id == user["sub"]


def test_recovery_code(application: Application) -> None:
    """It logs in with the recovery code and is given the next one."""
    mfa_token = application.login()
    enrolled = application.associate(mfa_token, authenticator_types=["otp"])
    application.grant("otp", mfa_token, otp=application.person.otp(enrolled["secret"]))
    (first,) = enrolled["recovery_codes"]
    tokens = application.grant("recovery-code", application.login(), recovery_code=first)
    assert first != tokens["recovery_code"]


@pytest.mark.parametrize("channel", ["sms", "voice", "email"])
def test_delivered_code(application: Application, channel: str) -> None:
    """It enrolls an address, is challenged and logs in by the codes that were sent."""
    mock, mfa_token = application.mock, application.login()
    address = application.person.email if channel == "email" else mock.phone()
    wish = {"authenticator_types": ["oob"], "oob_channels": [channel]}
    name = "email" if channel == "email" else "phone_number"
    enrolled = application.associate(mfa_token, **wish, **{name: address})
    code = {"oob_code": enrolled["oob_code"], "binding_code": mock.code(address)}
    application.grant("oob", mfa_token, **code)
    mfa_token = application.login()
    challenge = application.tokens.authenticated_post(
        f"{mock.url}/mfa/challenge",
        {"client_id": mock.info["client_id"], "mfa_token": mfa_token, "challenge_type": "oob"},
    )
    code = {"oob_code": challenge["oob_code"], "binding_code": mock.code(address)}
    tokens = application.grant("oob", mfa_token, **code)
    assert application.person.user_id == application.verify(tokens["id_token"])["sub"]


def test_deletion(application: Application) -> None:
    """With an access token for the MFA audience it lists and deletes, the id percent-encoded."""
    url, wish = f"{application.mock.url}/mfa/", "openid read:authenticators remove:authenticators"
    enroll = application.associate(application.login(), authenticator_types=["otp"])
    assert enroll["secret"]
    realm = application.mock.info["connection"]
    access = application.tokens.login(
        **application.person.credentials, scope=wish, realm=realm, audience=url
    )
    client = RestClient(access["access_token"])
    (pending,) = [each for each in client.get(f"{url}authenticators") if not each["active"]][:1]
    client.delete(f"{url}authenticators/{quote(pending['id'], safe='')}")
    assert pending["id"] not in {each["id"] for each in client.get(f"{url}authenticators")}


def test_client_credentials(mock: Mock) -> None:
    """It gets a token in the application's own name."""
    tokens = tokens_of(mock).client_credentials(mock.info["audience"])
    assert ("Bearer", 86_400) == (tokens["token_type"], tokens["expires_in"])


def test_wrong_password(application: Application) -> None:
    """A refusal is read with its code and description."""
    with pytest.raises(Auth0Error) as refused:
        application.tokens.login(
            application.person.email, "wrong", realm=application.mock.info["connection"]
        )
    told = (refused.value.status_code, refused.value.error_code, refused.value.message)
    assert (403, "invalid_grant", "Wrong email or password.") == told
