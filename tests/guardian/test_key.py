"""Key pairs: the public half as the device API takes it, and signatures that it verifies."""

from __future__ import annotations

from base64 import urlsafe_b64decode

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from pytest_auth0_mfa.guardian import DeviceKey


def octets(text: str) -> bytes:
    """What base64url without padding stands for."""
    assert "=" not in text
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def test_rsa(rsa_key: DeviceKey) -> None:
    """The default: 2048 bits, the exponent as everywhere."""
    jwk = rsa_key.jwk()
    fixed = {"kty": "RSA", "alg": "RS256", "use": "sig", "e": "AQAB"}
    assert fixed == {name: value for name, value in jwk.items() if name != "n"}
    assert 256 == len(octets(jwk["n"]))


def test_leading_zero(rsa_key: DeviceKey) -> None:
    """The form of Android has one zero octet more and the same number."""
    plain, padded = (octets(rsa_key.jwk(leading_zero=zero)["n"]) for zero in (False, True))
    assert b"\0" + plain == padded


def test_elliptic_curve() -> None:
    """P-256, on request."""
    jwk = DeviceKey.generate("EC").jwk(leading_zero=True)
    fixed = {"kty": "EC", "crv": "P-256", "alg": "ES256", "use": "sig"}
    assert fixed == {name: value for name, value in jwk.items() if name not in {"x", "y"}}
    assert [32, 32] == [len(octets(jwk[name])) for name in ("x", "y")]


def test_short_coordinates_keep_their_length() -> None:
    """A coordinate that begins with zeros is written with them."""
    keys = (ec.derive_private_key(number, ec.SECP256R1()) for number in range(1, 2000))
    key = next(key for key in keys if key.public_key().public_numbers().x < 2**248)
    assert b"\0" == octets(DeviceKey(key).jwk()["x"])[:1]
    assert 32 == len(octets(DeviceKey(key).jwk()["x"]))


@pytest.mark.parametrize(("key_type", "algorithm"), [("RSA", "RS256"), ("EC", "ES256")])
def test_signature(key_type: str, algorithm: str, rsa_key: DeviceKey) -> None:
    """The public half verifies what the private half signed; the header has two fields."""
    key = rsa_key if key_type == "RSA" else DeviceKey.generate("EC")
    signed = key.sign({"sub": "x"})
    assert {"sub": "x"} == jwt.decode(signed, jwt.PyJWK(key.jwk()), [algorithm])
    assert {"alg": algorithm, "typ": "JWT"} == jwt.get_unverified_header(signed)


def test_shows_its_kind_only(rsa_key: DeviceKey) -> None:
    """What pytest prints of a key is no key."""
    assert "<DeviceKey RS256>" == repr(rsa_key)
