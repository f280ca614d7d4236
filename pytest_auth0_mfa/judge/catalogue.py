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
_OPTIONAL_KEYS: Final = {"needs", "note"}


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


class Catalogue:
    """All requirements, by id and in the order of the file."""

    def __init__(self, document: Mapping[str, object]) -> None:
        """Read the parsed TOML; raises `CatalogueError` for a mistake in it."""
        self._sources = cast("Mapping[str, Mapping[str, str]]", document.get("sources", {}))
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

    def _read(self, entry: Mapping[str, object]) -> Requirement:
        name = entry.get("id", "an entry without id")
        odd = (entry.keys() - _KEYS - _OPTIONAL_KEYS) | (_KEYS - entry.keys())
        if odd:
            raise CatalogueError(f"{name}: missing or unknown keys: {', '.join(sorted(odd))}")
        values = {**entry, "source": self._cite(cast("list[str]", entry["source"]))}
        values = {key: tuple(v) if isinstance(v, list) else v for key, v in values.items()}
        values["statement"] = " ".join(str(entry["statement"]).split())
        return Requirement(**{"needs": (), "note": "", **values})  # type: ignore[arg-type]

    def _cite(self, keys: list[str]) -> str:
        """The sources as one line: title and address of each."""
        return "; ".join(self._cite_one(key) for key in keys)

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
