"""Deviations that the suites do not catch as they should, for the tests of what tells so."""

from __future__ import annotations

from pytest_auth0_mfa.mock.deviations import DEVIATIONS as REAL
from pytest_auth0_mfa.mock.deviations import Deviation, edits
from pytest_auth0_mfa.mock.deviations.model import Change

MISSED = Deviation(
    "made-up-header",
    "MFA-VERIFY-REPLAY",
    "Answers have a header that nobody looks at",
    change=Change("", edits.header("x-nobody-looks", "1")),
)

BY_ANOTHER = Deviation(
    "made-up-old-step",
    "MFA-VERIFY-FOREIGN-CODE",
    "An old one-time password is accepted, which is another requirement's matter",
    REAL["old-step-accepted"].rules,
)

DEVIATIONS = (MISSED, BY_ANOTHER)
