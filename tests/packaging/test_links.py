"""The pages of the documentation: all are in the index, and their links lead somewhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

DOCS = ROOT / "docs"
INDEX = DOCS / "index.md"
AROUND = ("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "benchmarks/README.md")
OURS = [each for each in sorted(DOCS.rglob("*.md")) if ".pytest_cache" not in each.parts]
PAGES = [*(ROOT / name for name in AROUND), *OURS]
CODE = re.compile(r"^```.*?^```|`[^`\n]*`", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


def links(page: Path) -> list[str]:
    """The links of a page that stay within the project."""
    found = LINK.findall(CODE.sub("", page.read_text("utf-8")))
    return [each for each in found if not re.match(r"\w+:", each)]


def anchors(page: Path) -> set[str]:
    """The headings of a page, as GitHub makes anchors of them."""
    text = re.sub(r"^```.*?^```", "", page.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", each.lower()).replace(" ", "-") for each in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    """What a link names is there, its heading included."""
    dead = []
    for link in links(page):
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            dead.append(link)
    assert [] == dead


def test_there_are_links() -> None:
    """The pattern finds links, with and without a heading, or the test above proves nothing."""
    assert "docs/index.md" in links(ROOT / "README.md")
    assert "real-tenants.md#safety" in links(DOCS / "your-tenant.md")
    assert "safety" in anchors(DOCS / "real-tenants.md")


def test_every_page_is_in_the_index() -> None:
    """Each page is listed once, with a line that says what it is for."""
    lines = re.findall(r"^\* \[[^\]]+\]\((\S+?)\): \S", INDEX.read_text("utf-8"), re.MULTILINE)
    pages = [str(page.relative_to(DOCS)) for page in OURS if page != INDEX]
    assert sorted(pages) == sorted(line for line in lines if not line.startswith(".."))
    assert len(lines) == len(links(INDEX)) - 1
