"""How much speaks for a candidate: the words near it, where it stands, how often.

Owns the order of evidence. Candidates of equal rank are left to the caller, which must not guess.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, Final, NamedTuple

from pytest_auth0_mfa.delivery.decoys import BLANKED
from pytest_auth0_mfa.delivery.hints import ADDRESS_LINE, HINT, NUMBERED_BEFORE, OTHER_CODE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_auth0_mfa.delivery.candidates import Candidate

ANNOUNCED: Final = 5
IN_LINE: Final = 4
NEAR: Final = 3
SET_OFF: Final = 2
BARE: Final = 1

_WORDS_BEFORE: Final = 60
_ANNOUNCING: Final = 100
_ANNOUNCING_AFTER: Final = 40
_MUCH: Final = 3
_LINES_BEFORE: Final = 4
_AROUND: Final = 500
"""Characters before and after a candidate in which words may speak for it."""
_SENTENCE_END: Final = re.compile(r"[.!?](?:\s|\Z)|。")
_WRITING: Final = re.compile(r"[^\W_]")
_ORNAMENT: Final = re.compile(r"[\W_]+")
_OBJECT: Final = re.compile(
    r"(?i)\b(?:for|für|pour|para|per|voor|för|til|till|dla|pro|pentru|için|для)\s*\Z"
)
"""A word after which a number is what the code is for, not the code."""
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_PHONE_DIGITS: Final = 9
_AT_ONCE: Final = 15


class Rank(NamedTuple):
    """The evidence for a candidate, the weightiest first.

    `level` is one of the constants of this module: a word announces it, a word is in its line, in
    a line nearby, it is set off by its place, or it is just there.
    """

    level: int
    alone: bool


class Ranking:
    """Ranks the candidates of one text."""

    def __init__(self, plain: str, found: Sequence[Candidate]) -> None:
        """`plain` is the text without decoys, from which the candidates were taken."""
        self._plain = plain
        hinted = OTHER_CODE.sub(lambda other: BLANKED * len(other[0]), plain)
        self._hints = [hint.span() for hint in HINT.finditer(hinted)]
        self._hint_starts = [start for start, _ in self._hints]
        first = _WRITING.search(plain)
        self._first = first.start() if first else len(plain)
        self._eligible = [each for each in found if each.bound or not self._is_numbered(each)]
        self._starts = [each.start for each in self._eligible]
        self._announced = {start for hint in self._hints for start in self._announced_by(hint)}

    def ranked(self) -> list[tuple[Rank, Candidate]]:
        """The candidates that may be a code, with their ranks."""
        pairs = [(self._rank(each), each) for each in self._eligible]
        return [(rank, each) for rank, each in pairs if self._is_plausible(rank, each)]

    def _rank(self, candidate: Candidate) -> Rank:
        alone = not _ORNAMENT.sub("", self._line_without(candidate))
        return Rank(self._level(candidate, alone=alone), alone)

    def _level(self, candidate: Candidate, *, alone: bool) -> int:
        if candidate.bound or candidate.start in self._announced:
            return ANNOUNCED
        if any(self._is_in_line(hint, candidate) for hint in self._hints_around(candidate)):
            return IN_LINE
        if self._has_hint_nearby(candidate, _LINES_BEFORE if alone else 1):
            return NEAR
        return SET_OFF if alone or candidate.start <= self._first else BARE

    def _is_plausible(self, rank: Rank, candidate: Candidate) -> bool:
        """Whether what would be taken for a code elsewhere is none here."""
        if candidate.loose:
            return rank.level >= NEAR
        return rank.level > BARE or not ADDRESS_LINE.search(self._line_without(candidate))

    def is_announced_at_once(self, candidate: Candidate) -> bool:
        """Whether a word right before tells digits that rather look like something else."""
        near = range(candidate.start - _AT_ONCE, candidate.start + 1)
        return any(end in near for _, end in self._hints_around(candidate))

    def _hints_around(self, candidate: Candidate) -> list[tuple[int, int]]:
        first = bisect_left(self._hint_starts, candidate.start - _AROUND)
        return self._hints[first : bisect_left(self._hint_starts, candidate.end + _AROUND)]

    def _announced_by(self, hint: tuple[int, int]) -> list[int]:
        """Where those candidates start that a word announces: its neighbours before and after.

        It announces both unless one is much nearer.
        """
        at = bisect_left(self._starts, hint[0])
        gaps = {
            **self._gaps(hint, self._eligible[max(at - 1, 0) : at], _ANNOUNCING_AFTER),
            **self._gaps(hint, self._eligible[at : at + 1], _ANNOUNCING),
        }
        nearest = max(min(gaps.values(), default=0), 1)
        return [start for start, gap in gaps.items() if gap <= _MUCH * nearest]

    def _gaps(
        self, hint: tuple[int, int], neighbours: Sequence[Candidate], reach: int
    ) -> dict[int, int]:
        """How far those neighbours are from a word that are in reach and in its sentence."""
        gaps = {}
        for each in neighbours:
            start, end = _gap(hint, each)
            between = self._plain[start:end]
            is_apart = "\n" in between or _SENTENCE_END.search(between) or _OBJECT.search(between)
            if end - start <= reach and not is_apart:
                gaps[each.start] = end - start
        return gaps

    def _is_in_line(self, hint: tuple[int, int], candidate: Candidate) -> bool:
        start, end = _gap(hint, candidate)
        return end - start <= _ANNOUNCING and "\n" not in self._plain[start:end]

    def _has_hint_nearby(self, candidate: Candidate, lines: int) -> bool:
        """Whether one of the lines before, or the next, has a hint; empty lines do not count."""
        before = self._plain[max(0, candidate.start - _AROUND) : candidate.start].split("\n")[:-1]
        after = self._plain[candidate.end : candidate.end + _AROUND].split("\n")[1:]
        near = [*_filled(before)[-lines:], *_filled(after)[:1]]
        return any(HINT.search(OTHER_CODE.sub(BLANKED, line)) for line in near)

    def _is_numbered(self, candidate: Candidate) -> bool:
        """Whether the words before say that this is the number of something."""
        before = self._plain[max(0, candidate.start - _WORDS_BEFORE) : candidate.start]
        return bool(NUMBERED_BEFORE.search(before.rpartition("\n")[2]))

    def _line_without(self, candidate: Candidate) -> str:
        end = self._plain.find("\n", candidate.end)
        before = self._plain[self._plain.rfind("\n", 0, candidate.start) + 1 : candidate.start]
        return before + self._plain[candidate.end : end if end >= 0 else None]


def looks_like_something_else(code: str) -> bool:
    """Whether these digits may be a year of this or the last century, or a telephone number."""
    return bool(_YEAR.fullmatch(code)) or len(code) >= _PHONE_DIGITS


def _gap(hint: tuple[int, int], candidate: Candidate) -> tuple[int, int]:
    """Start and end of what lies between a hint and a candidate."""
    if hint[0] < candidate.start:
        return min(hint[1], candidate.start), candidate.start
    return candidate.end, max(hint[0], candidate.end)


def _filled(lines: list[str]) -> list[str]:
    return [line for line in lines if line.strip()]
