"""Applications that sign assertions instead of sending a secret."""

from __future__ import annotations

import time
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from pytest_auth0_mfa.api.application import ASSERTION_TYPE, Application
from pytest_auth0_mfa.api.assertion import (
    ALGORITHMS,
    ClientKey,
    UnusableKeyError,
    generate_key,
    read_key,
)
from pytest_auth0_mfa.api.client import OMIT

AUDIENCE = "https://acme.us.auth0.com/"


@pytest.fixture(scope="module")
def key() -> ClientKey:
    """A key, made once: that takes a tenth of a second."""
    return generate_key(AUDIENCE)


@pytest.fixture(scope="module")
def application(key: ClientKey) -> Application:
    """An application with that key."""
    return Application("an-application").with_key(key)


def pem_of(private: Any, password: bytes | None = None) -> bytes:  # noqa: ANN401 - any kind of key
    """A private key in PEM form, encrypted where a password is given."""
    encryption = (
        serialization.BestAvailableEncryption(password)
        if password
        else serialization.NoEncryption()
    )
    encoding, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    return bytes(private.private_bytes(encoding, form, encryption))


def claims_of(application: Application, verifier: ClientKey) -> dict[str, Any]:
    """The claims of a fresh assertion, verified with the public half of a key."""
    assertion = str(application.in_body()["client_assertion"])
    return jwt.decode(assertion, verifier.public_pem, [verifier.algorithm], audience=AUDIENCE)


def test_parameters(application: Application) -> None:
    """The body names the application, the type, and carries no secret."""
    body = application.in_body()
    assert ["client_id", "client_assertion_type", "client_assertion"] == list(body)
    assert ("an-application", ASSERTION_TYPE) == (body["client_id"], body["client_assertion_type"])
    assert "<client_assertion>" == repr(body["client_assertion"])
    assert application.in_header() is None


def test_claims(application: Application, key: ClientKey) -> None:
    """Every claim that the guide requires, for a minute from now."""
    claims = claims_of(application, key)
    assert {"iss", "sub", "aud", "iat", "exp", "jti"} == set(claims)
    assert ("an-application", "an-application") == (claims["iss"], claims["sub"])
    assert 60 == claims["exp"] - claims["iat"]
    assert abs(time.time() - claims["iat"]) < 60
    assert len(claims["jti"]) == 36


def test_each_is_new(application: Application, key: ClientKey) -> None:
    """An assertion can be used once, so every request has its own."""
    first, second = (claims_of(application, key)["jti"] for _ in range(2))
    assert first != second


def test_changed_claims(application: Application, key: ClientKey) -> None:
    """A test can change a claim, or leave it out, and the application stays as it was."""
    faulty = application.asserting(sub="another").asserting(jti=OMIT)
    claims = claims_of(faulty, key)
    assert ("another", None) == (claims["sub"], claims.get("jti"))
    assert "an-application" == claims_of(application, key)["sub"]


def test_another_key(application: Application, key: ClientKey) -> None:
    """The signature of a stranger does not verify."""
    with pytest.raises(jwt.InvalidSignatureError):
        claims_of(application.with_another_key(), key)


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_algorithms(key: ClientKey, algorithm: str) -> None:
    """A key signs by its algorithm, or by another one that a tenant knows."""
    read = read_key(pem_of(key.private), AUDIENCE, algorithm)
    application = Application("an-application").with_key(read)
    assert claims_of(application, read)
    other = application.with_another_algorithm().in_body()["client_assertion"]
    used = jwt.get_unverified_header(str(other))["alg"]
    assert used in {*ALGORITHMS} - {algorithm}


def test_shown(application: Application) -> None:
    """An application is shown without its key."""
    assert "RSAPrivateKey" not in repr(application)
    assert "PRIVATE" not in repr(application)


def test_without_key() -> None:
    """What has no key cannot assert anything, and says so."""
    with pytest.raises(TypeError, match="an-application has no key"):
        Application("an-application").asserting(sub="another")


@pytest.mark.parametrize(
    ("pem", "told"),
    [
        (b"nonsense", "no private key in PEM form"),
        (b"\xff", "no private key in PEM form"),
        (pem_of(ec.generate_private_key(ec.SECP256R1())), "not of RSA"),
        (pem_of(ec.generate_private_key(ec.SECP256R1()), b"password"), "is encrypted"),
    ],
    ids=["nonsense", "bytes", "elliptic", "encrypted"],
)
def test_unusable(pem: bytes, told: str) -> None:
    """Each kind of mistake is told in its own words."""
    with pytest.raises(UnusableKeyError, match=told):
        read_key(pem, AUDIENCE, "RS256")


def test_public_half_is_no_private_key() -> None:
    """The wrong one of the two files is told as well."""
    pem = ClientKey(AUDIENCE, rsa.generate_private_key(65537, 2048)).public_pem
    with pytest.raises(UnusableKeyError, match="no private key"):
        read_key(pem.encode(), AUDIENCE, "RS256")
