"""The tenant's signing key: RS256, one key, published as a JWK set.

Owns key material and signatures. Must not know what a claim means or when a token expires.
`jwt` and `cryptography` cost more to import than the rest of the mock together, and a key takes
a tenth of a second to make, so all of it waits for the first use.
"""

from __future__ import annotations

import json
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from random import Random

    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey

    from pytest_auth0_mfa.mock.messages import Json, JsonObject

_ALGORITHM = "RS256"
_KEY_BITS = 2048
_DOTS = 2


class SigningKey:
    """One RSA key with its `kid`; made when first needed."""

    def __init__(self, entropy: Random) -> None:
        """Draw the `kid`; the key itself comes from OpenSSL, which takes no seed."""
        self.kid = f"{entropy.getrandbits(126):021x}"[:21]

    def sign(self, claims: Mapping[str, Json]) -> str:
        """Return a JWT over `claims` in compact form, with `kid` in its header."""
        import jwt  # noqa: PLC0415  Slow to import, see above.

        return jwt.encode(dict(claims), self._private, _ALGORITHM, headers={"kid": self.kid})

    def verify(self, token: str) -> JsonObject | None:
        """Return the claims of a JWT that this key signed, else None; expiry is not judged."""
        if token.count(".") != _DOTS:
            return None
        import jwt  # noqa: PLC0415  Slow to import, see above.

        unjudged = {f"verify_{claim}": False for claim in ("aud", "exp", "iat", "nbf", "iss")}
        try:
            return jwt.decode(token, self._public, [_ALGORITHM], options=unjudged)  # type: ignore[arg-type]
        except (jwt.PyJWTError, RecursionError):
            # Deeply nested JSON in a forged header exhausts the parser before any check.
            return None

    def unverified(self, token: str) -> JsonObject | None:
        """Return the claims of a JWT, whoever signed it; None where it is none."""
        import jwt  # noqa: PLC0415  Slow to import, see above.

        try:
            return jwt.decode(token, options={"verify_signature": False})
        except (jwt.PyJWTError, RecursionError):
            return None

    @cached_property
    def jwk_set(self) -> JsonObject:
        """The public key as `/.well-known/jwks.json` shows it."""
        from jwt.algorithms import RSAAlgorithm  # noqa: PLC0415  Slow to import, see above.

        public: dict[str, str] = json.loads(RSAAlgorithm.to_jwk(self._public))
        key = {"kty": "RSA", "use": "sig", "n": public["n"], "e": public["e"]}
        return {"keys": [{**key, "kid": self.kid, "alg": _ALGORITHM}]}

    @cached_property
    def _private(self) -> RSAPrivateKey:
        from cryptography.hazmat.primitives.asymmetric import rsa  # noqa: PLC0415  As above.

        return rsa.generate_private_key(public_exponent=65537, key_size=_KEY_BITS)

    @cached_property
    def _public(self) -> RSAPublicKey:
        return self._private.public_key()
