"""What a mistyped name was probably meant to be."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def hint(word: str, known: Iterable[str], otherwise: str) -> str:
    """`did you mean 'otp'?` for the known name nearest to `word`, `otherwise` where none is."""
    close = difflib.get_close_matches(word, list(known), n=1)
    return f"did you mean {close[0]!r}?" if close else otherwise
