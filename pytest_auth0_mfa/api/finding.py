"""Finds which of many known texts stand within another one.

Costs the length of that text and not the number of known ones: a run learns thousands of secrets
and looks for them in everything that it writes.
"""

from __future__ import annotations

from typing import Final

_ENDING: Final = 4
"""Secrets begin alike (`Fe26.2*`, `eyJ`), but end at random."""


class KnownTexts:
    """A set of texts, sorted by how they end."""

    def __init__(self) -> None:
        """Begin with none."""
        self._by_ending: dict[str, list[str]] = {}
        self._short: list[str] = []

    def add(self, text: str) -> None:
        """Know one more, which must not be known yet."""
        if len(text) < _ENDING:
            self._short.append(text)
        else:
            self._by_ending.setdefault(text[-_ENDING:], []).append(text)

    def within(self, text: str) -> set[str]:
        """Those that stand in `text`."""
        found = {each for each in self._short if each in text}
        for end in range(_ENDING, len(text) + 1):
            for each in self._by_ending.get(text[end - _ENDING : end], ()):
                if text.endswith(each, 0, end):
                    found.add(each)
        return found
