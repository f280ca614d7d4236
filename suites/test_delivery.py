"""What a delivered code is like: text messages, calls, e-mail.

That a code is for the enrolled address, and arrives, every other test of these factors relies on.

Source: https://auth0.com/docs/secure/multi-factor-authentication/authenticate-using-ropg-flow-with-mfa
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pytest_auth0_mfa import EnrolledAuthenticator, Enrollment, Judgement

requirement = pytest.mark.requirement

DIGITS = 6
MESSAGES = 3


@requirement("MFA-DELIVERY-FORM")
def test_delivered_code_has_six_digits(mfa_judge: Judgement, mfa_enrollment: Enrollment) -> None:
    """Users are asked for six digits, and input fields take as many."""
    code = mfa_enrollment.code() or ""
    mfa_judge.needs("a code that is accepted", when=mfa_enrollment.verify(code).accepted)
    six = len(code) == DIGITS and code.isdecimal()
    mfa_judge.holds(f"{DIGITS} digits", f"{len(code)} characters", when=six)


@requirement("MFA-DELIVERY-FRESH")
def test_each_challenge_delivers_its_own_code(
    mfa_judge: Judgement, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """Codes cannot be told in advance: three challenges do not deliver the same one."""
    codes = set()
    for _ in range(MESSAGES):
        login = enrolled_authenticator.login()
        codes.add(enrolled_authenticator.code(login))
    mfa_judge.holds("more than one code", f"{len(codes)}", when=len(codes) > 1)
