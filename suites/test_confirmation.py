"""Confirmation of an authenticator by its first right code.

Each test reads once and runs for every factor of its requirement.

Source: https://auth0.com/docs/secure/multi-factor-authentication/authenticate-using-ropg-flow-with-mfa
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pytest_auth0_mfa import Answer, Enrollment, Judgement, Login, Tenant, User

requirement = pytest.mark.requirement

JUDGED_APART = r"/(expires_in|scope)"
SCAN_WINDOW_S = 301


def _entries(enrollment: Enrollment, answer: Answer) -> list[tuple[object, object]]:
    """Id and state of each entry of the factor in a list."""
    return [(item.get("id"), item.get("active")) for item in enrollment.entries(answer)]


@requirement("MFA-CONFIRM-TOKENS")
def test_first_right_code_logs_in(mfa_judge: Judgement, mfa_enrollment: Enrollment) -> None:
    """The first right code confirms the authenticator and completes the login at once."""
    answer = mfa_enrollment.verify(mfa_enrollment.code())
    mfa_judge.conforms(answer, mfa_enrollment.tokens_response, besides=JUDGED_APART)


@requirement("MFA-CONFIRM-ACTIVE")
def test_confirmed_authenticator_is_active(
    mfa_judge: Judgement, mfa_enrollment: Enrollment
) -> None:
    """The entry keeps its id and turns active."""
    login = mfa_enrollment.login
    before = dict(_entries(mfa_enrollment, login.authenticators()))
    mfa_judge.needs("a list that shows it as inactive before", when=True not in before.values())
    mfa_enrollment.confirm()
    answer = login.authenticators()
    after = dict(_entries(mfa_enrollment, answer))
    activated = [id_ for id_, active in before.items() if not active and after.get(id_) is True]
    mfa_judge.holds(
        "the same entry, now with active: true",
        f"{len(activated)} entries became active, {len(after)} are listed",
        when=len(activated) == 1,
        answer=answer,
    )


@requirement("MFA-CONFIRM-WRONG-CODE")
def test_wrong_code_confirms_nothing(mfa_judge: Judgement, mfa_enrollment: Enrollment) -> None:
    """A wrong code neither logs in nor activates the authenticator."""
    login = mfa_enrollment.login
    before = _entries(mfa_enrollment, login.authenticators())
    mfa_judge.refuses(mfa_enrollment.verify(mfa_enrollment.wrong_code()))
    answer = login.authenticators()
    after = _entries(mfa_enrollment, answer)
    mfa_judge.holds(
        "the entry as it was",
        f"active: {[active for _, active in after]}",
        when=after == before,
        answer=answer,
    )
    mfa_judge.control(mfa_enrollment.verify(mfa_enrollment.code()))


@requirement("MFA-CONFIRM-PENDING")
def test_tokens_are_pending_until_the_scan(
    mfa_judge: Judgement, mfa_enrollment: Enrollment
) -> None:
    """Who asks before the barcode was scanned is told to ask again, and succeeds afterwards."""
    mfa_judge.refuses(mfa_enrollment.ask(), "error.authorization-pending")
    mfa_judge.control(mfa_enrollment.verify(mfa_enrollment.code()))


@requirement("MFA-CONFIRM-SCAN-WINDOW")
def test_old_barcode_is_refused(
    mfa_judge: Judgement, auth0_tenant: Tenant, mfa_enrollment: Enrollment
) -> None:
    """A barcode found later, on a screen or in a log, enrolls nobody."""
    login = mfa_enrollment.login
    before = _entries(mfa_enrollment, login.authenticators())
    mfa_enrollment.user.clock.travel(SCAN_WINDOW_S, "the barcode to expire")
    mfa_judge.refuses(mfa_enrollment.scan())
    answer = login.authenticators()
    after = _entries(mfa_enrollment, answer)
    newly = [id_ for id_, active in after if active is True and (id_, active) not in before]
    mfa_judge.holds(
        "no entry that became active", f"{len(newly)} did", when=not newly, answer=answer
    )
    mfa_judge.control(auth0_tenant.associate(mfa_enrollment.factor).scan())


@requirement("MFA-CONFIRM-NOT-ENROLLED")
def test_code_without_authenticator_is_refused(
    mfa_judge: Judgement, auth0_tenant: Tenant, auth0_user: User, mfa_login: Login
) -> None:
    """A user with nothing enrolled is told to enroll."""
    mfa_judge.refuses(mfa_login.verify_otp("000000"), "error.not-enrolled")
    enrollment = auth0_tenant.associate("otp", auth0_user)
    mfa_judge.control(enrollment.verify(enrollment.code()))
