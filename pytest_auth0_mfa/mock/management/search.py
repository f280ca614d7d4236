"""The language in which users are searched.

Owns the part of https://auth0.com/docs/manage-users/user-search/user-search-query-syntax that
names fields: words, phrases, wildcards, ranges, `AND`, `OR`, `NOT`, parentheses, `_exists_`. Must
not know where users are kept.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, TypeAlias

from pytest_auth0_mfa.mock.management import refusals

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from pytest_auth0_mfa.mock.messages import Json

    Match: TypeAlias = "Callable[[Mapping[str, Json]], bool]"
    """Tells whether a document is one of those searched for."""

_TOKEN: Final = re.compile(
    r"""\s*(?:
        (?P<mark>\(|\)) | (?P<word>AND|OR|NOT)(?=[\s(]|$) | (?P<not>-)?
        (?P<field>[\w.@-]+):(?:"(?P<phrase>(?:[^"\\]|\\.)*)"
            | (?P<open>[\[{])(?P<low>\S+)\s+TO\s+(?P<high>[^\s\]}]+)(?P<close>[\]}])
            | (?P<bare>[^\s()"]+))
    )""",
    re.VERBOSE,
)
_DEPTH: Final = 20


def matcher(text: str) -> Match:
    """Return what tells whether a document matches a query; everything matches an empty one."""
    tokens = list(_tokens(text))
    if not tokens:
        return lambda _: True
    parser = _Parser(tokens)
    found = parser.either(0)
    if parser.rest:
        raise _refusal(text)
    return found


def text_at(document: Mapping[str, Json], path: str) -> str:
    """Return what stands at a path such as `app_metadata.run`, as text to compare."""
    return next(iter(_texts(document, path)), "")


def _tokens(text: str) -> Iterator[re.Match[str]]:
    at, text = 0, text.rstrip()
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            raise _refusal(text)
        yield found
        at = found.end()


class _Parser:
    """Reads tokens from the left; `OR` binds weakest, and terms side by side are joined by it."""

    def __init__(self, tokens: list[re.Match[str]]) -> None:
        self.rest = tokens

    def either(self, depth: int) -> Match:
        found = [self._both(depth)]
        while self.rest and self.rest[0]["mark"] != ")":
            if self.rest[0]["word"] == "OR":
                self.rest = self.rest[1:]
            found.append(self._both(depth))
        return lambda document: any(each(document) for each in found)

    def _both(self, depth: int) -> Match:
        found = [self._one(depth)]
        while self.rest and self.rest[0]["word"] == "AND":
            self.rest = self.rest[1:]
            found.append(self._one(depth))
        return lambda document: all(each(document) for each in found)

    def _one(self, depth: int) -> Match:
        if not self.rest or depth > _DEPTH:
            raise _refusal("")
        token, self.rest = self.rest[0], self.rest[1:]
        if token["word"] == "NOT":
            return _negated(self._one(depth + 1))
        if token["mark"] == "(":
            found = self.either(depth + 1)
            if not self.rest or self.rest[0]["mark"] != ")":
                raise _refusal(token.string)
            self.rest = self.rest[1:]
            return found
        if token["field"] is None:
            raise _refusal(token.string)
        return _negated(_term(token)) if token["not"] else _term(token)


def _term(token: re.Match[str]) -> Match:
    field, bare = token["field"], token["bare"]
    if field == "_exists_":
        return lambda document: bool(_texts(document, bare or token["phrase"] or ""))
    if token["open"]:
        return _range(token)
    if bare is None:
        phrase = re.sub(r"\\(.)", r"\1", token["phrase"]).lower()
        return lambda document: phrase in _texts(document, field)
    pattern = _pattern(bare.lower())
    return lambda document: any(pattern.fullmatch(each) for each in _texts(document, field))


def _pattern(bare: str) -> re.Pattern[str]:
    """Compile a word with wildcards; a backslash takes the meaning from what follows."""
    parts = re.findall(r"\\?.", re.sub(r"\*+", "*", bare), re.DOTALL)
    wild = {"*": ".*", "?": "."}
    return re.compile("".join(wild.get(each) or re.escape(each[-1]) for each in parts), re.DOTALL)


def _range(token: re.Match[str]) -> Match:
    low, high = token["low"].strip('"').lower(), token["high"].strip('"').lower()
    with_low, with_high = token["open"] == "[", token["close"] == "]"

    def is_within(text: str) -> bool:
        above = low == "*" or text > low or (with_low and text == low)
        below = (
            high == "*" or text < high or (with_high and (text == high or text.startswith(high)))
        )
        return above and below

    return lambda document: any(is_within(each) for each in _texts(document, token["field"]))


def _negated(match: Match) -> Match:
    return lambda document: not match(document)


def _texts(document: Mapping[str, Json], path: str) -> list[str]:
    """Return every text at a path, in lower case; lists are looked through."""
    values: list[Json] = [document]
    for name in path.split("."):
        inside = [each[name] for each in values if isinstance(each, dict) and name in each]
        values = [one for each in inside for one in (each if isinstance(each, list) else [each])]
    return [str(each).lower() for each in values if each is not None]


def _refusal(text: str) -> Exception:
    return refusals.invalid_query(f"Query error: cannot read {text or 'the end'}", "q")
