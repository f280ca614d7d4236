"""How addresses and messages may be spoken of: without what they must not give away."""

from __future__ import annotations

import unicodedata
from typing import Final

_SHOWN_DIGITS: Final = 4
_EXCERPT: Final = 40


def mask_address(address: str) -> str:
    """An address as it may be printed: `*******0100`, `a***@example.com`."""
    local, at, domain = address.strip().rpartition("@")
    if at:
        return f"{local[:1]}***@{domain}"
    return "*" * max(len(domain) - _SHOWN_DIGITS, 0) + domain[-_SHOWN_DIGITS:]


def mask_digits(text: str) -> str:
    """The text in one line, every digit of any script replaced by `*`."""
    plain = unicodedata.normalize("NFKC", text)
    return " ".join("".join("*" if each.isnumeric() else each for each in plain).split())


def excerpt(text: str) -> str:
    """The first words of a message, without its digits."""
    masked = mask_digits(text)
    return masked if len(masked) <= _EXCERPT else f"{masked[:_EXCERPT].rstrip()}..."
