"""Finds pieces of known secrets in a text: tools shorten what is long, and leave its ends.

A piece of `PIECE` characters, wherever it was cut, holds one of the short stretches that are kept
of every secret, each with what stands around it. So a search costs the length of the text, and
stretches that many secrets share, such as the header of a token, are kept once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

PIECE: Final = 10
"""Pieces of at least this length are found; pytest leaves twelve characters and, rarely, eleven."""

SHORTEST: Final = 24
"""Secrets below this length are not shortened, and of words that people choose for a password."""

_STRETCH: Final = PIECE // 2
_STEP: Final = PIECE - _STRETCH + 1
"""The widest step at which every piece still holds a whole stretch."""


class KnownPieces:
    """Secrets that may stand in a text in part, and the kind of each."""

    def __init__(self) -> None:
        """Begin with none."""
        self._unread: list[tuple[str, str]] = []
        self._around: dict[str, dict[tuple[str, str], str]] = {}

    def add(self, secret: str, kind: str) -> None:
        """Know one more; it costs nothing until a text is looked through."""
        if len(secret) >= SHORTEST:
            self._unread.append((secret, kind))

    def without(self, text: str) -> str:
        """`text` with each piece replaced by the kind of its secret and dots."""
        if len(text) < PIECE:
            return text
        self._read()
        shown, end = "", 0
        for start, stop, kind in _merged(sorted(self._within(text))):
            shown += f"{text[end:start]}{kind}..."
            end = stop
        return shown + text[end:]

    def _read(self) -> None:
        for secret, kind in self._unread:
            for at in range(0, len(secret) - _STRETCH + 1, _STEP):
                end = at + _STRETCH
                around = secret[max(0, at - _STRETCH) : at], secret[end : end + _STRETCH]
                self._around.setdefault(secret[at:end], {}).setdefault(around, kind)
        self._unread.clear()

    def _within(self, text: str) -> Iterator[tuple[int, int, str]]:
        """From where to where `text` shows a piece, and of which kind of secret."""
        for at in range(len(text) - _STRETCH + 1):
            end = at + _STRETCH
            for (before, after), kind in self._around.get(text[at:end], {}).items():
                left = _shared(text[max(0, at - _STRETCH) : at][::-1], before[::-1])
                right = _shared(text[end : end + _STRETCH], after)
                if left + _STRETCH + right >= PIECE and text[at - left : end + right] not in kind:
                    yield at - left, end + right, kind


def _shared(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (this, that) in pairs if this != that), min(len(one), len(other)))


def _merged(pieces: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """The same with those that overlap or touch as one, which is of the last one's kind."""
    merged: list[tuple[int, int, str]] = []
    for start, stop, kind in pieces:
        if merged and start <= merged[-1][1]:
            start, stop = merged[-1][0], max(stop, merged.pop()[1])  # noqa: PLW2901 - grown
        merged.append((start, stop, kind))
    return merged
