"""How many wrong codes a user may send.

Source: https://auth0.com/docs/troubleshoot/customer-support/operational-policies/rate-limit-policy
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pytest_auth0_mfa import Answer, EnrolledAuthenticator, Judgement, Tenant

requirement = pytest.mark.requirement

TRIES = 10
REFILL_S = 361


def _spend(enrolled: EnrolledAuthenticator, tries: int) -> list[str | None]:
    """Send a wrong code in as many logins; the error code of each answer."""
    wrong = enrolled.wrong_code()
    return [enrolled.verify(enrolled.login(), wrong).error for _ in range(tries)]


def _prove(enrolled: EnrolledAuthenticator) -> Answer:
    """Log in and send the right code."""
    return enrolled.verify(enrolled.login(), enrolled.code())


@requirement("MFA-LIMIT-WRONG-CODES")
def test_ten_wrong_codes_exhaust_the_tries(
    mfa_judge: Judgement, auth0_tenant: Tenant, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """Ten wrong codes are refused as wrong; after that even the right one is refused."""
    auth0_tenant.spend_tries()
    mfa_judge.control(_prove(enrolled_authenticator))
    errors = _spend(enrolled_authenticator, TRIES)
    counted = errors.count(errors[0])
    mfa_judge.holds(f"{TRIES} codes refused as wrong", f"{counted} of them", when=counted == TRIES)
    mfa_judge.refuses(_prove(enrolled_authenticator), "error.too-many-codes")


@requirement("MFA-LIMIT-REFILL")
def test_one_more_try_after_six_minutes(
    mfa_judge: Judgement, auth0_tenant: Tenant, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """A try comes back every six minutes."""
    auth0_tenant.spend_tries()
    mfa_judge.control(_prove(auth0_tenant.enroll(enrolled_authenticator.factor)))
    _spend(enrolled_authenticator, TRIES)
    enrolled_authenticator.user.clock.travel(REFILL_S, "a try to come back")
    mfa_judge.accepts(
        _prove(enrolled_authenticator), "the right code six minutes after the tries were used up"
    )


@requirement("MFA-LIMIT-KEPT")
def test_success_does_not_restore_the_tries(
    mfa_judge: Judgement, auth0_tenant: Tenant, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """A right code between wrong ones does not give the tries back."""
    auth0_tenant.spend_tries()
    other = auth0_tenant.enroll(enrolled_authenticator.factor)
    _spend(other, TRIES)
    mfa_judge.needs("a limit on wrong codes", when=not _prove(other).accepted)
    _spend(enrolled_authenticator, TRIES - 1)
    mfa_judge.control(_prove(enrolled_authenticator))
    _spend(enrolled_authenticator, 1)
    mfa_judge.refuses(_prove(enrolled_authenticator))
