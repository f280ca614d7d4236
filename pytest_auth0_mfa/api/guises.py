"""Guises of a secret that no list of known values has: base64, and tokens nobody has heard of."""

from __future__ import annotations

import binascii
import re
from base64 import urlsafe_b64decode
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

_TOKEN: Final = re.compile(
    r"(?<![\w-])eyJ[\w-]{6,}(?:\.+[\w-]+)*|Fe26\.\d\*[\w*~-]{4,}(?:\.+[\w*~-]+)*"
    r"|otpauth://[^\s\"'<>\\]+"
)
"""What is a token or a barcode whatever it belongs to, shortened or not: those that a back end
under test was given by itself, which pass no redactor."""

_ENCODED: Final = re.compile(r"[\w+/-]{8,}={0,2}", re.ASCII)
_BLOCK: Final = 4


def without_tokens(text: str) -> str:
    """`text` with what looks like a token or a barcode replaced by `opaque`."""
    return _TOKEN.sub("opaque", text)


def without_encoded(text: str, scrub: Callable[[str], str]) -> str:
    """`text` with words that are base64 for a text with secrets replaced by what they mean."""

    def shown(found: re.Match[str]) -> str:
        decoded = _decoded(found[0])
        scrubbed = scrub(decoded)
        return found[0] if scrubbed == decoded else f"base64({scrubbed})"

    return _ENCODED.sub(shown, text)


def _decoded(word: str) -> str:
    """The text that a word is base64 for, empty where it is none."""
    word = word.rstrip("=").replace("+", "-").replace("/", "_")
    try:
        return urlsafe_b64decode(word + "=" * (-len(word) % _BLOCK)).decode()
    except (binascii.Error, UnicodeDecodeError):
        return ""
