"""Parameters as `mailslurp-client` sends them, in a query or in a JSON body.

Owns the reading of single values: in a query every value is text, booleans among them being
`True` and `False`. Must not know which parameters an endpoint wants.
"""

from __future__ import annotations

from datetime import MAXYEAR, MINYEAR, datetime, timezone
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

from pytest_auth0_mfa.mock.mailslurp import refusals

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pytest_auth0_mfa.mock.messages import Json

_FLAGS = {"true": True, "false": False}
_FIELD_LIMIT = 100


class Parameters:
    """What a client sent; empty texts count as absent."""

    def __init__(self, given: Mapping[str, Json]) -> None:
        """Take values by name."""
        self._given: Mapping[str, Any] = given

    @classmethod
    def of_query(cls, query: str) -> Parameters:
        """Read a query; a repeated parameter is a list."""
        try:
            given = parse_qs(query, max_num_fields=_FIELD_LIMIT)
        except ValueError:
            raise refusals.bad_parameter("query", f"{_FIELD_LIMIT} or fewer") from None
        return cls({name: each if len(each) > 1 else each[0] for name, each in given.items()})

    def text(self, name: str) -> str | None:
        """Return a text, None when absent."""
        found = self._given.get(name)
        if found is not None and not isinstance(found, str):
            raise refusals.bad_parameter(name, "one text")
        return found

    def required(self, name: str) -> str:
        """Return a text that must be there."""
        found = self.text(name)
        if found is None:
            raise refusals.bad_parameter(name, "a text, but it is missing")
        return found

    def flag(self, name: str) -> bool:
        """Return a boolean, False when absent."""
        found = _FLAGS.get(str(self._given.get(name, False)).lower())
        if found is None:
            raise refusals.bad_parameter(name, "true or false")
        return found

    def whole(self, name: str, default: int, *, most: int) -> int:
        """Return a number from 0; what is above `most` counts as that."""
        found = self._given.get(name, default)
        digits = str(found)
        if isinstance(found, bool) or not (digits.isascii() and digits.isdecimal()):
            raise refusals.bad_parameter(name, "a whole number, 0 or more")
        return most if len(digits.lstrip("0")) > len(str(most)) else min(int(digits), most)

    def moment(self, name: str) -> float | None:
        """Return a moment in epoch seconds; without a zone it is taken as UTC."""
        text = self.text(name)
        if text is None:
            return None
        # A plus that was not encoded has become a blank; the first 11 characters hold the date.
        moment = _parsed((text[:11] + text[11:].replace(" ", "+")).replace("Z", "+00:00"))
        if moment is None:
            raise refusals.bad_parameter(name, "a date and time as in ISO 8601")
        return (moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)).timestamp()

    def choice(self, name: str, choices: Sequence[str]) -> str:
        """Return one of some words, the first when absent."""
        found = self._given.get(name, choices[0])
        if found not in choices:
            raise refusals.bad_parameter(name, f"one of {', '.join(choices)}")
        return str(found)

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list of texts, empty when absent."""
        found = self._given.get(name, [])
        listed = [found] if isinstance(found, str) else found
        if not isinstance(listed, list) or not all(isinstance(each, str) for each in listed):
            raise refusals.bad_parameter(name, "a list of texts")
        return tuple(listed)

    def each(self, name: str) -> list[Parameters]:
        """Return a list of objects, empty when absent."""
        found = self._given.get(name, [])
        if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
            raise refusals.bad_parameter(name, "a list of objects")
        return [Parameters(each) for each in found]


def _parsed(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    # In another zone, moments of the first and the last year may lie outside of the calendar.
    return moment if MINYEAR < moment.year < MAXYEAR else None
