"""Time-based one-time passwords: which code of which step is accepted.

Owns the window of steps and the ban on using a code twice
(https://support.auth0.com/center/s/article/auth0-acceptance-of-otp-mfa-codes-after-30-seconds).
The code itself is pyotp's work. Must not change an authenticator.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from pytest_auth0_mfa.mock.model import Authenticator
    from pytest_auth0_mfa.mock.rules import Rules

STEP_S = 30
"""The length of a time step, in seconds."""

DIGITS = 6
"""The length of a code."""


def is_well_formed(code: str) -> bool:
    """Tell whether a text could be a code at all."""
    return len(code) == DIGITS and code.isascii() and code.isdigit()


def matching_step(authenticator: Authenticator, code: str, now: float, rules: Rules) -> int | None:
    """Return the acceptable time step that `code` belongs to, or None.

    A step that was used, and every step before it, is over for good.
    """
    from pyotp import TOTP  # noqa: PLC0415  Slow to import, and not needed to start.

    totp = TOTP(authenticator.secret)
    current = int(now // STEP_S)
    earliest = max(0, current - rules.totp_previous_steps)
    if not rules.reused_code_accepted:
        earliest = max(earliest, authenticator.last_step + 1)
    steps = range(current + rules.totp_next_steps, earliest - 1, -1)
    return next((step for step in steps if totp.generate_otp(step) == code), None)


def provisioning_uri(issuer: str, account: str, secret: str) -> str:
    """Return the URI behind the barcode, in the recorded spelling with its colon unencoded.

    pyotp leaves out algorithm, digits and period where they have their default values; real
    tenants write them.
    """
    issuer, account = quote(issuer, safe=""), quote(account, safe="")
    parameters = f"secret={secret}&issuer={issuer}&algorithm=SHA1&digits={DIGITS}&period={STEP_S}"
    return f"otpauth://totp/{issuer}:{account}?{parameters}"
