"""A client of a mock tenant that proves itself by signed assertions."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

    from tests.mock.conftest import Harness, Person, Reply

TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
CLIENTS = "/__mock__/clients"


@cache
def key(name: str) -> RSAPrivateKey:
    """A key by its name; each is made once, for that takes a tenth of a second."""
    del name
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def public_pem(private: RSAPrivateKey) -> str:
    """The public half of a key, as a client registers it."""
    encoding, form = serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    return private.public_key().public_bytes(encoding, form).decode()


@dataclass
class SigningClient:
    """A registered client; its assertions are right unless told otherwise."""

    tenant: Harness
    client_id: str
    numbers: itertools.count[int] = field(default_factory=itertools.count)

    def assertion(
        self,
        claims: Mapping[str, object] | None = None,
        *,
        key_name: str = "own",
        algorithm: str = "RS256",
    ) -> str:
        """Sign; `claims` replace the right ones, None leaves one out."""
        now = int(self.tenant.clock.now)
        said = {
            "iss": self.client_id,
            "sub": self.client_id,
            "aud": "https://tenant.example/",
            "iat": now,
            "exp": now + 60,
            "jti": f"assertion-{next(self.numbers)}",
            **(claims or {}),
        }
        said = {name: value for name, value in said.items() if value is not None}
        return jwt.encode(said, key(key_name), algorithm)

    def credentials(self, assertion: str | None = None) -> dict[str, str | None]:
        """What proves the client in a body: a fresh assertion unless one is given."""
        return {
            "client_id": self.client_id,
            "client_secret": None,
            "client_assertion_type": TYPE,
            "client_assertion": assertion or self.assertion(),
        }

    def login(self, user: Person, assertion: str | None = None, **changes: str | None) -> Reply:
        """Log a user in; `changes` replace parameters."""
        return user.login(**{**self.credentials(assertion), **changes})


def register(tenant: Harness, **more: str) -> SigningClient:
    """Register a client by the public half of its key."""
    answer = tenant.post(CLIENTS, {"public_key": public_pem(key("own")), **more})
    return SigningClient(tenant, str(answer.body["client_id"]))
