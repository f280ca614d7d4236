"""The query of a call: single values, and which members of objects are wanted.

Owns their reading. Must not know which parameters an endpoint wants.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from pytest_auth0_mfa.mock.management import refusals

if TYPE_CHECKING:
    from pytest_auth0_mfa.mock.messages import Json

_FLAGS = {"true": True, "false": False}
_FIELD_LIMIT = 100


class Query:
    """What a client asks for; empty texts count as absent, of repetitions the last counts."""

    def __init__(self, text: str) -> None:
        """Read a query as it stands in the URL."""
        try:
            parsed = parse_qs(text, max_num_fields=_FIELD_LIMIT)
        except ValueError:
            raise refusals.invalid_query(f"More than {_FIELD_LIMIT} parameters", "query") from None
        self._given = {name: each[-1] for name, each in parsed.items()}

    def __contains__(self, name: str) -> bool:
        """Tell whether a parameter is there."""
        return name in self._given

    def text(self, name: str) -> str | None:
        """Return a text, None when absent."""
        return self._given.get(name)

    def flag(self, name: str, *, default: bool = False) -> bool:
        """Return a boolean."""
        text = self._given.get(name)
        if text is None:
            return default
        if text not in _FLAGS:
            raise refusals.invalid_query("Expected type boolean but found type string", name)
        return _FLAGS[text]

    def whole(self, name: str, default: int, *, most: int) -> int:
        """Return a number from 0 to `most`."""
        text = self._given.get(name)
        if text is None:
            return default
        if not (text.isascii() and text.isdecimal()):
            raise refusals.invalid_query("Expected type integer but found type string", name)
        digits = text.lstrip("0")
        if len(digits) > len(str(most)) or int(text) > most:
            raise refusals.invalid_query(f"Value {text} is greater than maximum {most}", name)
        return int(text)

    def shown(self, document: dict[str, Json]) -> dict[str, Json]:
        """Keep what `fields` names of a document, or drop it where `include_fields` is false."""
        text = self._given.get("fields")
        is_wanted = self.flag("include_fields", default=True)
        if text is None:
            return document
        names = {each.strip() for each in text.split(",")}
        return {name: each for name, each in document.items() if (name in names) is is_wanted}
