"""What a report violates, as entries of a profile."""

from __future__ import annotations

import sys
from datetime import date
from typing import Any

import pytest

from pytest_auth0_mfa.reports.expectations import blocks
from pytest_auth0_mfa.tenant.expected_failures import read_expected_failures
from pytest_auth0_mfa.tenant.profile import FACTORS
from tests.reports.conftest import document, entry

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib


def listed(text: str) -> list[dict[str, Any]]:
    """The entries, as TOML has them."""
    entries: list[dict[str, Any]] = tomllib.loads(text).get("expected-failure", [])
    read_expected_failures(entries, "profile", FACTORS)
    return entries


def test_an_entry_for_each_requirement() -> None:
    """Factors of one requirement stand together; the profile reads what is written."""
    violates = (entry("violates"), entry("violates", factor="sms"), entry("known"))
    [made] = listed(blocks(document(*violates), "identity team", date(2026, 12, 31)))
    assert {
        "requirement": "MFA-VIOLATES",
        "factors": ["otp", "sms"],
        "reason": "expected accepted, actual status 403",
        "owner": "identity team",
        "expires": date(2026, 12, 31),
    } == made


def test_nothing_violated() -> None:
    """A report in order has nothing to list; a stale entry is to be removed."""
    text = blocks(document(entry("conforms"), entry("stale")))
    assert [] == listed(text)
    assert "# MFA-STALE [otp] no longer fails: remove its entry" in text


@pytest.mark.parametrize(
    "odd",
    ['"', "\\", "a\n[[user]]", "\x7f", "\x00", "\u2028", "\u0085", "\U0001f600", "\ud800", "'''"],
)
def test_texts_stay_texts(odd: str) -> None:
    """Whatever a text holds, in a comment or in a value, the outcome is TOML."""
    text = blocks(document(entry("violates", actual=f"a{odd}b", title=f"a{odd}b")), f"o{odd}")
    [made] = listed(text.encode("utf-8").decode("utf-8"))
    assert made["owner"].startswith("o")
    assert {"expected-failure"} == set(tomllib.loads(text))
