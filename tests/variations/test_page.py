"""The page of variations: complete and current."""

from __future__ import annotations

from pytest_auth0_mfa.mock.variations import AREAS, VARIATIONS, Variation
from tests.variations import page

TOLD = Variation(
    "a-name", "It differs", "Nobody forbids it", "https://a.example; https://b.example",
    noted=("MFA-X", "MFA-Y-"),
)  # fmt: skip


def test_row() -> None:
    """A variation has its name, what and why with links, and what tells of it."""
    text = page.page({"Area": [TOLD]})
    row = (
        "| `a-name` | It differs | Nobody forbids it [1](https://a.example), "
        "[2](https://b.example) | MFA-X<br>MFA-Y-\\* |"
    )
    assert row in text.splitlines()
    assert "## Area" in text
    assert "1 variations, 1 of them told." in text


def test_page_is_current() -> None:
    """docs/variations.md is what the catalogue gives; the command at its head writes it anew."""
    assert page.page(AREAS) == page.PATH.read_text("utf-8")


def test_every_variation_has_a_row() -> None:
    """Whoever reads the page reads of all of them."""
    text = page.PATH.read_text("utf-8")
    assert [] == [name for name in VARIATIONS if f"| `{name}` |" not in text]
