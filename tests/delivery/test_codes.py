"""Which number in a message is the code: the corpus, and what holds for any text."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_auth0_mfa.delivery.codes import AmbiguousCode, CodeReader
from pytest_auth0_mfa.delivery.message import Message
from pytest_auth0_mfa.errors import SettingsError

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

CORPUS = Path(__file__).parent / "corpus"
WORDS = (
    *("Borealis", "would", "like", "to", "greet", "you,", "dear", "friend", "of", "tea", ";"),
    *("wir", "grüßen", "东方", "привет", "(now)", "!"),
)

codes = st.text("0123456789", min_size=6, max_size=6)
surroundings = st.lists(st.sampled_from(WORDS)).map(" ".join)


def _corpus() -> list[Any]:
    """Every message of the corpus, named by family and note."""
    entries = []
    for path in sorted(CORPUS.glob("*.toml")):
        found = tomllib.loads(path.read_text("utf-8"))["message"]
        entries += [pytest.param(each, id=f"{path.stem}: {each['note']}") for each in found]
    return entries


def message(text: str = "", html: str = "", subject: str = "", code: str | None = None) -> Message:
    """A message of which only what it says matters."""
    return Message("1", "ines@example.com", text, html, subject, code)


def read(text: str, code_pattern: str | None = None) -> str | None:
    """The code in a text."""
    return CodeReader(code_pattern).code(message(text))


@pytest.mark.parametrize("entry", _corpus())
def test_corpus(entry: dict[str, str]) -> None:
    """Each message yields its code, or none, or is called ambiguous."""
    says = message(entry.get("text", ""), entry.get("html", ""), entry.get("subject", ""))
    try:
        found = CodeReader().code(says) or "none"
    except AmbiguousCode:
        found = "ambiguous"
    assert entry["code"] == found


def test_corpus_is_large_enough() -> None:
    """The corpus has not been lost on the way."""
    assert len(_corpus()) >= 60


@given(surroundings, codes, surroundings)
def test_any_surroundings(before: str, code: str, after: str) -> None:
    """A code among words without digits is found, whatever the words."""
    assert code == read(f"{before} {code} {after}")


@given(st.text(), st.text(), st.text())
def test_any_text(text: str, html: str, subject: str) -> None:
    """Whatever a message says, it has a code, or none, or too many."""
    try:
        found = CodeReader().code(message(text, html, subject))
    except AmbiguousCode:
        return
    assert found is None or (found.isascii() and found.isdigit() and 4 <= len(found) <= 10)


@given(st.text(alphabet="0123456789 .,-+#:/\n<>=codePIN%€@_'", max_size=80))
def test_any_digits(text: str) -> None:
    """Neither does a text that is dense with digits and signs stop it."""
    try:
        found = CodeReader().code(message(text, f"<p>{text}"))
    except AmbiguousCode:
        return
    assert found is None or (found.isascii() and found.isdigit())


@pytest.mark.parametrize("unit", ["code ", "a@", "<div", "{{", "(0", "é-", "x.", "+1 ", "jan 1"])
def test_long_text(unit: str) -> None:
    """What looks like the beginning of something, thousands of times over, is no code."""
    assert [] == CodeReader().spellings(message(unit * (20_000 // len(unit))))


def test_told_by_the_provider() -> None:
    """A code that the provider tells is taken as it is."""
    assert "774093" == CodeReader().code(message("Your code is 318604", code=" 774093 "))
    assert CodeReader().code(message("Your code is 318604", code=" ")) is None


def test_ambiguity_is_told_without_codes() -> None:
    """The error shows the words around each candidate, and never a digit of a message."""
    with pytest.raises(AmbiguousCode) as raised:
        read("Your code is 318604. Your backup code is 774093.")
    assert "Your code is ******. Your backup code is **" in str(raised.value)
    assert "at character 13" in str(raised.value)
    assert "code_pattern" in str(raised.value)
    assert "318604" not in str(raised.value)
    assert "774093" not in str(raised.value)


class TestCodePattern:
    """The pattern of the user."""

    def test_group(self) -> None:
        """The group is the code."""
        assert "774093" == read("code 318604, key 774093", r"key (\d+)")

    def test_no_group(self) -> None:
        """Without a group the whole match is the code."""
        assert "AB12" == read("code 318604, key AB12", "[A-Z]{2}[0-9]{2}")

    def test_parted_digits(self) -> None:
        """Digits that stand apart are joined."""
        assert "318604" == read("say 3.1.8.6.0.4", r"say ([\d.]+\d)")

    def test_wins(self) -> None:
        """Where the pattern finds nothing there is no code."""
        assert read("Your code is 318604", "key ([0-9]+)") is None

    def test_ambiguous(self) -> None:
        """Two codes that the pattern finds are told as any two."""
        with pytest.raises(AmbiguousCode, match="make code_pattern"):
            read("318604 and 774093", r"\d{6}")

    @pytest.mark.parametrize(
        ("pattern", "why"), [("(", "no regular expression"), ("(a)(b)", "2 groups")]
    )
    def test_unusable(self, pattern: str, why: str) -> None:
        """A pattern that cannot be used is refused at once."""
        with pytest.raises(SettingsError, match=why):
            CodeReader(pattern)
