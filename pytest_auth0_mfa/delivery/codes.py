"""Reads the code in a message: the one that a person would type, or none, never a guess.

Owns the decision. What a reader sees is `reading`'s affair, forms are `candidates`', the weight of
words is `ranking`'s.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from pytest_auth0_mfa.delivery.candidates import USUAL, Candidate, candidates
from pytest_auth0_mfa.delivery.decoys import without_decoys
from pytest_auth0_mfa.delivery.masks import mask_digits
from pytest_auth0_mfa.delivery.ranking import (
    ANNOUNCED,
    BARE,
    NEAR,
    Rank,
    Ranking,
    looks_like_something_else,
)
from pytest_auth0_mfa.delivery.reading import visible_text
from pytest_auth0_mfa.errors import SettingsError, Undelivered

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytest_auth0_mfa.delivery.message import Message

_CONTEXT: Final = 25
_PARTED: Final = re.compile(r"\d(?:[\s.,-]*\d)+")
_SEPARATORS: Final = re.compile(r"[\s.,-]+")


class AmbiguousCode(Undelivered):
    """A message has several numbers of which each may be the code."""


class _Place(NamedTuple):
    """A code and where it stands."""

    code: str
    start: int
    end: int


class CodeReader:
    """Reads codes by a pattern of the user's, or by what messages of this kind look like."""

    def __init__(self, code_pattern: str | None = None) -> None:
        """Find codes by `code_pattern`, a regular expression with one group or none, if given.

        Raises `SettingsError` for one that cannot be used.
        """
        self._pattern = _compiled(code_pattern) if code_pattern else None

    def code(self, message: Message) -> str | None:
        """The code of a message, None without one; raises `AmbiguousCode` rather than guess."""
        if message.code is not None:
            return message.code.strip() or None
        text = visible_text(message)
        places = self._places(text)
        if len({place.code for place in places}) > 1:
            raise _ambiguous(text, places, by_pattern=self._pattern is not None)
        return places[0].code if places else None

    def spellings(self, message: Message) -> list[str]:
        """Whatever may be the code, as written and in one piece, for those who have to hide it."""
        if message.code is not None:
            return list(filter(None, [message.code.strip()]))
        text = visible_text(message)
        places = self._places(text)
        written = [text[place.start : place.end] for place in places]
        return list(dict.fromkeys([*(place.code for place in places), *written]))

    def words(self, message: Message) -> str:
        """What a message says, for an account of it; not masked."""
        return visible_text(message)

    def _places(self, text: str) -> list[_Place]:
        if self._pattern is None:
            return _best(text)
        whole = 1 if self._pattern.groups else 0
        matches = self._pattern.finditer(text)
        return [_Place(_joined(each[whole]), *each.span(whole)) for each in matches if each[whole]]


def _best(text: str) -> list[_Place]:
    """The places of highest rank; those with other than six digits only when none has six."""
    plain = without_decoys(text)
    found = candidates(text, plain)
    ranking = Ranking(plain, found)
    ranked = ranking.ranked()
    usual = [pair for pair in ranked if len(pair[1].code) == USUAL]
    others = [pair for pair in ranked if _is_other(*pair, ranking)]
    is_sure = any(rank.level > BARE for rank, _ in usual)
    if not is_sure and any(rank.level == ANNOUNCED for rank, _ in others):
        usual = []
    return [_Place(each.code, each.start, each.end) for each in _highest(usual or others)]


def _is_other(rank: Rank, candidate: Candidate, ranking: Ranking) -> bool:
    """Whether digits that are not six may be a code: where words tell so."""
    if len(candidate.code) == USUAL or rank.level < NEAR:
        return False
    is_doubtful = looks_like_something_else(candidate.code)
    return not is_doubtful or ranking.is_announced_at_once(candidate)


def _highest(ranked: Iterable[tuple[Rank, Candidate]]) -> list[Candidate]:
    """The candidates of the highest rank; a code that stands twice is weightier than its equals."""
    pairs = list(ranked)
    codes = [each.code for _, each in pairs]
    weights = [(rank, codes.count(each.code) > 1) for rank, each in pairs]
    return [each for (_, each), weight in zip(pairs, weights) if weight == max(weights)]  # noqa: B905 - of one origin


def _compiled(code_pattern: str) -> re.Pattern[str]:
    try:
        pattern = re.compile(code_pattern)
    except re.error as error:
        raise SettingsError(
            f"code_pattern: {code_pattern!r} is no regular expression ({error}); write one that "
            r"finds the code, such as 'PIN: (\d{6})'"
        ) from None
    if pattern.groups > 1:
        raise SettingsError(
            f"code_pattern: {code_pattern!r} has {pattern.groups} groups; put only the code in "
            "parentheses and write (?:...) for the others"
        )
    return pattern


def _joined(code: str) -> str:
    """Digits that stand apart in the message, in one piece; anything else as it is."""
    return _SEPARATORS.sub("", code) if _PARTED.fullmatch(code.strip()) else code.strip()


def _ambiguous(text: str, places: list[_Place], *, by_pattern: bool) -> AmbiguousCode:
    shown = "; ".join(f'"{_context(text, each)}" at character {each.start}' for each in places)
    remedy = "make code_pattern" if by_pattern else "set code_pattern in the profile to"
    return AmbiguousCode(
        f"a message has {len({place.code for place in places})} numbers that may be the code: "
        f"{shown}; {remedy} a regular expression that finds the right one only, or tell it as "
        "Message.code in a mailbox of your own"
    )


def _context(text: str, place: _Place) -> str:
    around = text[max(0, place.start - _CONTEXT) : place.end + _CONTEXT]
    return mask_digits(around)
