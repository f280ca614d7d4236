"""The summary in Markdown."""

from __future__ import annotations

import re
from typing import Any

import pytest

from pytest_auth0_mfa.judge.comparison import compare
from pytest_auth0_mfa.reports import escaping
from pytest_auth0_mfa.reports.differences import to_markdown
from pytest_auth0_mfa.reports.markdown import LARGEST, render, within
from tests.reports.conftest import HOSTILE, document, entry


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        (["violates", "stale", "inconclusive"], "violates the MFA API"),
        (["stale", "inconclusive", "conforms"], "has a stale expected failure"),
        (["inconclusive", "conforms"], "is inconclusive"),
        (["untested", "inapplicable"], "was not judged"),
        (["known", "conforms"], "violates the MFA API only where that is listed"),
        (["deviates", "conforms"], "conforms to the MFA API, and deviates in places"),
        (["untested", "conforms"], "conforms to the MFA API in all that was tested"),
        (["conforms", "inapplicable"], "conforms to the MFA API"),
    ],
)
def test_first_line(verdicts: list[str], expected: str) -> None:
    """The first line says what the run came to, by the gravest of it."""
    first = render(document(*map(entry, verdicts))).partition("\n")[0]
    assert f"## `acme.us.auth0.com` {expected}" == first


def test_matrix() -> None:
    """Groups stand against factors, each cell with the gravest verdict and its share."""
    text = render(document(entry("conforms"), entry("violates"), entry("known", factor="any")))
    assert "| | any | otp |\n| --- | --- | --- |\n| login | 〰️ 1 | ❌ 1/2 |" in text


def test_failure_is_folded() -> None:
    """A failure has expected, actual, its source as a link, and a command to repeat it."""
    text = render(document(entry("violates")))
    folded = text[text.index("<details>") : text.index("</details>")]
    for told in (
        "<summary>❌ violates <b>MFA-VIOLATES [otp]</b>: What violates</summary>",
        "* expected: `accepted`",
        "* actual: `status 403`",
        "* source: [Guide: one, section-2](<https://auth0.com/docs/one>); [Two](<https://",
        "```sh\ncurl --request POST --url",
        "otp=otp#1",
    ):
        assert told in folded


def test_reasons_are_grouped() -> None:
    """What was not judged is listed by its reason."""
    other = entry("untested", factor="push", reason="no device")
    text = render(document(entry("untested"), entry("untested", factor="sms"), other))
    assert (
        "<summary>2: no inbox for sms</summary>\n\nMFA-UNTESTED \\[otp\\], MFA-UNTESTED \\[sms"
        in text
    )
    assert "<summary>1: no device</summary>" in text


def test_spend_and_exploration() -> None:
    """The rest of a report is told as well."""
    made = document(entry("conforms"))
    made["exploration"] = {
        "asked": 10, "steps": 9, "sequences": 2, "seed": 3, "agrees": False, "ended": None,
        "requirements": ["MFA-ONE"], "sequence": ["curl ```x```"],
    }  # fmt: skip
    text = render(made)
    assert "Spent 4 requests, 2 s waited." in text
    assert "`--auth0-explore=10:3`: a disagreement, by\n\n````sh\ncurl ```x```\n````" in text


def test_foreign_text_stays_text(whole: dict[str, Any]) -> None:
    """Whatever a text holds, it makes no element, link, code or row of its own."""
    text = render(whole)
    assert {"details", "summary", "b"} == set(re.findall(r"(?<![`\w])<(\w+)>", _outside_code(text)))
    paragraphs = re.sub(r"<summary>.*?</summary>", "", _outside_code(text))
    assert "](http://e)" not in paragraphs.replace("\\](", "")
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert {4} == {len(re.findall(r"(?<!\\)\|", row)) for row in rows}


def _outside_code(text: str) -> str:
    """Markdown without its code."""
    without = re.sub(r"^(`{3,})\w*\n.*?^\1$", "", text, flags=re.DOTALL | re.MULTILINE)
    return re.sub(r"(`+)(?!`).*?(?<!`)\1(?!`)", "", without.replace("\\`", ""))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("a_b mfa_token", "a_b mfa_token"),
        ("_a_ *b*", "\\_a\\_ \\*b\\*"),
        ("a | `b`\n<i>&", "a \\| \\`b\\` &lt;i&gt;&amp;"),
        ("@someone #1", "\\@someone \\#1"),
    ],
)
def test_text(value: str, expected: str) -> None:
    """Markup is written as what it looks like; underscores within words are none."""
    assert expected == escaping.text(value)


@pytest.mark.parametrize(
    ("value", "expected"),
    [("a", "`a`"), ("a`b", "``a`b``"), ("`a``", "``` `a`` ```"), ("", "`   `"), ("a\nb", "`a b`")],
)
def test_code(value: str, expected: str) -> None:
    """The fence of code is longer than what it holds."""
    assert expected == escaping.code(value)


def test_long_text_is_cut() -> None:
    """No text takes the whole page."""
    assert len(escaping.text("x" * 10_000)) < 4_100
    assert escaping.text(HOSTILE) != HOSTILE


def test_too_much_is_counted() -> None:
    """The page stays below what GitHub takes, and says what it leaves out."""
    long = [entry("violates", factor="otp", actual="€" * 5_000) for _ in range(300)]
    text = render(document(*long))
    assert LARGEST - 20_000 < len(text.encode()) <= LARGEST
    [left_out] = re.findall(r"\*(\d+) further parts are left out", text)
    assert 300 == text.count("<details>") + int(left_out)


def test_exactly_what_fits() -> None:
    """What fits is there, and nothing is said to be left out."""
    assert "a\n\nb\n" == within(["a", "b"], 1_000)


def test_comparison_is_cut_as_well() -> None:
    """Of a comparison that is too long the gravest is kept."""
    ids = [f"MFA-{'A' * number}" for number in range(1, 301)]
    before = document(*(entry("conforms", id=each) for each in ids))
    after = document(*(entry("violates", id=each, actual="€" * 3_000) for each in ids))
    text = to_markdown(compare(before, after))
    assert text.index("### worse (300)") < text.index("| MFA-A \\[otp\\]: ")
    assert "further parts are left out" in text
    assert LARGEST / 2 < len(text.encode()) <= LARGEST
