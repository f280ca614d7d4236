"""Identifiers, codes and secrets, drawn from the randomness that the tenant was given.

Owns their alphabets and lengths, as recorded from real tenants
(https://github.com/auth0/go-auth0, test/data/recordings/authentication). Must not keep anything.
"""

from __future__ import annotations

import string
from base64 import b32encode
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

_LETTERS_AND_DIGITS = string.ascii_letters + string.digits
# No recorded recovery code holds 0, I or O.
_RECOVERY_CODE_ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def text(entropy: Random, length: int) -> str:
    """Draw letters and digits."""
    return "".join(entropy.choices(_LETTERS_AND_DIGITS, k=length))


def user_id(entropy: Random) -> str:
    """Draw the id of a database user."""
    return f"auth0|{entropy.getrandbits(96):024x}"


def uuid(entropy: Random) -> str:
    """Draw a UUID, version 4."""
    digits = f"{entropy.getrandbits(128):032x}"
    variant = "89ab"[int(digits[16], 16) % 4]
    return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-{variant}{digits[17:20]}-{digits[20:]}"


def request_id(entropy: Random) -> str:
    """Draw the twenty hexadecimal digits of `x-auth0-requestid`."""
    return f"{entropy.getrandbits(80):020x}"


def binding_code(entropy: Random, length: int) -> str:
    """Draw a code of digits, as it is sent to a phone or an e-mail address."""
    return f"{entropy.randrange(10**length):0{length}d}"


def otp_secret(entropy: Random, octets: int) -> str:
    """Draw a TOTP secret in base32 without padding."""
    return b32encode(entropy.randbytes(octets)).decode("ascii").rstrip("=")


def recovery_code(entropy: Random, length: int) -> str:
    """Draw a recovery code of capitals and digits."""
    return "".join(entropy.choices(_RECOVERY_CODE_ALPHABET, k=length))
