"""Public keys of devices, as they send them: JSON Web Keys.

Owns which keys are taken: RSA of 2048 bits for RS256, as the SDKs make them, and P-256 for ES256,
as https://github.com/abbaspour/guardian-bash enrolls them with the real service. Must not know
what is signed. `jwt` is slow to import, so it waits for the first device.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_auth0_mfa.mock.messages import Json, JsonObject

_MOST_BITS: Final = 4096
_MEMBERS: Final = {"RSA": ("n", "e"), "EC": ("crv", "x", "y")}
_ALGORITHMS: Final = {"RSA": "RS256", "EC": "ES256"}
_CURVE: Final = "P-256"
_UNJUDGED: Final = {
    f"verify_{claim}": False for claim in ("aud", "exp", "iat", "nbf", "iss", "sub", "jti")
}


class UnusableKeyError(Exception):
    """A JSON Web Key is not one that devices may use; the message says why."""


@dataclass(frozen=True, slots=True)
class DeviceKey:
    """The key by which a device is recognized, and the one algorithm that it signs with."""

    algorithm: str
    public: Any  # Of `cryptography`, which a mock without devices never loads.

    def verify(self, token: str) -> JsonObject | None:
        """Return the claims of a JWT that the device signed, else None; none of them is judged."""
        import jwt  # noqa: PLC0415  Slow to import, see above.

        try:
            return jwt.decode(token, self.public, [self.algorithm], options=_UNJUDGED)  # type: ignore[arg-type]
        except (jwt.PyJWTError, ValueError, RecursionError):
            # Deeply nested JSON in a forged header exhausts the parser before any check.
            return None


def unverified(token: str) -> JsonObject | None:
    """Return the claims of a JWT whoever signed it, None where it is none."""
    import jwt  # noqa: PLC0415  Slow to import, see above.

    try:
        return jwt.decode(token, options={"verify_signature": False})
    except (jwt.PyJWTError, ValueError, RecursionError):
        return None


def read(jwk: Mapping[str, Json], least_bits: int, *, ec_keys_taken: bool = True) -> DeviceKey:
    """Return the key that a JWK describes, or raise `UnusableKeyError`."""
    kind, algorithm = str(jwk.get("kty")), str(jwk.get("alg")).upper()
    if kind == "EC" and not ec_keys_taken:
        raise UnusableKeyError("public_key must be of kty RSA")
    if kind not in _ALGORITHMS or algorithm != _ALGORITHMS[kind]:
        raise UnusableKeyError("public_key must be of kty RSA for RS256, or EC for ES256")
    if jwk.get("use", "sig") != "sig":
        raise UnusableKeyError("public_key must be for signatures: use must be sig")
    if kind == "EC" and jwk.get("crv") != _CURVE:
        raise UnusableKeyError(f"public_key of kty EC must be on {_CURVE}")
    key = DeviceKey(algorithm, _public(kind, jwk))
    if kind == "RSA" and not least_bits <= key.public.key_size <= _MOST_BITS:
        raise UnusableKeyError(f"public_key of kty RSA must have {least_bits} bits")
    return key


def _public(kind: str, jwk: Mapping[str, Json]) -> Any:  # noqa: ANN401  See `DeviceKey.public`.
    """Build the key; integers may begin with zero octets, as Java and so Android write them."""
    import jwt  # noqa: PLC0415  Slow to import, see above.
    from jwt.algorithms import ECAlgorithm, RSAAlgorithm  # noqa: PLC0415  As above.

    members = {name: jwk.get(name) for name in _MEMBERS[kind]}
    if not all(isinstance(each, str) and each.isascii() for each in members.values()):
        raise UnusableKeyError(f"public_key must have the members {', '.join(members)}")
    reader = RSAAlgorithm if kind == "RSA" else ECAlgorithm
    try:
        # Private members are left out, or a private key would be read.
        return reader.from_jwk({"kty": kind, **members})
    except (jwt.PyJWTError, ValueError) as fault:
        raise UnusableKeyError(f"public_key is no {kind} key: {fault}") from fault
