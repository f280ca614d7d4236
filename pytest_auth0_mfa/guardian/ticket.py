"""The enrollment that a QR code offers to a device.

Owns the reading of `barcode_uri`, whoever made it: `POST /mfa/associate`, the My Account API or
the login widget. Source: https://github.com/auth0/Guardian.swift, Guardian/Enrollment
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote, urlsplit

from pytest_auth0_mfa.api.secret import Secret
from pytest_auth0_mfa.guardian.refusals import Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Ticket:
    """The right to enroll one device, once.

    `issuer` and `account` are what a device would show: the tenant's friendly name and the user's
    e-mail address, or the issuer alone. `base_url` is what the URI says of the device API, None
    where it says nothing; devices do not go by it.
    """

    transaction: Secret
    issuer: str
    account: str | None = field(default=None, repr=False)
    base_url: str | None = None


def read_ticket(barcode_uri: str, learn: Callable[[str, str], Secret] = Secret) -> Ticket:
    """Read a URI of the form `otpauth://totp/{issuer}:{account}?enrollment_tx_id=...`.

    `learn` marks the ticket as a secret. Raises `Unreadable`, which is a `ValueError` and does
    not quote the URI.
    """
    try:
        parts = urlsplit(barcode_uri)
    except ValueError:
        raise _unreadable("something that is no URI") from None
    if (parts.scheme, parts.netloc) != ("otpauth", "totp"):
        raise _unreadable(f"one of scheme {parts.scheme[:20]!r}")
    fields = parse_qs(parts.query)
    if "enrollment_tx_id" not in fields:
        raise _unreadable(f"one with {', '.join(sorted(fields)) or 'no field'}")
    issuer, colon, account = unquote(parts.path.removeprefix("/")).partition(":")
    return Ticket(
        learn(fields["enrollment_tx_id"][0], "ticket"),
        issuer,
        account if colon else None,
        fields.get("base_url", [None])[0],
    )


def _unreadable(got: str) -> Unreadable:
    return Unreadable(
        f"barcode_uri: expected otpauth://totp/...?enrollment_tx_id=..., got {got}; pass the "
        "barcode_uri of an association by push (oob_channels auth0) as it is"
    )
