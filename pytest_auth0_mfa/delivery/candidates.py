"""The numbers in a text that have the form of a code.

Owns forms: digits in one piece, in equal groups, one by one as they are spoken, and any of these
repeated. Must not judge by words; that is the ranking's part.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from pytest_auth0_mfa.delivery.decoys import BLANKED
from pytest_auth0_mfa.delivery.hints import HINT

if TYPE_CHECKING:
    from collections.abc import Sequence

USUAL: Final = 6
"""Digits of a code, unless the tenant configured another length.
Source: https://auth0.com/docs/secure/multi-factor-authentication/authenticate-using-ropg-flow-with-mfa/enroll-challenge-sms-voice-authenticators"""

SHORTEST: Final = 4
LONGEST: Final = 10

_SPOKEN: Final = re.compile(r"(?<!\d)(?<!\d[ .,-])\d(?:[ .,|\u00b7\u2022-]{1,6}\d(?!\d))+")
_BY_LINE: Final = re.compile(r"(?m)^ ?\d ?(?:\n+ ?\d ?)+$")
_CHAIN: Final = re.compile(r"\d+(?:[ .,'-]\d+)*")
_BOUND: Final = re.compile(rf"(?m)^@[\w.-]{{1,255}} #(\d{{{SHORTEST},{LONGEST}}})\b")
"""The last line of a text message that a phone may fill in by itself.
Source: https://wicg.github.io/sms-one-time-codes/"""

_WORD: Final = 40
_LAST_WORD: Final = re.compile(r"[^\W\d_]+\Z")

_GLUE_BEFORE: Final = frozenset(rf"#_/\+@%&$€£¥^~{BLANKED}")
_GLUE_AFTER: Final = frozenset(rf"_/\@%&$€£¥°^~{BLANKED}")


@dataclass(frozen=True, slots=True)
class Candidate:
    """Digits that may be a code, and where they stand.

    A `loose` one has a form that other numbers have more often, so that it takes a word to tell;
    a `bound` one is in a place that is for codes only.
    """

    code: str
    start: int
    end: int
    loose: bool = False
    bound: bool = False


def candidates(text: str, plain: str) -> list[Candidate]:
    """The candidates of a text, in order; `plain` is the text without decoys, equally long."""
    found = [
        Candidate(each[1], each.start(1), each.end(1), bound=True) for each in _BOUND.finditer(text)
    ]
    for pattern in (_SPOKEN, _BY_LINE, _CHAIN):
        runs = [_candidate(run, plain) for run in pattern.finditer(plain)]
        found += [each for each in runs if each is not None]
        plain = pattern.sub(lambda run: BLANKED * len(run[0]), plain)
    return sorted(found, key=lambda each: each.start)


def _candidate(run: re.Match[str], text: str) -> Candidate | None:
    """The candidate in a run of digit groups, if there is one."""
    groups = list(re.finditer(r"\d+", run[0]))
    form = _form([each[0] for each in groups], re.findall(r"\D+", run[0]))
    if form is None:
        return None
    start, end = run.start() + groups[form.first].start(), run.start() + groups[form.last].end()
    if _is_glued_before(text[max(0, start - _WORD) : start]) or _is_glued_after(
        text[end : end + 2]
    ):
        return None
    return Candidate(form.code, start, end, form.loose)


class _Form(NamedTuple):
    """What a run of groups amounts to: a code from its `first` to its `last` group."""

    code: str
    first: int
    last: int
    loose: bool = False


def _form(groups: list[str], separators: Sequence[str]) -> _Form | None:
    last = len(groups) - 1
    whole = _in_equal_groups(_once(groups), separators)
    if whole:
        return _Form(whole, 0, last, loose=separators[:1] == ["."] and len(groups[0]) > 1)
    usual = [index for index, group in enumerate(groups) if len(group) == USUAL]
    if len(usual) == 1 and set(separators) <= {" ", ","}:
        return _Form(groups[usual[0]], usual[0], usual[0], loose=True)
    return None


def _once(groups: list[str]) -> list[str]:
    """The groups of a code that is said several times over, once; others as they are."""
    if len(groups) % USUAL == 0 and {len(group) for group in groups} == {1}:
        parts = [groups[at : at + USUAL] for at in range(0, len(groups), USUAL)]
    else:
        parts = [groups[: len(groups) // 2], groups[len(groups) // 2 :]]
    is_repeated = len("".join(parts[0])) >= SHORTEST and all(part == parts[0] for part in parts)
    return parts[0] if is_repeated else groups


def _in_equal_groups(groups: list[str], separators: Sequence[str]) -> str | None:
    """The digits of groups of one size that make up a code, None when they do not."""
    sizes, code = {len(group) for group in groups}, "".join(groups)
    if len(sizes) > 1 or not SHORTEST <= len(code) <= LONGEST:
        return None
    size = sizes.pop()
    if size == 1 or len(groups) == 1:
        return code
    # Commas and apostrophes group the digits of large numbers, dots do so in many languages.
    usual_separators = set(separators) <= {" ", "-"} or (set(separators) == {"."} and size > 2)  # noqa: PLR2004
    is_usual = len(code) == USUAL or size > 2  # noqa: PLR2004 - pairs are dates, times or ranges
    return code if usual_separators and is_usual and len(set(separators)) == 1 else None


def _is_glued_before(text: str) -> bool:
    """Whether what ends with `text` belongs to the digits after it, so that they are no code."""
    if not text or text[-1] in _GLUE_BEFORE:
        return bool(text)
    body = text.rstrip("-")
    if body != text and not body[-1:].isalnum():
        return False
    if text[-1] == ":" and text[-2:-1].isdigit():
        return True
    word = _LAST_WORD.search(body)
    return word is not None and _has_case(word[0][-1]) and not HINT.fullmatch(word[0])


def _is_glued_after(text: str) -> bool:
    if not text or text[0] in _GLUE_AFTER:
        return bool(text)
    if text[0] in ":-":
        return text[1:2].isdigit() or (text[0] != ":" and _has_case(text[1:2]))
    return _has_case(text[0])


def _has_case(character: str) -> bool:
    """Whether words are set off by blanks in the script of this letter, as good as known."""
    return character.upper() != character.lower()
