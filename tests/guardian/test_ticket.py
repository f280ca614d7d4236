"""The URI of a QR code, whoever made it."""

from __future__ import annotations

from urllib.parse import quote, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_auth0_mfa.errors import Prerequisite
from pytest_auth0_mfa.guardian import read_ticket

TX = "t5FmaYNt8APzKlh3WCRNLi2dG3uZYnAC"
FIELD = f"enrollment_tx_id={TX}"


@pytest.mark.parametrize(
    ("uri", "issuer", "account", "base_url"),
    [
        (
            (
                f"otpauth://totp/My%20Tenant:user%40example.com?{FIELD}"
                "&base_url=https%3A%2F%2Facme.guardian.us.auth0.com"
            ),
            "My Tenant",
            "user@example.com",
            "https://acme.guardian.us.auth0.com",
        ),
        (
            (
                f"otpauth://totp/acme-test:auth0%7C689b?{FIELD}"
                "&base_url=https%3A%2F%2Fid.acme.com%2Fappliance-mfa"
            ),
            "acme-test",
            "auth0|689b",
            "https://id.acme.com/appliance-mfa",
        ),
        (
            (
                f"otpauth://totp/acme?secret=ABC&{FIELD}&issuer=acme&id=dev_1"
                "&base_url=https%3A%2F%2Facme.auth0.com&algorithm=sha1&digits=6&counter=0&period=30"
            ),
            "acme",
            None,
            "https://acme.auth0.com",
        ),
        (f"otpauth://totp/acme%3Au%3Av?{FIELD}", "acme", "u:v", None),
        (f"otpauth://totp?{FIELD}", "", None, None),
    ],
    ids=["association", "my-account", "widget", "encoded-colons", "no-label"],
)
def test_producers(uri: str, issuer: str, account: str | None, base_url: str | None) -> None:
    """The ticket is found in each form, with what it shows to the user."""
    ticket = read_ticket(uri)
    assert (TX, issuer, account, base_url) == (
        ticket.transaction,
        ticket.issuer,
        ticket.account,
        ticket.base_url,
    )


@pytest.mark.parametrize(
    ("uri", "got"),
    [
        ("", "one of scheme ''"),
        (f"https://totp/acme?{FIELD}", "one of scheme 'https'"),
        (f"otpauth://hotp/acme?{FIELD}", "one of scheme 'otpauth'"),
        ("otpauth://totp/acme:u?secret=planted&digits=6", "one with digits, secret"),
        ("otpauth://totp/acme:u", "one with no field"),
        ("otpauth://totp/acme:u?enrollment_tx_id=", "one with no field"),
        ("otpauth://[planted/acme", "something that is no URI"),
    ],
)
def test_unreadable(uri: str, got: str) -> None:
    """The error says what was expected and what came, and quotes no value."""
    with pytest.raises(ValueError, match=r"expected otpauth://totp/.*enrollment_tx_id") as raised:
        read_ticket(uri)
    assert f"got {got};" in str(raised.value)
    assert "planted" not in str(raised.value)
    assert isinstance(raised.value, Prerequisite)


def test_is_masked() -> None:
    """Neither the ticket nor the user's address is in its `repr`."""
    shown = repr(read_ticket(f"otpauth://totp/acme:user%40example.com?{FIELD}"))
    assert "<ticket>" in shown
    assert TX not in shown
    assert "user" not in shown


@given(
    issuer=st.text(max_size=20).filter(lambda text: ":" not in text),
    account=st.text(max_size=20),
    transaction=st.text(min_size=1, max_size=40),
)
def test_any_label(issuer: str, account: str, transaction: str) -> None:
    """Whatever a tenant and a user are called, what was encoded is read back."""
    label = f"{quote(issuer, safe='')}:{quote(account, safe='')}"
    ticket = read_ticket(f"otpauth://totp/{label}?{urlencode({'enrollment_tx_id': transaction})}")
    assert (issuer, account, transaction) == (ticket.issuer, ticket.account, ticket.transaction)


@given(st.text() | st.text().map("otpauth://totp/{}".format))
def test_any_text(text: str) -> None:
    """Any other text is refused by the error of this package and no other."""
    with pytest.raises(ValueError, match=r"^barcode_uri: expected"):
        read_ticket(text.replace("enrollment_tx_id", ""))
