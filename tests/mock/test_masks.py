"""What a list shows of an address."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_auth0_mfa.mock import masks


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("+12025558730", "XXXXXXXX8730"),
        ("+919876549167", "XXXXXXXXX9167"),
        ("+1234567", "XXXX4567"),
        ("+123456789012345", "XXXXXXXXXXXX2345"),
        ("", ""),
    ],
)
def test_phone_number(number: str, masked: str) -> None:
    """Four digits are shown, the plus is hidden with the rest."""
    assert masked == masks.phone_number(number)


@pytest.mark.parametrize(
    ("address", "masked"),
    [
        ("user@example.com", "****@exam*******"),
        ("dlozanoperez@gmail.com", "dloz********@gmai*****"),
        ("me@okta.com", "**@okta****"),
        ("users@a.io", "user*@****"),
        ("a@b@example.com", "***@exam*******"),
        ("nobody", "nobo**"),
    ],
)
def test_email(address: str, masked: str) -> None:
    """Four characters are shown of a side that has more, none of a shorter one."""
    assert masked == masks.email(address)


@given(st.text())
def test_length_is_kept(address: str) -> None:
    """Whatever is masked, as many characters come out."""
    assert len(address) == len(masks.email(address)) == len(masks.phone_number(address))
