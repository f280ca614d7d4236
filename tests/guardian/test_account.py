"""What the answer to an enrollment leaves on the device."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from pyotp import TOTP

from pytest_auth0_mfa.api.exchange import Answer, Exchange
from pytest_auth0_mfa.errors import Prerequisite
from pytest_auth0_mfa.guardian.account import read_account
from tests.guardian.stand_in import ACCOUNT, NOW, OTP_SECRET

if TYPE_CHECKING:
    from pytest_auth0_mfa.guardian import DeviceAccount

EXCHANGE = Exchange(1, "POST", "/api/enroll", 200, {}, {}, 0.0)


def account(**changes: object) -> DeviceAccount:
    """The account of an answer with single fields changed; None leaves a field out."""
    body = {name: value for name, value in {**ACCOUNT, **changes}.items() if value is not None}
    return read_account(Answer(200, {}, body, EXCHANGE))


@pytest.mark.parametrize("name", ["id", "user_id", "issuer", "url", "token"])
def test_required(name: str) -> None:
    """Without any of these the libraries refuse an enrollment; the missing one is named."""
    with pytest.raises(Prerequisite, match=f"gave no {name}"):
        account(**{name: None})


def test_companion_is_optional() -> None:
    """A tenant need not give a code generator."""
    assert account(totp=None).totp is None


@pytest.mark.parametrize("algorithm", ["sha1", "SHA1", "sha256", "Sha512"])
def test_algorithm_in_any_case(algorithm: str) -> None:
    """Tenants were seen to write it in capitals."""
    companion = account(totp={**ACCOUNT["totp"], "algorithm": algorithm}).totp
    assert companion is not None
    assert algorithm.lower() == companion.algorithm


def test_codes() -> None:
    """Digits and period are those of the enrollment."""
    companion = account(totp={**ACCOUNT["totp"], "digits": 8, "period": 60}).totp
    assert companion is not None
    assert TOTP(OTP_SECRET, digits=8, interval=60).at(int(NOW)) == companion.at(NOW)


@pytest.mark.parametrize(
    "changes",
    [
        {"secret": None},
        {"secret": ""},
        {"secret": "1planted"},
        {"algorithm": "md5"},
        {"algorithm": None},
        {"digits": "6"},
        {"digits": 3},
        {"digits": 6.0},
        {"period": 0},
        {"period": 30.0},
    ],
)
def test_unreadable_companion(changes: dict[str, Any]) -> None:
    """A generator that cannot work is refused at once, without the secret."""
    with pytest.raises(ValueError, match=r"^totp: expected ") as raised:
        account(totp={**ACCOUNT["totp"], **changes})
    assert "planted" not in str(raised.value)


def test_companion_that_is_no_object() -> None:
    """The type that came is named."""
    with pytest.raises(ValueError, match=r"^totp: expected an object or nothing, got str"):
        account(totp="x")


def test_is_masked() -> None:
    """Neither token nor secret is in its `repr`."""
    shown = repr(account()) + repr(account().totp)
    assert "planted" not in shown
    assert OTP_SECRET not in shown
