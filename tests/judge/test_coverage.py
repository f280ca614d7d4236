"""The facts behind the suites: each judged or excused, and no requirement without one."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_auth0_mfa.errors import CatalogueError
from pytest_auth0_mfa.judge.catalogue import Catalogue, load_catalogue
from pytest_auth0_mfa.judge.coverage import REASONS, load_facts, read_facts
from tests.judge import coverage_page

CATALOGUE = Catalogue(
    {
        "sources": {"guide": {"title": "Guide", "url": "https://example.com"}},
        "requirement": [
            {
                "id": "MFA-X",
                "group": "x",
                "title": "X",
                "level": "SHOULD",
                "basis": "documented",
                "factors": ["otp", "sms"],
                "statement": "X holds.",
                "source": ["guide"],
                "responses": [],
            }
        ],
    }
)
COMMON: dict[str, Any] = {"group": "A group", "says": "A is b.", "source": ["guide#part"]}
JUDGED: dict[str, Any] = {**COMMON, "requirements": ["MFA-X"]}
EXCUSED: dict[str, Any] = {**COMMON, "because": "unverified", "why": "Nobody tells."}


def test_judged_fact_is_read() -> None:
    """It has its requirements, with what they leave out."""
    (fact,) = read_facts({"fact": [{**JUDGED, "note": "C is left out."}]}, CATALOGUE)
    assert ("A group", "A is b.") == (fact.group, fact.says)
    assert "Guide, part <https://example.com>" == fact.source
    assert (["MFA-X"], "C is left out.") == ([each.id for each in fact.requirements], fact.note)
    assert ("", "") == (fact.because, fact.why)


def test_excused_fact_is_read() -> None:
    """It has a kind of reason and a sentence."""
    (fact,) = read_facts({"fact": [EXCUSED]}, CATALOGUE)
    assert ((), "") == (fact.requirements, fact.note)
    assert ("unverified", "Nobody tells.") == (fact.because, fact.why)


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        (COMMON, "missing or unknown keys: requirements"),
        ({**JUDGED, **EXCUSED}, "missing or unknown keys: requirements"),
        ({**EXCUSED, "note": "x"}, "missing or unknown keys: note"),
        ({**COMMON, "because": "unverified"}, "missing or unknown keys: why"),
        ({**JUDGED, "wy": "x"}, "missing or unknown keys: wy"),
        ({**JUDGED, "requirements": []}, "nothing is said by requirements"),
        ({**JUDGED, "source": []}, "nothing is said by source"),
        ({**EXCUSED, "why": ""}, "nothing is said by why"),
        ({**JUDGED, "requirements": ["MFA-Z"]}, "no requirement 'MFA-Z' in the catalogue"),
        ({**JUDGED, "source": ["gide"]}, "no source 'gide' in the catalogue"),
    ],
)
def test_mistake(entry: dict[str, Any], told: str) -> None:
    """Each mistake is told with the fact and the word that is wrong."""
    with pytest.raises(CatalogueError) as raised:
        read_facts({"fact": [entry]}, CATALOGUE)
    assert f"A is b.: {told}" == str(raised.value)


def test_unknown_reason() -> None:
    """The kinds of reasons are told."""
    with pytest.raises(CatalogueError, match="because is 'tired', and must be one of unverified,"):
        read_facts({"fact": [{**EXCUSED, "because": "tired"}]}, CATALOGUE)


def test_fact_without_words() -> None:
    """It cannot be named, and is refused."""
    with pytest.raises(CatalogueError, match="a fact without words: missing or unknown keys: says"):
        read_facts({"fact": [_without_words()]}, CATALOGUE)


def _without_words() -> dict[str, Any]:
    return {key: value for key, value in JUDGED.items() if key != "says"}


class TestBundled:
    """The facts behind the bundled suites."""

    def test_every_requirement_serves_a_fact(self) -> None:
        """What is judged is known from somewhere."""
        placed = {each.id for fact in load_facts() for each in fact.requirements}
        assert [] == [each.id for each in load_catalogue() if each.id not in placed]

    def test_every_fact_is_said_once(self) -> None:
        """No two are alike, and each is a sentence of one line."""
        said = [fact.says for fact in load_facts()]
        assert len(said) == len(set(said)) > 140
        assert [] == [each for each in said if "\n" in each or not each.endswith(".")]

    def test_every_reason_is_used(self) -> None:
        """A kind of reason that no fact has is none."""
        assert set(REASONS) == {fact.because for fact in load_facts() if fact.because}


class TestPage:
    """docs/coverage.md."""

    def test_up_to_date(self) -> None:
        """It says what the facts say; `python -m tests.judge.coverage_page` writes it."""
        made = coverage_page.page(load_facts(), load_catalogue())
        assert made == coverage_page.PATH.read_text("utf-8")

    def test_no_cell_is_empty(self) -> None:
        """Every cell of every table says something."""
        lines = coverage_page.PATH.read_text("utf-8").splitlines()
        rows = [line.strip("|").split(" | ") for line in lines if line.startswith("|")]
        assert len(rows) > 200
        assert [] == [row for row in rows if not all(cell.strip() for cell in row)]

    def test_links_lead_somewhere(self) -> None:
        """Files that it names exist."""
        text = coverage_page.PATH.read_text("utf-8")
        named = {part.partition(")")[0] for part in text.split("](")[1:]}
        near = {each for each in named if not each.startswith("https://")}
        assert [] == [each for each in near if not (coverage_page.PATH.parent / each).exists()]
