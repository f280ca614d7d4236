"""A message shows no content, and knows when it arrived."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest

from pytest_auth0_mfa.delivery.masks import excerpt, mask_address, mask_digits
from pytest_auth0_mfa.delivery.message import Message

EPOCH = 1_664_786_132.0


@pytest.mark.parametrize(
    ("arrived_at", "moment"),
    [
        (None, None),
        (12, 12),
        (12.5, 12.5),
        ("2022-10-03T08:35:32Z", EPOCH),
        ("2022-10-03T08:35:32", EPOCH),
        ("2022-10-03T21:35:32+13:00", EPOCH),
        ("2022-10-03T21:35:32.228605299+13:00", EPOCH + 0.228605),
        ("2022-10-03T08:35:32.5Z", EPOCH + 0.5),
        (datetime(2022, 10, 3, 8, 35, 32, tzinfo=timezone.utc), EPOCH),
    ],
)
def test_moment(arrived_at: str | float | datetime | None, moment: float | None) -> None:
    """Every form that providers send is one point in time."""
    assert moment == Message("1", "x", arrived_at=arrived_at).moment


def test_unreadable_moment() -> None:
    """A time that cannot be read is refused where the message is made."""
    with pytest.raises(ValueError, match=r"ISO 8601.*'yesterday'"):
        Message("1", "x", arrived_at="yesterday")


def test_repr_shows_no_content() -> None:
    """Neither body, subject nor code is printed."""
    shown = repr(Message("1", "x", "318604", "318604", "318604", "318604"))
    assert "318604" not in shown


@pytest.mark.parametrize(
    ("address", "masked"),
    [
        ("+12025550100", "********0100"),
        ("mfa-1+tag@example.com", "m***@example.com"),
        ("100", "100"),
        ("", ""),
        ("@example.com", "***@example.com"),
    ],
)
def test_mask_address(address: str, masked: str) -> None:
    """Enough is left to tell two addresses of a run apart."""
    assert masked == mask_address(address)


@pytest.mark.parametrize(
    "digits", ["318604", "٣١٨٦٠٤", "\uff13\uff11\uff18", "三一八六", "Ⅷ", "①②"]
)
def test_mask_digits(digits: str) -> None:
    """Digits and numerals of any script are masked."""
    assert not any(each.isnumeric() for each in mask_digits(f"a {digits} b"))


def test_excerpt() -> None:
    """A long message is cut, in one line."""
    assert "Welcome ** all" == excerpt("Welcome\n 12\tall ")
    assert 43 == len(excerpt("x" * 100))
