"""The key of an application that proves itself by signed assertions instead of a secret.

Source: https://auth0.com/docs/get-started/authentication-and-authorization-flow/authenticate-with-private-key-jwt
`jwt` and `cryptography` are slow to import, so they wait for the first key.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from pytest_auth0_mfa.api.client import OMIT
from pytest_auth0_mfa.api.secret import Secret

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

ALGORITHMS: Final = ("RS256", "RS384", "PS256")
"""What an application may sign with; a tenant knows for each key with which of them."""

LIFETIME_S: Final = 60
"""How long an assertion is good for; the guide advises a minute, the tenant takes five."""

KEY_BITS: Final = 2048


class UnusableKeyError(ValueError):
    """A text is no private key that can sign assertions; the message says why."""


@dataclass(frozen=True, slots=True)
class ClientKey:
    """A private key, and what the assertions that it signs say.

    `audience` is the issuer of the tenant that they are for; `claims` override single claims,
    `OMIT` leaves one out. `now` gives the tenant's time in epoch seconds.
    """

    audience: str
    private: RSAPrivateKey = field(repr=False)
    algorithm: str = ALGORITHMS[0]
    claims: Mapping[str, object] = field(default_factory=dict)
    now: Callable[[], float] = field(default=time.time, repr=False)

    @property
    def public_pem(self) -> str:
        """The public half (PEM), as a tenant registers it."""
        from cryptography.hazmat.primitives import serialization  # noqa: PLC0415 - lazily

        encoding, form = (
            serialization.Encoding.PEM,
            serialization.PublicFormat.SubjectPublicKeyInfo,
        )
        return self.private.public_key().public_bytes(encoding, form).decode()

    def asserting(self, **claims: object) -> ClientKey:
        """The same key with other claims in its assertions."""
        return replace(self, claims={**self.claims, **claims})

    def another(self) -> ClientKey:
        """Another key, for the same assertions."""
        return replace(self, private=_draw())

    def signing_otherwise(self) -> ClientKey:
        """The same key with an algorithm that a tenant knows as well, though not for it."""
        other = next(each for each in ALGORITHMS if each != self.algorithm)
        return replace(self, algorithm=other)

    def assertion(self, client_id: str) -> Secret:
        """A fresh assertion that it is the application `client_id` that makes a request."""
        import jwt  # noqa: PLC0415 - lazily

        now = int(self.now())
        claims: dict[str, object] = {
            "iss": client_id,
            "sub": client_id,
            "aud": self.audience,
            "iat": now,
            "exp": now + LIFETIME_S,
            "jti": str(uuid4()),
            **self.claims,
        }
        said = {name: value for name, value in claims.items() if value is not OMIT}
        return Secret(jwt.encode(said, self.private, self.algorithm), "client_assertion")


def generate_key(audience: str) -> ClientKey:
    """Make a new key; takes a tenth of a second."""
    return ClientKey(audience, _draw())


def read_key(pem: bytes, audience: str, algorithm: str) -> ClientKey:
    """Read a private RSA key without a password; raises `UnusableKeyError` for anything else."""
    from cryptography.exceptions import UnsupportedAlgorithm  # noqa: PLC0415 - lazily
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey  # noqa: PLC0415
    from cryptography.hazmat.primitives.serialization import load_pem_private_key  # noqa: PLC0415

    try:
        private = load_pem_private_key(pem, None)
    except TypeError:
        raise UnusableKeyError("it is encrypted; give one without a password") from None
    except (ValueError, UnsupportedAlgorithm):
        raise UnusableKeyError("it is no private key in PEM form") from None
    if not isinstance(private, RSAPrivateKey):
        raise UnusableKeyError("it is not of RSA, and tenants take no other")
    return ClientKey(audience, private, algorithm)


def _draw() -> RSAPrivateKey:
    from cryptography.hazmat.primitives.asymmetric import rsa  # noqa: PLC0415 - lazily

    return rsa.generate_private_key(public_exponent=65537, key_size=KEY_BITS)
