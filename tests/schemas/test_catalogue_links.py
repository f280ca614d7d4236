"""The catalogue of requirements and the schemas agree about response ids and sources."""

from __future__ import annotations

import sys
from importlib import resources
from typing import Any

import pytest

from pytest_auth0_mfa import schemas

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib


def read(name: str) -> dict[str, Any]:
    """Read a file of the packaged suites."""
    return tomllib.loads(
        resources.files("pytest_auth0_mfa.suites").joinpath(name).read_text("utf-8")
    )


@pytest.fixture(scope="module")
def catalogue() -> dict[str, Any]:
    """Read the catalogue from the package."""
    return read("requirements.toml")


def test_every_cited_response_has_a_schema(catalogue: dict[str, Any]) -> None:
    """No requirement speaks of a response that is not described."""
    cited = {name for entry in catalogue["requirement"] for name in entry["responses"]}
    assert set() == cited - set(schemas.response_ids())


def test_every_schema_serves_a_requirement(catalogue: dict[str, Any]) -> None:
    """Each described response has a part in a judgement."""
    cited = {name for entry in catalogue["requirement"] for name in entry["responses"]}
    assert set() == set(schemas.response_ids()) - cited


def test_every_cited_source_is_listed(catalogue: dict[str, Any]) -> None:
    """Each source of a requirement, erratum or fact is in the list, and all of it is cited."""
    facts = read("facts.toml")["fact"]
    citing = [*catalogue["requirement"], *catalogue["errata"].values(), *facts]
    cited = {name for entry in citing for name in entry["source"]}
    assert set(catalogue["sources"]) == {name.partition("#")[0] for name in cited}


def test_sources_are_public_places(catalogue: dict[str, Any]) -> None:
    """A reader can open every source."""
    assert all(place["url"].startswith("https://") for place in catalogue["sources"].values())


def test_titles_fit_a_line(catalogue: dict[str, Any]) -> None:
    """A title has at most 60 characters, for the tables of a report."""
    assert [] == [entry["id"] for entry in catalogue["requirement"] if len(entry["title"]) > 60]
