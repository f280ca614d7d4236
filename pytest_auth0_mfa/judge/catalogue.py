"""The catalogue of requirements: what `suites/requirements.toml` says, checked as it is read."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Final, Literal, cast

from pytest_auth0_mfa.errors import CatalogueError

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Level = Literal["MUST", "SHOULD"]

_KEYS: Final = {
    "id", "group", "title", "level", "basis", "factors", "statement", "source", "responses",
}  # fmt: skip
_OPTIONAL_KEYS: Final = {"needs", "note", "errata"}


@dataclass(frozen=True, slots=True)
class Erratum:
    """What is wrong in a published page, and what is so.

    `factors` are those that it is about, empty where it is about all; `unjudged` says why no
    requirement cites it, and is empty where one does.
    """

    key: str
    text: str
    source: str
    factors: tuple[str, ...] = ()
    unjudged: str = ""


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing that a tenant must, or should, do; judged once for each of its factors."""

    id: str
    group: str
    title: str
    level: Level
    basis: str
    factors: tuple[str, ...]
    statement: str
    source: str
    responses: tuple[str, ...]
    needs: tuple[str, ...]
    note: str
    errata: tuple[Erratum, ...] = ()

    def errata_for(self, factor: str) -> list[str]:
        """What published pages have wrong about this, for one factor."""
        return [each.text for each in self.errata if factor in (each.factors or (factor,))]


class Catalogue:
    """All requirements, by id and in the order of the file."""

    def __init__(self, document: Mapping[str, object]) -> None:
        """Read the parsed TOML; raises `CatalogueError` for a mistake in it."""
        self._sources = cast("Mapping[str, Mapping[str, str]]", document.get("sources", {}))
        self._errata = {
            key: self._read_erratum(key, entry)
            for key, entry in cast(
                "Mapping[str, Mapping[str, object]]", document.get("errata", {})
            ).items()
        }
        self._requirements: dict[str, Requirement] = {}
        for entry in cast("list[Mapping[str, object]]", document.get("requirement", [])):
            requirement = self._read(entry)
            if requirement.id in self._requirements:
                raise CatalogueError(f"{requirement.id} is in the catalogue twice")
            self._requirements[requirement.id] = requirement

    def __iter__(self) -> Iterator[Requirement]:
        """Every requirement, in the order of the file."""
        return iter(self._requirements.values())

    def __getitem__(self, requirement_id: str) -> Requirement:
        """The requirement of this id; raises `CatalogueError` for an unknown one."""
        try:
            return self._requirements[requirement_id]
        except KeyError:
            raise CatalogueError(f"no requirement {requirement_id!r} in the catalogue") from None

    @property
    def errata(self) -> list[Erratum]:
        """What is wrong in published pages, in the order of the file."""
        return list(self._errata.values())

    def cite(self, keys: list[str]) -> str:
        """The sources as one line: title and address of each.

        Raises `CatalogueError` for an unknown one.
        """
        return "; ".join(self._cite_one(key) for key in keys)

    def _read(self, entry: Mapping[str, object]) -> Requirement:
        name = entry.get("id", "an entry without id")
        odd = (entry.keys() - _KEYS - _OPTIONAL_KEYS) | (_KEYS - entry.keys())
        if odd:
            raise CatalogueError(f"{name}: missing or unknown keys: {', '.join(sorted(odd))}")
        values = {**entry, "source": self.cite(cast("list[str]", entry["source"]))}
        values["errata"] = self._cited_errata(str(name), cast("list[str]", entry.get("errata", [])))
        values = {key: tuple(v) if isinstance(v, list) else v for key, v in values.items()}
        values["statement"] = " ".join(str(entry["statement"]).split())
        return Requirement(**{"needs": (), "note": "", **values})  # type: ignore[arg-type]

    def _read_erratum(self, key: str, entry: Mapping[str, object]) -> Erratum:
        odd = entry.keys() ^ {"text", "source", *(entry.keys() & {"factors", "unjudged"})}
        if odd:
            raise CatalogueError(f"{key}: missing or unknown keys: {', '.join(sorted(odd))}")
        source = self.cite(cast("list[str]", entry["source"]))
        factors = tuple(cast("list[str]", entry.get("factors", [])))
        return Erratum(key, str(entry["text"]), source, factors, str(entry.get("unjudged", "")))

    def _cited_errata(self, name: str, keys: list[str]) -> tuple[Erratum, ...]:
        for key in keys:
            if key not in self._errata:
                raise CatalogueError(f"{name}: no erratum {key!r} in the catalogue")
        return tuple(self._errata[key] for key in keys)

    def _cite_one(self, key: str) -> str:
        name, _, place = key.partition("#")
        if name not in self._sources:
            raise CatalogueError(f"no source {name!r} in the catalogue")
        source = self._sources[name]
        return f"{source['title']}{f', {place}' if place else ''} <{source['url']}>"


@cache
def load_catalogue() -> Catalogue:
    """The catalogue of the bundled suites."""
    text = resources.files("pytest_auth0_mfa.suites").joinpath("requirements.toml").read_bytes()
    return Catalogue(tomllib.loads(text.decode("utf-8")))
