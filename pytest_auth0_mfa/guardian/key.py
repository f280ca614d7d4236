"""The key pair of a device: its public half as a JWK, and what its private half signs.

Source of the forms: https://github.com/auth0/Guardian.swift (RSA of 2048 bits, RS256),
https://github.com/abbaspour/guardian-bash (P-256, ES256).
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from typing import TYPE_CHECKING, Final, Literal

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa

if TYPE_CHECKING:
    from collections.abc import Mapping

KeyType = Literal["RSA", "EC"]
"""Names of key types as RFC 7518, section 6.1, has them."""

_RSA_BITS: Final = 2048
_P256_OCTETS: Final = 32


class DeviceKey:
    """One key pair. RSA unless an elliptic curve is asked for; its `repr` shows the type only."""

    def __init__(self, private: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> None:
        """Hold a key: RSA, or P-256."""
        self._private = private

    @classmethod
    def generate(cls, key_type: KeyType = "RSA") -> DeviceKey:
        """Make a new key; RSA of 2048 bits takes about a tenth of a second."""
        if key_type == "EC":
            return cls(ec.generate_private_key(ec.SECP256R1()))
        return cls(rsa.generate_private_key(public_exponent=65537, key_size=_RSA_BITS))

    @property
    def algorithm(self) -> Literal["RS256", "ES256"]:
        """How it signs (RFC 7518, section 3.1)."""
        return "RS256" if isinstance(self._private, rsa.RSAPrivateKey) else "ES256"

    def jwk(self, *, leading_zero: bool = False) -> dict[str, str]:
        """The public key as the device API takes it.

        `leading_zero` puts a zero octet before the modulus of an RSA key, as the library for
        Android does; without it the form is that of RFC 7518.
        """
        public = self._private.public_key()
        marks = {"alg": self.algorithm, "use": "sig"}
        if isinstance(public, rsa.RSAPublicKey):
            return {"kty": "RSA", **marks, **_rsa(public.public_numbers(), leading_zero)}
        return {"kty": "EC", **marks, **_p256(public.public_numbers())}

    def sign(self, claims: Mapping[str, object]) -> str:
        """A compact JWT of these claims, with the header `alg` and `typ` only."""
        return jwt.encode(dict(claims), self._private, self.algorithm)

    def __repr__(self) -> str:
        """Show the algorithm only."""
        return f"<DeviceKey {self.algorithm}>"


def _rsa(numbers: rsa.RSAPublicNumbers, leading_zero: bool) -> dict[str, str]:  # noqa: FBT001 - of `jwk`
    zero = b"\0" if leading_zero else b""
    return {"e": _base64url(_octets(numbers.e)), "n": _base64url(zero + _octets(numbers.n))}


def _p256(numbers: ec.EllipticCurvePublicNumbers) -> dict[str, str]:
    # Coordinates have full length, zeros in front included: RFC 7518, section 6.2.1.2.
    x, y = (each.to_bytes(_P256_OCTETS, "big") for each in (numbers.x, numbers.y))
    return {"crv": "P-256", "x": _base64url(x), "y": _base64url(y)}


def _octets(number: int) -> bytes:
    return number.to_bytes((number.bit_length() + 7) // 8, "big")


def _base64url(octets: bytes) -> str:
    return urlsafe_b64encode(octets).rstrip(b"=").decode()
