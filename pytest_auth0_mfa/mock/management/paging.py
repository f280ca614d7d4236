"""Lists by the page, or from a checkpoint on.

Owns the two envelopes. Must not know what is listed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pytest_auth0_mfa.mock.management import refusals
from pytest_auth0_mfa.mock.messages import Answer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_auth0_mfa.mock.management.query import Query
    from pytest_auth0_mfa.mock.messages import Json

MOST: Final = 100
"""The largest page."""
_DEFAULT: Final = 50
_LAST: Final = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Page:
    """Which part of a list is wanted, and whether in an envelope that tells how long it is."""

    index: int
    size: int
    with_totals: bool

    @classmethod
    def of(cls, query: Query) -> Page:
        """Read what every list by the page takes."""
        return cls(
            query.whole("page", 0, most=_LAST),
            query.whole("per_page", _DEFAULT, most=MOST),
            query.flag("include_totals"),
        )

    @property
    def start(self) -> int:
        """The index of its first entry."""
        return self.index * self.size

    def cut(self, everything: Sequence[Json]) -> list[Json]:
        """Return the entries of the page."""
        return list(everything[self.start : self.start + self.size])


def by_page(query: Query, key: str, everything: Sequence[Json]) -> Answer:
    """Answer with one page, bare or under `key` with totals."""
    page = Page.of(query)
    cut = page.cut(everything)
    if not page.with_totals:
        return Answer(200, cut)
    told = {"start": page.start, "limit": page.size, "total": len(everything)}
    return Answer(200, {key: cut, **told})


def by_page_or_checkpoint(query: Query, key: str, everything: Sequence[Json]) -> Answer:
    """Answer with one page, or with what follows a checkpoint where the query names any."""
    if "take" in query or "from" in query:
        return from_checkpoint(query, key, everything)
    return by_page(query, key, everything)


def from_checkpoint(query: Query, key: str, everything: Sequence[Json]) -> Answer:
    """Answer with some entries under `key`, and the checkpoint at which more begin."""
    take = query.whole("take", _DEFAULT, most=MOST)
    text = query.text("from") or "0"
    if not (text.isascii() and text.isdecimal()) or len(text) > len(str(_LAST)):
        raise refusals.invalid_query("Invalid checkpoint", "from")
    begin = int(text)
    end = begin + take
    following: dict[str, Json] = {"next": str(end)} if take > 0 and end < len(everything) else {}
    return Answer(200, {key: list(everything[begin:end]), **following})
