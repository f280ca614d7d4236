"""What is known of the MFA API, and which requirements judge it: `suites/facts.toml`, checked.

A fact is judged by requirements of the catalogue, or says why it is not. Must not judge anything.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Final, cast

from pytest_auth0_mfa.errors import CatalogueError
from pytest_auth0_mfa.judge.catalogue import load_catalogue

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_auth0_mfa.judge.catalogue import Catalogue, Requirement

REASONS: Final = {
    "unverified": "sources leave open what a tenant does",
    "conflict": "sources contradict each other, and no recording decides",
    "real-network": "seen only where phones and gateways are real",
    "hosted-login": "about the pages that Auth0 hosts, not about the API",
    "other-api": "about another API of the tenant",
    "administrator": "what an administrator configures, or a plan includes",
    "not-of-this-api": "about clients, logs or the network, nothing that an answer shows",
    "not-yet": "could be judged, and is not",
}
"""Why a fact is not judged: the kinds of reasons, each in words."""

_KEYS: Final = {"group", "says", "source"}
_JUDGED: Final = {"requirements"}
_UNJUDGED: Final = {"because", "why"}


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that is known: `says` in a sentence, `source` as citations.

    A judged one has `requirements`, and maybe a `note` on what they leave out; `because`, one of
    `REASONS`, and `why`, a sentence, are empty then. Of one that is not judged it is the reverse.
    """

    group: str
    says: str
    source: str
    requirements: tuple[Requirement, ...] = ()
    note: str = ""
    because: str = ""
    why: str = ""


def read_facts(document: Mapping[str, object], catalogue: Catalogue) -> list[Fact]:
    """Read the parsed TOML, in its order; raises `CatalogueError` for a mistake in it."""
    entries = cast("list[Mapping[str, object]]", document.get("fact", []))
    return [_read(entry, catalogue) for entry in entries]


@cache
def load_facts() -> list[Fact]:
    """The facts behind the bundled suites."""
    text = resources.files("pytest_auth0_mfa.suites").joinpath("facts.toml").read_bytes()
    return read_facts(tomllib.loads(text.decode("utf-8")), load_catalogue())


def _read(entry: Mapping[str, object], catalogue: Catalogue) -> Fact:
    says = str(entry.get("says", "a fact without words"))
    _check(says, entry)
    told = {key: str(entry[key]) for key in ("note", "because", "why") if key in entry}
    try:
        source = catalogue.cite(cast("list[str]", entry["source"]))
        ids = cast("list[str]", entry.get("requirements", []))
        requirements = tuple(catalogue[each] for each in ids)
    except CatalogueError as mistake:
        raise CatalogueError(f"{says}: {mistake}") from None
    return Fact(str(entry["group"]), says, source, requirements, **told)


def _check(says: str, entry: Mapping[str, object]) -> None:
    """Refuse a fact that is neither judged nor excused, or is both, or says nothing."""
    expected = _KEYS | (_UNJUDGED if entry.keys() & _UNJUDGED else _JUDGED)
    optional = _JUDGED & expected and {"note"}
    odd = (entry.keys() ^ expected) - optional
    if odd:
        raise CatalogueError(f"{says}: missing or unknown keys: {', '.join(sorted(odd))}")
    empty = sorted(key for key, value in entry.items() if not value)
    if empty:
        raise CatalogueError(f"{says}: nothing is said by {', '.join(empty)}")
    because = entry.get("because")
    if because is not None and because not in REASONS:
        raise CatalogueError(f"{says}: because is {because!r}, and must be one of {_known()}")


def _known() -> str:
    return ", ".join(REASONS)
