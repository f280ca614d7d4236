"""What a run is planned by is what its tests spend."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from pytest_auth0_mfa.judge.catalogue import load_catalogue
from pytest_auth0_mfa.tenant.estimates import estimate
from tests.suites.spend_file import AS_REAL, PATH, measured, report_of, written

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import SuitesRun


def test_mock_is_measured(run_suites: Callable[..., SuitesRun]) -> None:
    """On a mock each requirement spends for each factor what the file says, and none is missing."""
    written_down = tomllib.loads(PATH.read_text("utf-8"))["mock"]
    found = measured(run_suites().report)
    expected = {(i, factor) for i, spent in written_down.items() for factor in spent}
    assert expected == set(found)
    differing = {
        key: (written_down[key[0]][key[1]], spent)
        for key, spent in found.items()
        if written_down[key[0]][key[1]] != spent
    }
    assert {} == differing, "measure anew: python -m tests.suites.spend_file"


@pytest.mark.power
@pytest.mark.skipif(os.environ.get("POWER") != "all", reason="two whole runs more: POWER=all")
def test_whole_file_is_measured(run_suites: Callable[..., SuitesRun]) -> None:
    """The file as it would be written now, with what differs on a real tenant."""
    mock = measured(run_suites().report)
    real = measured(report_of(*AS_REAL))
    tries = measured(report_of(*AS_REAL, USE_UP_TRIES="1"))
    assert PATH.read_text("utf-8") == written(mock, real, tries)


def test_limits_cost_more_where_they_are_tried() -> None:
    """What uses up tries sends more messages, and only where that is allowed."""

    def sms(circumstances: str) -> int:
        spent = (
            estimate(requirement.id, "sms", circumstances)  # type: ignore[arg-type]
            for requirement in load_catalogue()
        )
        return sum(each["sms"] for each in spent)

    assert 0 < sms("real") < sms("use-up-tries") < sms("mock")


def test_what_was_never_measured_costs_nothing() -> None:
    """A requirement that the file does not know is no obstacle."""
    assert {} == estimate("MFA-NO-SUCH", "otp", "real")
