"""What the API tells of a user's authenticators: as methods, and as enrollments.

Owns the two descriptions, and the joining of entries that the MFA API lists one by one: those of
a phone are `phone|dev_x` with `sms|dev_x` and `voice|dev_x` within, as recorded in
https://github.com/auth0/go-auth0 test/data/recordings/TestUserManager_AuthenticationMethods.yaml.
Must not change any.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pytest_auth0_mfa.mock import dates, masks
from pytest_auth0_mfa.mock.model import Factor

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_auth0_mfa.mock.messages import Json
    from pytest_auth0_mfa.mock.model import Authenticator, User

_TYPES: Final = {
    Factor.OTP: "totp",
    Factor.SMS: "phone",
    Factor.VOICE: "phone",
    Factor.EMAIL: "email",
    Factor.PUSH: "push",
    Factor.RECOVERY_CODE: "recovery-code",
}
_ENROLLMENT_TYPES: Final = {Factor.OTP: "authenticator", Factor.PUSH: "pn", Factor.VOICE: "sms"}
_AUTH_METHODS: Final = {Factor.OTP: "authenticator", Factor.PUSH: "guardian", Factor.VOICE: "sms"}


def methods(user: User) -> list[Authenticator]:
    """Return the entry that was asked for of every enrollment."""
    return [each for each in user.authenticators.values() if not user.is_twin(each)]


def method(user: User, method_id: str) -> Authenticator | None:
    """Return the entry that an id stands for, of a phone by any of its ids."""
    kind, _, suffix = method_id.partition("|")
    kinds = ("sms", "voice") if kind == "phone" else (kind,)
    found = (user.authenticators.get(f"{each}|{suffix}") for each in kinds)
    entry = next((each for each in found if each is not None), None)
    return None if entry is None else user.pair(entry)[0]


def method_id(entry: Authenticator) -> str:
    """Return the id of a method."""
    return f"{_TYPES[entry.factor]}|{suffix(entry)}"


def suffix(entry: Authenticator) -> str:
    """Return what ids end with, which is the id of an enrollment."""
    return entry.id.partition("|")[2]


def described_method(user: User, entry: Authenticator, *, masked: bool = True) -> dict[str, Json]:
    """Describe an enrollment as a method."""
    kind = _TYPES[entry.factor]
    told: dict[str, Json] = {
        "id": method_id(entry),
        "type": kind,
        "confirmed": entry.is_active,
    }
    name = entry.name or (entry.device.name if entry.device else "")
    named: dict[str, Json] = {"name": name} if name else {}
    told |= named | _address(entry, masked=masked)
    told["created_at"] = dates.iso(entry.enrolled_at)
    return told | _parts(user.pair(entry))


def described_enrollment(entry: Authenticator) -> dict[str, Json]:
    """Describe an enrollment as one."""
    device = entry.device
    number = masks.phone_number(entry.address) if entry.factor.is_phone else None
    return {
        "id": suffix(entry),
        "status": "confirmed" if entry.is_active else "pending",
        "type": _ENROLLMENT_TYPES.get(entry.factor, entry.factor.value),
        "name": device.name if device else entry.name or None,
        "phone_number": number,
        "identifier": device.identifier if device else None,
        "enrolled_at": dates.iso(entry.enrolled_at) if entry.is_active else None,
        "auth_method": _AUTH_METHODS.get(entry.factor, entry.factor.value),
        "last_auth": None,
    }


def _address(entry: Authenticator, *, masked: bool) -> dict[str, Json]:
    if not entry.factor.is_delivered:
        return {}
    mask: Callable[[str], str] = masks.phone_number if entry.factor.is_phone else masks.email
    name = "phone_number" if entry.factor.is_phone else "email"
    return {name: mask(entry.address) if masked else entry.address}


def _parts(pair: list[Authenticator]) -> dict[str, Json]:
    """Describe the entries of a phone or of a device one by one."""
    if not pair[0].factor.is_phone and len(pair) == 1:
        return {}
    kinds = {Factor.OTP: "totp"}
    parts: list[Json] = [
        {"id": each.id, "type": kinds.get(each.factor, each.factor.value)} for each in pair
    ]
    if not pair[0].factor.is_phone:
        return {"authentication_methods": parts}
    preferred = next((each for each in pair if each.is_preferred), pair[0])
    return {
        "preferred_authentication_method": preferred.factor.value,
        "authentication_methods": parts,
    }
