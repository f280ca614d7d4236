"""The tenant's clock, told by the `Date` of its answers."""

from __future__ import annotations

from email.utils import formatdate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_auth0_mfa.api.tenant_time import TenantTime

NOON = 1_800_000_000.0


def heard(time: TenantTime, ahead_s: float, sent_at: float, took_s: float = 0.01) -> None:
    """Hear an answer of a tenant whose clock is so far ahead, written half-way."""
    moment = sent_at + took_s / 2 + ahead_s
    time.note(formatdate(int(moment), usegmt=True), sent_at, sent_at + took_s)


@given(
    ahead_s=st.floats(-3600, 3600),
    gaps=st.lists(st.floats(0.001, 5), min_size=1, max_size=30),
    took_s=st.floats(0.0, 0.5),
)
def test_never_ahead_of_the_tenant(ahead_s: float, gaps: list[float], took_s: float) -> None:
    """Behind by the second that `Date` leaves open and the way, at most; never ahead."""
    time, now = TenantTime(), NOON
    for gap in gaps:
        heard(time, ahead_s, now, took_s)
        now += gap + took_s
    assert ahead_s - 1 - took_s - 1e-3 <= time.ahead_s <= ahead_s + 1e-3


def test_follows_a_clock_that_is_set() -> None:
    """A clock that is put right, or moved, is noticed with the next answer."""
    time = TenantTime()
    for ahead_s in (7.0, -7.0, 601.0, 0.0):
        heard(time, ahead_s, NOON)
        assert ahead_s - 1.1 <= time.ahead_s <= ahead_s


def test_slow_answer_changes_nothing() -> None:
    """What took half a minute tells less than what is known."""
    time = TenantTime()
    heard(time, 7.0, NOON)
    known = time.ahead_s
    heard(time, 7.0, NOON + 1, took_s=30)
    assert known == time.ahead_s


@pytest.mark.parametrize("date", [None, "", "today", "Wed, 99 Oct 2026 07:28:00 GMT"])
def test_no_date(date: str | None) -> None:
    """A tenant that does not tell its time is taken to have ours."""
    time = TenantTime()
    time.note(date, NOON, NOON)
    assert 0.0 == time.ahead_s
