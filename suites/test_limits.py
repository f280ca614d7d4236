"""How many wrong codes a user may send.

Source: https://auth0.com/docs/troubleshoot/customer-support/operational-policies/rate-limit-policy
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pytest_auth0_mfa import EnrolledAuthenticator, Judgement, Login, Tenant

requirement = pytest.mark.requirement

TRIES = 10
REFILL_S = 361


def _spend(enrolled: EnrolledAuthenticator, login: Login, tries: int) -> list[str | None]:
    """Send wrong codes; the error code of each answer."""
    wrong = enrolled.wrong_code()
    return [enrolled.verify(login, wrong).error for _ in range(tries)]


@requirement("MFA-LIMIT-WRONG-CODES")
def test_ten_wrong_codes_exhaust_the_tries(
    mfa_judge: Judgement, auth0_tenant: Tenant, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """Ten wrong codes are refused as wrong; after that even the right one is refused."""
    auth0_tenant.spend_tries()
    login = enrolled_authenticator.login()
    mfa_judge.control(enrolled_authenticator.verify(login, enrolled_authenticator.code()))
    login = enrolled_authenticator.login()
    errors = _spend(enrolled_authenticator, login, TRIES)
    counted = errors.count(errors[0])
    mfa_judge.holds(f"{TRIES} codes refused as wrong", f"{counted} of them", when=counted == TRIES)
    answer = enrolled_authenticator.verify(login, enrolled_authenticator.code())
    mfa_judge.refuses(answer, "error.too-many-codes")


@requirement("MFA-LIMIT-REFILL")
def test_one_more_try_after_six_minutes(
    mfa_judge: Judgement, auth0_tenant: Tenant, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """A try comes back every six minutes."""
    auth0_tenant.spend_tries()
    _spend(enrolled_authenticator, enrolled_authenticator.login(), TRIES)
    enrolled_authenticator.user.clock.travel(REFILL_S, "a try to come back")
    answer = enrolled_authenticator.verify(
        enrolled_authenticator.login(), enrolled_authenticator.code()
    )
    mfa_judge.accepts(answer, "the right code six minutes after the tries were used up")


@requirement("MFA-LIMIT-KEPT")
def test_success_does_not_restore_the_tries(
    mfa_judge: Judgement, auth0_tenant: Tenant, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """A right code between wrong ones does not give the tries back."""
    auth0_tenant.spend_tries()
    login = enrolled_authenticator.login()
    _spend(enrolled_authenticator, login, TRIES - 1)
    mfa_judge.control(enrolled_authenticator.verify(login, enrolled_authenticator.code()))
    login = enrolled_authenticator.login()
    _spend(enrolled_authenticator, login, 1)
    mfa_judge.refuses(enrolled_authenticator.verify(login, enrolled_authenticator.code()))
