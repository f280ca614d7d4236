"""What an enrollment leaves on a device: its account at the tenant, and a code generator.

Owns the reading of the answer to an enrollment. Must not speak to anybody.
Sources: https://github.com/auth0/Guardian.swift, GuardianTests/Responses.swift;
https://github.com/auth0/Guardian.Android, GuardianAPIClientTest.java.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

import pyotp

from pytest_auth0_mfa.api.secret import Secret
from pytest_auth0_mfa.guardian.refusals import Unreadable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_auth0_mfa.api.exchange import Answer

PushService = Literal["GCM", "APNS"]
"""Who carries notifications to the device: Firebase, under its old name, or Apple."""

_DIGESTS: Final = {"sha1": hashlib.sha1, "sha256": hashlib.sha256, "sha512": hashlib.sha512}
_DIGITS: Final = range(4, 11)


@dataclass(frozen=True, slots=True)
class PushCredentials:
    """Where the tenant shall send notifications: a service, and the device's token there."""

    service: PushService
    token: str = field(repr=False)

    def to_json(self) -> dict[str, str]:
        """The form in which the device API takes them."""
        return {"service": self.service, "token": self.token}


@dataclass(frozen=True, slots=True)
class CompanionTotp:
    """The one-time passwords that come with a push enrollment; `period` is in seconds."""

    secret: Secret
    algorithm: str
    digits: int
    period: int

    @property
    def is_usual(self) -> bool:
        """Whether the parameters are those that every published sample has."""
        return (self.algorithm, self.digits, self.period) == ("sha1", 6, 30)

    def at(self, now: float) -> str:
        """The code at a time in epoch seconds."""
        digest = _DIGESTS[self.algorithm]
        totp = pyotp.TOTP(self.secret, digits=self.digits, digest=digest, interval=self.period)
        return totp.at(int(now))


@dataclass(frozen=True, slots=True)
class DeviceAccount:
    """An enrolled device as the tenant knows it; `totp` is None where the tenant gave none.

    `token` authorizes changes of the account in the older of the two ways.
    """

    id: str
    user_id: str
    issuer: str
    url: str
    token: Secret = field(repr=False)
    totp: CompanionTotp | None = field(default=None, repr=False)


def read_account(answer: Answer) -> DeviceAccount:
    """Read the answer to an enrollment; raises `Prerequisite` where a field is missing."""
    return DeviceAccount(
        id=answer.text("id"),
        user_id=answer.text("user_id"),
        issuer=answer.text("issuer"),
        url=answer.text("url"),
        token=answer.secret("token"),
        totp=_companion(answer.get("totp")),
    )


def _companion(found: object) -> CompanionTotp | None:
    if found is None:
        return None
    if not isinstance(found, dict):
        raise Unreadable(f"totp: expected an object or nothing, got {type(found).__name__}")
    secret, algorithm = found.get("secret"), str(found.get("algorithm")).lower()
    if not secret or not isinstance(secret, str) or algorithm not in _DIGESTS:
        raise Unreadable("totp: expected a secret, and sha1, sha256 or sha512 as algorithm")
    wrapped = secret if isinstance(secret, Secret) else Secret(secret, "otp_secret")
    companion = CompanionTotp(wrapped, algorithm, *_numbers(found))
    _check(companion)
    return companion


def _numbers(found: Mapping[str, object]) -> tuple[int, int]:
    digits, period = found.get("digits"), found.get("period")
    if type(digits) is int and type(period) is int and digits in _DIGITS and period > 0:
        return digits, period
    raise Unreadable("totp: expected numbers: digits from 4 to 10, and a period in seconds")


def _check(companion: CompanionTotp) -> None:
    try:
        companion.at(0)
    except ValueError:
        raise Unreadable("totp: expected a secret in base32, got another form") from None
