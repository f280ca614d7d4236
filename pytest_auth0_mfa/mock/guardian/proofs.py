"""What a device proves by a JWT that it signs: who it is, to whom it speaks, and when.

Owns the checks that answers to prompts and bearers of device accounts have in common. A check
that fails raises `UnprovenError`. Must not know what was to be proved.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pytest_auth0_mfa.mock.guardian import device_keys

if TYPE_CHECKING:
    from pytest_auth0_mfa.mock.guardian.device import Device
    from pytest_auth0_mfa.mock.messages import Json, JsonObject, Request
    from pytest_auth0_mfa.mock.rules import Rules

# Later moments are beyond the calendar, and some of them beyond arithmetic.
_LAST_MOMENT: Final = 1e12


class UnprovenError(Exception):
    """A JWT does not prove what it should; the message says which check failed."""


def signed(device: Device, token: str, rules: Rules) -> JsonObject:
    """Return the claims of a JWT that the device signed with its one algorithm."""
    claims = device.key.verify(token)
    if claims is None and _passes_for_signed(token, rules):
        claims = device_keys.unverified(token)
    if claims is None:
        raise UnprovenError(f"it is not signed by {device.key.algorithm} with the enrolled key")
    return claims


def _passes_for_signed(token: str, rules: Rules) -> bool:
    """Tell whether a lenient tenant takes a JWT that the device did not sign."""
    is_unsigned = token.endswith(".")
    return not (rules.device_unsigned_refused if is_unsigned else rules.device_key_checked)


def check_claims(claims: JsonObject, **expected: str) -> None:
    """Check that claims have the values that are expected."""
    for name, value in expected.items():
        if claims.get(name) != value:
            raise UnprovenError(f"{name} must be {value}")


def check_audience(claims: JsonObject, request: Request, path: str) -> None:
    """Check that a JWT is meant for a path of this tenant; a proxy may have changed the scheme."""
    expected, audience = request.host + path, str(claims.get("aud"))
    if audience not in {f"https://{expected}", f"http://{expected}"}:
        raise UnprovenError(f"aud must be {request.base_url}{path}")


def check_times(claims: JsonObject, now: float, lifetime_s: float, rules: Rules) -> None:
    """Check that a JWT is good at `now` (epoch seconds) and not for longer than allowed."""
    issued_at, expires_at = _moment(claims.get("iat")), _moment(claims.get("exp"))
    if not 0 < expires_at - issued_at <= lifetime_s:
        raise UnprovenError(f"exp must be at most {lifetime_s:g} seconds after iat")
    if issued_at > now + rules.device_clock_skew_s:
        raise UnprovenError("iat is in the future")
    if expires_at <= now - rules.device_clock_skew_s:
        raise UnprovenError("it is expired")


def _moment(claim: Json) -> float:
    if isinstance(claim, bool) or not isinstance(claim, (int, float)):
        raise UnprovenError("iat and exp must be numbers of seconds")
    if not 0 <= claim <= _LAST_MOMENT:
        raise UnprovenError("iat and exp must be moments of the calendar")
    return float(claim)
