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

UNUSED = {
    "error.too-many-requests": "throttling makes a verdict inconclusive, it is no requirement",
}


@pytest.fixture(scope="module")
def catalogue() -> dict[str, Any]:
    """Read the catalogue from the package."""
    return tomllib.loads(
        resources.files("pytest_auth0_mfa.suites").joinpath("requirements.toml").read_text("utf-8")
    )


def test_every_cited_response_has_a_schema(catalogue: dict[str, Any]) -> None:
    """No requirement speaks of a response that is not described."""
    cited = {name for entry in catalogue["requirement"] for name in entry["responses"]}
    assert set() == cited - set(schemas.response_ids())


def test_every_schema_serves_a_requirement(catalogue: dict[str, Any]) -> None:
    """Each described response has a part in a judgement, save for the listed exceptions."""
    cited = {name for entry in catalogue["requirement"] for name in entry["responses"]}
    assert set(UNUSED) == set(schemas.response_ids()) - cited


def test_every_cited_source_is_listed(catalogue: dict[str, Any]) -> None:
    """Each source of a requirement or erratum is a key of the list, and each key is cited."""
    citing = [*catalogue["requirement"], *catalogue["errata"].values()]
    cited = {name for entry in citing for name in entry["source"]}
    assert set(catalogue["sources"]) == {name.partition("#")[0] for name in cited}


def test_sources_are_public_places(catalogue: dict[str, Any]) -> None:
    """A reader can open every source."""
    assert all(place["url"].startswith("https://") for place in catalogue["sources"].values())


def test_titles_fit_a_line(catalogue: dict[str, Any]) -> None:
    """A title has at most 60 characters, for the tables of a report."""
    assert [] == [entry["id"] for entry in catalogue["requirement"] if len(entry["title"]) > 60]
