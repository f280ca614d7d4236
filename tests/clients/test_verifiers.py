"""Libraries that verify tokens by the tenant's published keys, as back ends do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import jwt
import pytest
import requests
from joserfc import jwt as joserfc_jwt
from joserfc.errors import BadSignatureError
from joserfc.jwk import KeySet

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tests.clients.conftest import Mock, Person

    Claims = Mapping[str, Any]
    Verify = Callable[[Mock, str], Claims]

MFA_OTP = "http://auth0.com/oauth/grant-type/mfa-otp"


@pytest.fixture(scope="module")
def person(mock: Mock) -> Person:
    """A user who logs in once."""
    return mock.person()


@pytest.fixture(scope="module")
def tokens(mock: Mock, person: Person) -> Claims:
    """The tokens of a login with a second factor, for an API."""

    def post(path: str, **parts: Any) -> Any:  # noqa: ANN401  The parts of a request.
        return requests.post(f"{mock.url}{path}", verify=mock.ca_file, timeout=30, **parts).json()

    wish = {"audience": mock.info["audience"], "scope": "openid email"}
    form = {"grant_type": "password", **mock.client, **person.credentials, **wish}
    mfa_token = post("/oauth/token", data=form)["mfa_token"]
    bearer = {"Authorization": f"Bearer {mfa_token}"}
    enrolled = post("/mfa/associate", json={"authenticator_types": ["otp"]}, headers=bearer)
    code = {"mfa_token": mfa_token, "otp": person.otp(enrolled["secret"])}
    form = {"grant_type": MFA_OTP, **mock.client, **code}
    return dict(post("/oauth/token", data=form))


def by_pyjwt(mock: Mock, token: str) -> Claims:
    """Verify by PyJWT, which fetches the key that the token names."""
    key = jwt.PyJWKClient(f"{mock.url}/.well-known/jwks.json").get_signing_key_from_jwt(token)
    audience = [mock.info["client_id"], mock.info["audience"]]
    return dict(jwt.decode(token, key, algorithms=["RS256"], audience=audience, issuer=mock.issuer))


def by_joserfc(mock: Mock, token: str) -> Claims:
    """Verify by joserfc, which imports the whole set of keys."""
    url = f"{mock.url}/.well-known/jwks.json"
    published = requests.get(url, verify=mock.ca_file, timeout=30).json()
    decoded = joserfc_jwt.decode(token, KeySet.import_key_set(published), algorithms=["RS256"])
    audiences = [mock.info["client_id"], mock.info["audience"]]
    joserfc_jwt.JWTClaimsRegistry(
        leeway=5,
        iss={"essential": True, "value": mock.issuer},
        aud={"essential": True, "values": audiences},
        exp={"essential": True},
    ).validate(decoded.claims)
    return decoded.claims


verifiers = pytest.mark.parametrize("verify", [by_pyjwt, by_joserfc])


@verifiers
def test_id_token(mock: Mock, person: Person, tokens: Claims, verify: Verify) -> None:
    """Signature, issuer, audience and times hold; the claims are the user's."""
    claims = verify(mock, tokens["id_token"])
    assert (person.user_id, person.email) == (claims["sub"], claims["email"])


@verifiers
def test_access_token(mock: Mock, person: Person, tokens: Claims, verify: Verify) -> None:
    """An API that is named gets a token that it can verify itself."""
    claims = verify(mock, tokens["access_token"])
    assert (person.user_id, [mock.info["audience"], f"{mock.url}/userinfo"]) == (
        claims["sub"],
        claims["aud"],
    )


@verifiers
def test_changed_token(mock: Mock, tokens: Claims, verify: Verify) -> None:
    """A token with another signature does not verify."""
    head, claims, signature = tokens["id_token"].split(".")
    other = signature[:10] + ("A" if signature[10] != "A" else "B") + signature[11:]
    with pytest.raises((jwt.InvalidSignatureError, BadSignatureError)):
        verify(mock, f"{head}.{claims}.{other}")
