"""The arithmetic of a bucket that is drawn on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_auth0_mfa.api.bucket import Bucket


def drawn(bucket: Bucket, *asked_at: float) -> list[float]:
    """When those who ask at these moments may go."""
    moments = []
    for now in asked_at:
        moments.append(bucket.earliest(now))
        bucket.book(moments[-1])
    return moments


def test_burst_then_one_after_the_other() -> None:
    """A full bucket gives its burst at once, then each turn is an interval after the one before."""
    assert [100, 100, 100, 102, 104] == drawn(Bucket(3, 2.0), *[100] * 5)


def test_fills_while_nobody_draws() -> None:
    """What was drawn comes back, and no more than that."""
    bucket = Bucket(2, 5.0)
    drawn(bucket, 100, 100)
    assert [1000, 1000, 1005] == drawn(bucket, 1000, 1000, 1000)


def test_is_held() -> None:
    """Nobody goes while it is held, and a shorter hold does not end a longer one."""
    bucket = Bucket(2, 5.0)
    bucket.hold(130)
    bucket.hold(110)
    assert [130, 130, 135] == drawn(bucket, 100, 100, 100)


@pytest.mark.parametrize(("left", "first"), [(2, 100), (1, 100), (0, 105), (-1, 110)])
def test_is_corrected(left: int, first: float) -> None:
    """Whatever it held, it holds what it is told to."""
    bucket = Bucket(3, 5.0, full_at=7777)
    bucket.correct(left, 100)
    assert [first] == drawn(bucket, 100)


@given(
    burst=st.integers(1, 12),
    interval_s=st.sampled_from([0.05, 0.2, 3.0]),
    pauses=st.lists(st.floats(0, 2), max_size=60),
)
def test_never_more_than_allowed_in_any_window(
    burst: int, interval_s: float, pauses: list[float]
) -> None:
    """Between two turns lie as many as the burst and what came back meanwhile, in their order."""
    now, moments, bucket = 1000.0, [], Bucket(burst, interval_s)
    for pause in pauses:
        now += pause
        moments += drawn(bucket, now)
    assert sorted(moments) == moments
    for first, begin in enumerate(moments):
        for last, end in enumerate(moments[first:], first):
            assert last - first + 1 <= burst + (end - begin) / interval_s + 1e-6
