"""Assertions by which a client proves itself without a secret (`private_key_jwt`).

Owns which assertion is good for which client, and the keys that verify them:
https://auth0.com/docs/get-started/authentication-and-authorization-flow/authenticate-with-private-key-jwt
Must not know what the client asks for. `jwt` and `cryptography` are slow to import, so they wait
for the first client that signs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pytest_auth0_mfa.mock import audiences

if TYPE_CHECKING:
    from pytest_auth0_mfa.mock.calls import Call
    from pytest_auth0_mfa.mock.messages import Json, JsonObject
    from pytest_auth0_mfa.mock.model import Client
    from pytest_auth0_mfa.mock.rules import Rules

TYPE: Final = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
"""The `client_assertion_type` of https://www.rfc-editor.org/rfc/rfc7523#section-2.2."""

ALGORITHMS: Final = ("RS256", "RS384", "PS256")
"""What a client may sign with: the one that its key was registered for."""

_LEAST_BITS: Final = 2048
_MOST_BITS: Final = 4096
_REQUIRED: Final = frozenset({"iss", "sub", "aud", "exp", "jti"})
_TEXTS: Final = ("iss", "sub", "jti")
_UNJUDGED: Final = {
    f"verify_{claim}": False for claim in ("aud", "exp", "iat", "nbf", "iss", "sub", "jti")
}


class UnusableKeyError(Exception):
    """A text is no public key that a client may register; the message says why."""


class UsedAssertions:
    """The assertions that were accepted and have not expired yet."""

    def __init__(self) -> None:
        """Begin with none."""
        self._ends: dict[str, float] = {}

    def add(self, identifier: str, expires_at: float, now: float) -> bool:
        """Note that an assertion is used; tell whether it had not been before."""
        if self._ends.get(identifier, now) > now:
            return False
        self._ends[identifier] = expires_at
        self._forget(now)
        return True

    def _forget(self, now: float) -> None:
        """Drop the oldest that have expired: all of them live for minutes, so few stay longer."""
        while self._ends:
            oldest = next(iter(self._ends))
            if self._ends[oldest] > now:
                return
            del self._ends[oldest]


def check_key(pem: str) -> None:
    """Raise `UnusableKeyError` unless `pem` is the public half of an RSA key of a fair size."""
    from cryptography.exceptions import UnsupportedAlgorithm  # noqa: PLC0415  See above.
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey  # noqa: PLC0415
    from cryptography.hazmat.primitives.serialization import load_pem_public_key  # noqa: PLC0415

    try:
        key = load_pem_public_key(pem.encode())
    except (ValueError, UnsupportedAlgorithm) as fault:
        raise UnusableKeyError("public_key must be a public key in PEM form") from fault
    if not isinstance(key, RSAPublicKey) or not _LEAST_BITS <= key.key_size <= _MOST_BITS:
        raise UnusableKeyError(f"public_key must be of RSA, {_LEAST_BITS} to {_MOST_BITS} bits")


def named_client(assertion: str) -> str | None:
    """Return the client that an assertion names, before anything of it is verified."""
    subject = _read(assertion, "", (), is_verified=False).get("sub")
    return subject if isinstance(subject, str) else None


def proves(call: Call, client: Client, assertion: str) -> bool:
    """Tell whether an assertion proves that the client makes this call; it is used up then."""
    rules = call.tenant.rules
    if rules.assertion_type_checked and call.optional("client_assertion_type") != TYPE:
        return False
    algorithms = (client.algorithm,) if rules.assertion_algorithm_checked else ALGORITHMS
    claims = _read(
        assertion, client.public_key, algorithms, is_verified=rules.assertion_signature_checked
    )
    if not _REQUIRED - rules.unneeded_assertion_claims <= claims.keys():
        return False
    if not all(isinstance(claims.get(name, ""), str) for name in _TEXTS):
        return False
    if not (_is_of(claims, client, rules) and _is_for(call, claims) and _is_timely(call, claims)):
        return False
    return _is_first(call, client, claims)


def _is_of(claims: JsonObject, client: Client, rules: Rules) -> bool:
    named = {claims.get(name, client.client_id) for name in ("iss", "sub")}
    return named == {client.client_id} or not rules.assertion_subject_checked


def _is_for(call: Call, claims: JsonObject) -> bool:
    """Tell whether the audience is this tenant, which a proxy may serve by another scheme."""
    if not call.tenant.rules.assertion_audience_checked:
        return True
    own = audiences.issuer(call.request).partition("://")[2]
    named = claims.get("aud", f"https://{own}")
    listed = named if isinstance(named, list) else [named]
    return any(isinstance(each, str) and each.partition("://")[2] == own for each in listed)


def _is_timely(call: Call, claims: JsonObject) -> bool:
    rules, now = call.tenant.rules, call.tenant.now()
    starts = [_moment(claims[name]) for name in ("iat", "nbf") if name in claims]
    if any(start is None or start > now + rules.assertion_clock_skew_s for start in starts):
        return False
    if "exp" not in claims:
        return True
    end = _moment(claims["exp"])
    if end is None or (end <= now and rules.assertion_expiry_checked):
        return False
    issued_at = _moment(claims["iat"]) if "iat" in claims else None
    return end - (now if issued_at is None else issued_at) <= rules.assertion_lifetime_s


def _is_first(call: Call, client: Client, claims: JsonObject) -> bool:
    if not call.tenant.rules.assertion_used_once or "jti" not in claims:
        return True
    now, identifier = call.tenant.now(), f"{client.client_id} {claims['jti']}"
    return call.tenant.used_assertions.add(identifier, _moment(claims.get("exp")) or now, now)


def _moment(value: Json) -> float | None:
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return float(str(value)) if is_number else None


def _read(
    assertion: str, public_key: str, algorithms: tuple[str, ...], *, is_verified: bool
) -> JsonObject:
    """Return the claims of an assertion, nothing where it is none or its signature is wrong."""
    import jwt  # noqa: PLC0415  Slow to import, see above.

    options = {**_UNJUDGED, "verify_signature": is_verified}
    try:
        if algorithms and jwt.get_unverified_header(assertion).get("alg") not in algorithms:
            return {}
        return jwt.decode(assertion, public_key, list(algorithms), options=options)  # type: ignore[arg-type]
    except (jwt.PyJWTError, ValueError, RecursionError):
        # Deeply nested JSON in a forged header exhausts the parser before any check.
        return {}
