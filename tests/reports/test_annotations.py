"""GitHub's annotations."""

from __future__ import annotations

import re
from typing import Any

from pytest_auth0_mfa.reports.annotations import commands
from tests.reports.conftest import document, entry


def test_gravest_first() -> None:
    """Violations and stale entries are errors, what is inconclusive a warning, the rest silent."""
    verdicts = ("conforms", "inconclusive", "known", "stale", "violates", "deviates", "untested")
    kinds = [line.partition(" ")[0] for line in commands(document(*map(entry, verdicts)))]
    assert ["::error", "::error", "::warning"] == kinds


def test_line() -> None:
    """A line has file, title, and a message with what was expected and seen."""
    [line] = commands(document(entry("violates")))
    assert line.startswith(
        "::error file=suites/test_login.py,title=MFA-VIOLATES [otp] violates::What violates. "
        "expected: accepted. actual: status 403. source: Guide"
    )


def test_hostile_text_is_no_command(whole: dict[str, Any]) -> None:
    """A text can neither end its line nor its property."""
    whole["requirements"][-1]["tests"] = ["tests/test_a,title=b%.py::test_one"]
    lines = commands(whole)
    assert not any("\n" in line or "\r" in line for line in lines)
    [hostile] = [line for line in lines if "[sms]" in line]
    assert "file=tests/test_a%2Ctitle=b%25.py,title=" in hostile
    assert "%0D%0Asecond" in hostile
    assert re.search(r"%(?!25|0A|0D|2C|3A)", hostile) is None


def test_ten_at_most() -> None:
    """GitHub shows ten; the last tells how many more there are."""
    many = [entry("violates", factor=factor) for factor in ("otp", "sms", "email")] * 5
    lines = commands(document(*many))
    assert 10 == len(lines)
    assert lines[-1].startswith("::error::6 further requirements failed")
    assert 10 == len(commands(document(*many[:10])))
