"""Where messages go: the forms of phone numbers and e-mail addresses.

Owns what counts as an address. No numbering plan is consulted and nothing is looked up. Must not
deliver anything.
"""

from __future__ import annotations

import re
from typing import Final

# The form that https://www.itu.int/rec/T-REC-E.164 gives international numbers, and seven digits
# at least, so that four can be shown and the rest masked.
_E164: Final = re.compile(r"\+[0-9]{7,15}")
_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+")
# https://www.rfc-editor.org/rfc/rfc5321#section-4.5.3.1.3, without the angle brackets
_EMAIL_LENGTH: Final = 254


def is_phone_number(text: str) -> bool:
    """Tell whether a text is a phone number in E.164 form: `+` and 7 to 15 digits."""
    return _E164.fullmatch(text) is not None


def is_email(text: str) -> bool:
    """Tell whether a text could be an e-mail address."""
    return len(text) <= _EMAIL_LENGTH and _EMAIL.fullmatch(text) is not None


def canonical(address: str) -> str:
    """Return an address as messages to it are filed: in lower case."""
    return address.lower()
