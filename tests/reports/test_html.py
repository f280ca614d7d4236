"""The page as a text: well formed, self-contained, and no way out of it for what a report holds."""

from __future__ import annotations

import base64
import json
import re
from hashlib import sha256
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest

from pytest_auth0_mfa.judge.verdict import Verdict
from pytest_auth0_mfa.reports import render, suffixes
from pytest_auth0_mfa.reports.html.view import MEANINGS, SIGNS
from tests.reports.conftest import HOSTILE, document, entry

if TYPE_CHECKING:
    from collections.abc import Mapping

VOID = {"meta", "input", "br", "link"}


class Page(HTMLParser):
    """What stands in a page: elements in their order, texts, and whether tags are in balance."""

    def __init__(self, text: str) -> None:
        """Read a page."""
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.blocks: dict[str, str] = {}
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert [] == self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close an element, which must be the last that was opened."""
        assert tag == self._open.pop()

    def handle_data(self, data: str) -> None:
        """Note a text; those of styles and scripts by the element."""
        if self._open and self._open[-1] in {"style", "script"}:
            kind = self.elements[-1][1].get("type") or self._open[-1]
            self.blocks[kind] = self.blocks.get(kind, "") + data
        else:
            self.texts.append(data)

    def of(self, tag: str) -> list[dict[str, str | None]]:
        """The attributes of all elements of a kind."""
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.fixture
def page(whole: dict[str, Any]) -> Page:
    """The page of a report with hostile texts in all places."""
    return Page(render(whole, ".html"))


def test_is_written() -> None:
    """The suffix is one of those that `--auth0-report` takes."""
    assert ".html" in suffixes()


def test_nothing_comes_from_elsewhere(page: Page) -> None:
    """No element loads anything, and the policy would forbid it."""
    loading = {"src", "srcset", "data", "background", "action", "poster"}
    assert [] == [each for each in page.elements if loading & each[1].keys()]
    assert not page.of("link")
    (policy,) = [e["content"] for e in page.of("meta") if e.get("http-equiv")]
    assert policy is not None
    assert policy.startswith("default-src 'none'; ")


@pytest.mark.parametrize(("kind", "directive"), [("style", "style-src"), ("script", "script-src")])
def test_policy_names_what_is_there(page: Page, kind: str, directive: str) -> None:
    """The digests are those of the style and the script of the page."""
    (policy,) = [e["content"] or "" for e in page.of("meta") if e.get("http-equiv")]
    digest = base64.b64encode(sha256(page.blocks[kind].encode()).digest()).decode()
    assert f"{directive} 'sha256-{digest}'" in policy


def test_hostile_texts_stay_texts(page: Page, whole: dict[str, Any]) -> None:
    """What is markup in a report is text in the page, and the data are what they were."""
    names = {tag for tag, _ in page.elements}
    assert "img" not in names
    assert 2 == len(page.of("script"))
    assert not [a for _, a in page.elements if any(name.startswith("on") for name in a)]
    data = json.loads(page.blocks["application/json"])
    assert whole["requirements"] == data["requirements"]
    assert "<" not in page.blocks["application/json"]
    shown = " ".join(" ".join(page.texts).split())
    assert " ".join(HOSTILE.split()) in shown


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x"])
def test_odd_sources_are_no_links(address: str) -> None:
    """Only addresses of the web become links."""
    page = Page(render(document(entry("violates", source=f"Odd <{address}>")), ".html"))
    hrefs = [each["href"] or "" for each in page.of("a")]
    assert all(href.startswith(("#", "https://")) for href in hrefs)


def test_readable_without_a_script(page: Page, whole: dict[str, Any]) -> None:
    """Each requirement stands there with its verdict, and what failed with what was seen."""
    shown = " ".join(page.texts)
    for each in whole["requirements"]:
        assert each["id"] in shown
        assert each["verdict"] in shown
    assert "Expected" in shown
    assert "curl --request POST" in shown


def test_every_verdict_is_explained(page: Page) -> None:
    """The page tells each verdict, by a sign of its own as well as by a colour."""
    assert set(Verdict) == SIGNS.keys() == MEANINGS.keys()
    assert len(SIGNS) == len(set(SIGNS.values()))
    shown = " ".join(" ".join(page.texts).split())
    assert all(meaning in shown for meaning in MEANINGS.values())


def test_map_is_a_table_that_can_be_read_aloud(page: Page) -> None:
    """Rows and columns have headings, cells say in words what they show."""
    scopes = [each.get("scope") for each in page.of("th")]
    assert {"col", "row"} == set(scopes)
    cells = [each for each in page.of("a") if "cell" in (each.get("class") or "")]
    assert cells
    assert all(
        re.fullmatch(r"(?s).+: \d+ of \d+ [a-z]+", each["aria-label"] or "") for each in cells
    )
    assert [{"lang": "en"}] == page.of("html")


BASELINE: Mapping[str, Any] = {
    "file": "b.json",
    "differences": [
        {
            "kind": "regression",
            "about": "mfa.policy",
            "before": "healthy",
            "after": "blocks",
            "told": "x",
        }
    ],
}
EXPLORATION: Mapping[str, Any] = {
    "asked": 9,
    "steps": 9,
    "sequences": 2,
    "seed": 7,
    "agrees": False,
    "ended": None,
    "requirements": [],
    "sequence": ["enroll", "verify"],
}


def test_further_members_are_shown(whole: dict[str, Any]) -> None:
    """A baseline and an exploration have their places."""
    shown = " ".join(
        Page(render({**whole, "baseline": BASELINE, "exploration": EXPLORATION}, ".html")).texts
    )
    assert "Against the baseline b.json" in shown
    assert "the tenant disagrees with the model" in shown
