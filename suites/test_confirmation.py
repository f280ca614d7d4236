"""Confirmation of an authenticator by its first right code.

Source: https://auth0.com/docs/secure/multi-factor-authentication/authenticate-using-ropg-flow-with-mfa/enroll-and-challenge-otp-authenticators
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pytest_auth0_mfa import Answer, Judgement, Login, Tenant, User

requirement = pytest.mark.requirement

JUDGED_APART = r"/(expires_in|scope)"


def _otp_entries(answer: Answer) -> list[tuple[object, object]]:
    """Id and state of each one-time password generator in a list."""
    return [
        (item.get("id"), item.get("active"))
        for item in answer.items()
        if item.get("authenticator_type") == "otp"
    ]


@requirement("MFA-CONFIRM-TOKENS")
def test_first_right_code_logs_in(
    mfa_judge: Judgement, auth0_tenant: Tenant, auth0_user: User, mfa_login: Login
) -> None:
    """The first right code confirms the authenticator and completes the login at once."""
    totp = auth0_tenant.generator(mfa_login.associate(), auth0_user)
    answer = mfa_login.verify_otp(totp.code())
    mfa_judge.conforms(answer, "token.otp", besides=JUDGED_APART)


@requirement("MFA-CONFIRM-ACTIVE")
def test_confirmed_authenticator_is_active(
    mfa_judge: Judgement, auth0_tenant: Tenant, auth0_user: User, mfa_login: Login
) -> None:
    """The entry keeps its id and turns active."""
    totp = auth0_tenant.generator(mfa_login.associate(), auth0_user)
    before = dict(_otp_entries(mfa_login.authenticators()))
    mfa_judge.needs("a list that shows it as inactive before", when=True not in before.values())
    auth0_tenant.confirm(mfa_login, totp)
    answer = mfa_login.authenticators()
    after = dict(_otp_entries(answer))
    activated = [id_ for id_, active in before.items() if not active and after.get(id_) is True]
    mfa_judge.holds(
        "the same otp entry, now with active: true",
        f"{len(activated)} entries became active, {len(after)} are listed",
        when=len(activated) == 1,
        answer=answer,
    )


@requirement("MFA-CONFIRM-WRONG-CODE")
def test_wrong_code_confirms_nothing(
    mfa_judge: Judgement, auth0_tenant: Tenant, auth0_user: User, mfa_login: Login
) -> None:
    """A wrong code neither logs in nor activates the authenticator."""
    totp = auth0_tenant.generator(mfa_login.associate(), auth0_user)
    before = _otp_entries(mfa_login.authenticators())
    mfa_judge.refuses(mfa_login.verify_otp(totp.wrong_code()))
    answer = mfa_login.authenticators()
    after = _otp_entries(answer)
    mfa_judge.holds(
        "the otp entry as it was",
        f"active: {[active for _, active in after]}",
        when=after == before,
        answer=answer,
    )
    mfa_judge.control(mfa_login.verify_otp(totp.code()))


@requirement("MFA-CONFIRM-NOT-ENROLLED")
def test_code_without_authenticator_is_refused(
    mfa_judge: Judgement, auth0_tenant: Tenant, auth0_user: User, mfa_login: Login
) -> None:
    """A user with nothing enrolled is told to enroll."""
    mfa_judge.refuses(mfa_login.verify_otp("000000"), "error.not-enrolled")
    totp = auth0_tenant.generator(mfa_login.associate(), auth0_user)
    mfa_judge.control(mfa_login.verify_otp(totp.code()))
