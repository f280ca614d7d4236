"""The table and its totals, of what small made-up runs found."""

from __future__ import annotations

from pytest_auth0_mfa.mock.deviations import DEVIATIONS
from tests.deviations.found import Catch, Found
from tests.deviations.table import table, totals

CAUGHT = Found(DEVIATIONS["reused-otp-accepted"], Catch(frozenset({"otp"})))
WHOLE = Found(CAUGHT.deviation, CAUGHT.catch, frozenset())
STRAY = Found(CAUGHT.deviation, CAUGHT.catch, frozenset({"MFA-B", "MFA-A"}))
OTHER = Found(CAUGHT.deviation, Catch(frozenset(), "MFA-LOGIN-REALM"), frozenset())
MISSED = Found(CAUGHT.deviation, Catch(frozenset()), frozenset())


def _cells(found: Found) -> list[str]:
    return [cell.strip() for cell in table([found]).splitlines()[-2].strip("|").split("|")]


def test_caught() -> None:
    """A row tells the factors for which its requirement turned red."""
    row = ["reused-otp-accepted", "MFA-VERIFY-REPLAY", "caught", "otp", "not tried"]
    assert row == _cells(CAUGHT)


def test_factors_in_their_order() -> None:
    """Factors come in the order of the catalogue, however they were found."""
    found = Found(DEVIATIONS["reused-otp-accepted"], Catch(frozenset({"voice", "sms", "otp"})))
    assert "otp, sms, voice" == _cells(found)[3]


def test_by_another() -> None:
    """The requirement that caught it in place of its own is told."""
    assert ["by another", "MFA-LOGIN-REALM", "nothing"] == _cells(OTHER)[2:]


def test_missed() -> None:
    """Where nothing caught it the row says so."""
    assert ["missed", "", "nothing"] == _cells(MISSED)[2:]


def test_elsewhere() -> None:
    """Unrelated requirements that turned red are named."""
    assert "MFA-A, MFA-B" == _cells(STRAY)[4]


def test_good() -> None:
    """Good is what its requirement catches and what turns nothing else red, as far as tried."""
    assert [True, True, False, False, False] == [
        each.is_good for each in (CAUGHT, WHOLE, STRAY, OTHER, MISSED)
    ]


def test_totals() -> None:
    """Each way to end is counted, and what was not tried is not counted as good."""
    assert (
        "deviations: 5, caught by their requirement: 3, caught by another one only: 1, missed: 1, "
        "tried with everything: 4, turning an unrelated requirement red: 1"
    ) == totals([CAUGHT, WHOLE, STRAY, OTHER, MISSED])
