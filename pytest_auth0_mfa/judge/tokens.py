"""Reading signed tokens as any relying party would: with a JWT library and the tenant's JWKS."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

import jwt

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jwt.types import Options

_SIGNATURE_ONLY: Final[Options] = {
    "verify_aud": False,
    "verify_exp": False,
    "verify_iat": False,
    "verify_iss": False,
    "verify_jti": False,
    "verify_nbf": False,
    "verify_sub": False,
}


def verify_signature(token: str, jwks: object) -> Mapping[str, object] | str:
    """Verify an RS256 signature by the key that the token names.

    Returns the claims, or in words why it does not verify. Times, issuer and audience are not
    looked at: each has a requirement of its own, and a tenant's clock may have been moved.
    """
    try:
        header = jwt.get_unverified_header(token)
        keys = jwt.PyJWKSet.from_dict(cast("dict[str, object]", jwks))
        key = next(key for key in keys.keys if key.key_id == header.get("kid"))
        claims = jwt.decode(token, key, algorithms=["RS256"], options=_SIGNATURE_ONLY)
    except StopIteration:
        return "no key of the JWKS has the kid of the token's header"
    except (jwt.PyJWTError, AttributeError, TypeError) as error:
        return f"{type(error).__name__} for this token and JWKS"
    return cast("Mapping[str, object]", claims)


def read_claims(token: str) -> Mapping[str, object]:
    """The claims of a signed token, its signature left alone; empty where it is no JWT."""
    try:
        return cast("Mapping[str, object]", jwt.decode(token, options={"verify_signature": False}))
    except jwt.PyJWTError:
        return {}
