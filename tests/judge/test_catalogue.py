"""The catalogue: read whole, and refused with any mistake."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_auth0_mfa.errors import CatalogueError
from pytest_auth0_mfa.judge.catalogue import Catalogue, load_catalogue

SOURCES = {"guide": {"title": "Guide", "url": "https://example.com"}}


def entry(**changes: Any) -> dict[str, Any]:  # noqa: ANN401 - values of TOML
    """A faultless entry, but for the changes; None takes a key away."""
    whole = {
        "id": "MFA-X",
        "group": "x",
        "title": "X",
        "level": "MUST",
        "basis": "documented",
        "factors": ["otp"],
        "statement": "X\n holds.",
        "source": ["guide#part"],
        "responses": [],
        **changes,
    }
    return {key: value for key, value in whole.items() if value is not None}


def read(*entries: dict[str, Any]) -> Catalogue:
    """A catalogue of these entries."""
    return Catalogue({"sources": SOURCES, "requirement": list(entries)})


def test_entry_is_read() -> None:
    """Lists become tuples, texts lose their line ends, sources become citations."""
    requirement = read(entry())["MFA-X"]
    assert (("otp",), "X holds.") == (requirement.factors, requirement.statement)
    assert "Guide, part <https://example.com>" == requirement.source
    assert ((), "") == (requirement.needs, requirement.note)


def test_order_is_that_of_the_file() -> None:
    """Reports list requirements as the catalogue does."""
    catalogue = read(entry(id="MFA-B"), entry(id="MFA-A"))
    assert ["MFA-B", "MFA-A"] == [each.id for each in catalogue]


@pytest.mark.parametrize(
    ("entries", "told"),
    [
        ([entry(), entry()], "MFA-X is in the catalogue twice"),
        ([entry(levle="MUST")], "MFA-X: missing or unknown keys: levle"),
        ([entry(level=None)], "MFA-X: missing or unknown keys: level"),
        ([entry(id=None)], "an entry without id: missing or unknown keys: id"),
        ([entry(source=["gide"])], "no source 'gide' in the catalogue"),
    ],
)
def test_mistake(entries: list[dict[str, Any]], told: str) -> None:
    """Each mistake is told with the entry and the word that is wrong."""
    with pytest.raises(CatalogueError) as raised:
        read(*entries)
    assert told == str(raised.value)


def test_unknown_id() -> None:
    """Asking for what is not there is a mistake of the asking test."""
    with pytest.raises(CatalogueError, match="no requirement 'MFA-Z' in the catalogue"):
        read(entry())["MFA-Z"]


class TestBundled:
    """The catalogue of the bundled suites."""

    def test_levels_and_bases(self) -> None:
        """Only known words are used."""
        assert {"MUST", "SHOULD"} == {each.level for each in load_catalogue()}
        bases = {each.basis for each in load_catalogue()}
        assert bases <= {"documented", "recorded", "standard"}

    @pytest.mark.parametrize("field", ["title", "statement", "source", "factors", "group"])
    def test_nothing_is_empty(self, field: str) -> None:
        """Every requirement says what it is about and where that is written."""
        assert [] == [each.id for each in load_catalogue() if not getattr(each, field)]

    def test_sources_are_public(self) -> None:
        """Each citation has an address that anybody can open."""
        assert [] == [each.id for each in load_catalogue() if "<https://" not in each.source]

    def test_any_stands_alone(self) -> None:
        """A requirement is either about factors or about none."""
        mixed = [e.id for e in load_catalogue() if "any" in e.factors and len(e.factors) > 1]
        assert [] == mixed
