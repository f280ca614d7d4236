"""How long an mfa_token, an oob_code and a barcode live.

Source: https://auth0.com/docs/secure/multi-factor-authentication/authenticate-using-ropg-flow-with-mfa
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pytest_auth0_mfa import (
        EnrolledAuthenticator,
        Enrollment,
        Judgement,
        Login,
        Tenant,
        User,
    )

requirement = pytest.mark.requirement

ALMOST_TEN_MINUTES_S = 590
ALMOST_FIVE_MINUTES_S = 290


@requirement("MFA-LIFETIME-TOKEN")
def test_mfa_token_lasts_ten_minutes(
    mfa_judge: Judgement, auth0_tenant: Tenant, auth0_user: User, mfa_login: Login
) -> None:
    """Just before ten minutes are over the mfa_token is still good."""
    auth0_user.clock.travel(ALMOST_TEN_MINUTES_S, "the mfa_token to grow old")
    mfa_judge.accepts(
        mfa_login.authenticators(),
        "an mfa_token of 9 minutes 50 seconds",
        unlike=lambda: auth0_tenant.login(auth0_user).authenticators(),
    )


@requirement("MFA-LIFETIME-OOB")
def test_delivered_code_lasts_five_minutes(
    mfa_judge: Judgement, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """Just before five minutes are over the delivered code still logs in."""
    login = enrolled_authenticator.login()
    code = enrolled_authenticator.code(login)
    enrolled_authenticator.user.clock.travel(ALMOST_FIVE_MINUTES_S, "the oob_code to grow old")
    answer = enrolled_authenticator.verify(login, code)
    mfa_judge.accepts(
        answer,
        "a code of 4 minutes 50 seconds",
        unlike=enrolled_authenticator.complete_login,
    )


@requirement("MFA-LIFETIME-BARCODE")
def test_barcode_lasts_five_minutes(
    mfa_judge: Judgement, auth0_tenant: Tenant, mfa_enrollment: Enrollment
) -> None:
    """Who has to install the app first can still scan the barcode."""
    mfa_enrollment.user.clock.travel(ALMOST_FIVE_MINUTES_S, "the barcode to grow old")
    mfa_judge.accepts(
        mfa_enrollment.scan(),
        "a device that scans a barcode of 4 minutes 50 seconds",
        unlike=lambda: auth0_tenant.associate(mfa_enrollment.factor).scan(),
    )
