"""Entries of the profile for what is known to be wrong: owners, last days, mistakes."""

from __future__ import annotations

from datetime import date, datetime, timezone
from typing import TYPE_CHECKING

import pytest

from pytest_auth0_mfa.errors import SettingsError
from pytest_auth0_mfa.tenant.expected_failures import ExpectedFailure, due, read_expected_failures
from pytest_auth0_mfa.tenant.profile import FACTORS

if TYPE_CHECKING:
    from collections.abc import Mapping

LAST = date(2026, 12, 31)
ENTRY = ExpectedFailure("MFA-ONE", ("otp", "sms"), "ticket 42", "identity team", LAST)
NAMED = {"requirement": "MFA-ONE", "reason": "ticket 42"}


def read(*tables: Mapping[str, object]) -> tuple[ExpectedFailure, ...]:
    """The entries of a profile that is called p.toml."""
    return read_expected_failures(tables, "profile p.toml", FACTORS)


@pytest.mark.parametrize("expires", [LAST, "2026-12-31"])
def test_whole(expires: object) -> None:
    """All that may stand in an entry is read; a date may also be a text."""
    told = {"factors": ["otp", "sms"], "owner": "identity team", "expires": expires}
    assert (ENTRY,) == read({**NAMED, **told})


def test_least() -> None:
    """Requirement and reason are enough, and stand for every factor and for good."""
    [entry] = read(NAMED)
    assert ExpectedFailure("MFA-ONE", None, "ticket 42") == entry
    assert entry.covers("MFA-ONE", "push")
    assert not entry.has_expired(date.max)


@pytest.mark.parametrize(
    ("table", "told"),
    [
        (
            {"reason": "r"},
            "p.toml: [[expected-failure]]: requirement: expected a text, got nothing",
        ),
        ({**NAMED, "reason": " "}, "of MFA-ONE: reason: expected a text, got str"),
        ({**NAMED, "owner": 1}, "of MFA-ONE: owner: expected a text, got int"),
        ({**NAMED, "expire": LAST}, "of MFA-ONE: unknown key 'expire'; did you mean 'expires'"),
        ({**NAMED, "xyzzy": 1}, "unknown key 'xyzzy'; known: requirement, factor, factors, reason"),
        ({**NAMED, "factor": "opt"}, "factor: unknown factor 'opt'; did you mean 'otp'"),
        ({**NAMED, "factors": "otp"}, "factors: expected a list of otp, sms"),
        ({**NAMED, "factors": []}, "factors: expected a list of otp, sms"),
        ({**NAMED, "factors": ["otp"], "factor": "otp"}, "factor and factors: write one of them"),
        ({**NAMED, "expires": "soon"}, "expires: expected a date such as 2026-12-31, got 'soon'"),
        ({**NAMED, "expires": 2027}, "expires: expected a date such as 2026-12-31, got '2027'"),
        (
            {**NAMED, "expires": datetime(2026, 12, 31, tzinfo=timezone.utc)},
            "expires: expected a date such as 2026-12-31, got '2026-12-31 00:00",
        ),
    ],
)
def test_mistake(table: dict[str, object], told: str) -> None:
    """A mistake is told with its entry and what to write."""
    with pytest.raises(SettingsError) as caught:
        read(table)
    assert told in str(caught.value)


@pytest.mark.parametrize("further", [{"factor": "sms"}, {"factors": ["push", "otp"]}])
def test_two_for_the_same(further: dict[str, object]) -> None:
    """Of two reasons for one failure nobody could tell which holds."""
    with pytest.raises(SettingsError, match=r"two entries cover MFA-ONE .*; keep one"):
        read({**NAMED, "factors": ["otp", "sms"]}, {**NAMED, **further})


def test_two_for_different_factors() -> None:
    """Each factor may have its own reason."""
    assert 2 == len(read({**NAMED, "factor": "otp"}, {**NAMED, "factor": "sms"}))


@pytest.mark.parametrize(
    ("today", "has_expired", "told"),
    [
        (date(2026, 12, 16), False, None),
        (date(2026, 12, 17), False, "expires in 14 days: ticket 42"),
        (LAST, False, "expires in 0 days: ticket 42"),
        (date(2027, 1, 1), True, "has expired: ticket 42"),
    ],
)
def test_last_day(*, today: date, has_expired: bool, told: str | None) -> None:
    """An entry holds on its last day, is spoken of for 14 days before, and then expires."""
    assert has_expired is ENTRY.has_expired(today)
    lines = list(due([ENTRY], today))
    beginning = (
        f"expected failure MFA-ONE [otp, sms] {told} (owner identity team, until 2026-12-31)"
    )
    assert told is None or lines[0].startswith(beginning)
    assert len(lines) == (told is not None)
