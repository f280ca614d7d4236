"""Recovery codes: when they are issued, what they look like, that they rotate.

Source: https://auth0.com/docs/secure/multi-factor-authentication/authenticate-using-ropg-flow-with-mfa/challenge-with-recovery-codes
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pytest_auth0_mfa import EnrolledAuthenticator, Enrollment, Judgement, Tenant, User

requirement = pytest.mark.requirement

FORM = re.compile(r"[A-Z0-9]{24}")
KIND = "recovery-code"


@requirement("MFA-RECOVERY-ISSUED")
def test_first_association_brings_one(
    mfa_judge: Judgement, auth0_tenant: Tenant, mfa_enrollment: Enrollment
) -> None:
    """The first association brings exactly one recovery code, in a list, whatever the factor."""
    auth0_tenant.needs_factor("recovery-code")
    answer = mfa_enrollment.answer
    mfa_judge.needs("an association", when=answer.accepted)
    codes = answer.get("recovery_codes")
    count = len(codes) if isinstance(codes, list) else 0
    actual = f"{count} of them" if isinstance(codes, list) else answer.summary()
    mfa_judge.holds("recovery_codes: a list of one", actual, when=count == 1, answer=answer)


@requirement("MFA-RECOVERY-FORM")
def test_code_has_the_recorded_form(
    mfa_judge: Judgement, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """A recovery code has 24 capitals and digits, as input fields of SDKs expect."""
    code = enrolled_authenticator.code() or ""
    mfa_judge.holds(
        "24 capitals and digits",
        f"{len(code)} characters",
        when=FORM.fullmatch(code) is not None,
    )


@requirement("MFA-RECOVERY-ISSUED-ONCE")
def test_further_associations_bring_none(mfa_judge: Judgement, mfa_enrollment: Enrollment) -> None:
    """A second association brings no further recovery code."""
    mfa_judge.needs("a first association", when=mfa_enrollment.answer.accepted)
    answer = mfa_enrollment.again()
    mfa_judge.control(answer)
    codes = answer.get("recovery_codes")
    mfa_judge.holds("no recovery_codes", answer.summary(), when=codes is None, answer=answer)


@requirement("MFA-RECOVERY-FRESH")
def test_each_user_has_their_own(
    mfa_judge: Judgement, auth0_tenant: Tenant, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """Two users never get the same recovery code."""
    mine = enrolled_authenticator.code()
    theirs = auth0_tenant.enroll("recovery-code").code()
    same = "equal" if mine == theirs else "different"
    mfa_judge.holds("two users: different recovery codes", same, when=mine != theirs)


@requirement("MFA-RECOVERY-LISTED")
def test_code_is_listed(mfa_judge: Judgement, auth0_tenant: Tenant) -> None:
    """The recovery code stands in the list, inactive until a factor is confirmed."""
    enrollment = auth0_tenant.associate()
    issued = enrollment.answer.get("recovery_codes") is not None
    mfa_judge.needs("a recovery code that is issued", when=issued)
    for active in (False, True):
        login = enrollment.confirm().login() if active else enrollment.login
        answer = login.authenticators()
        entries = (each for each in answer.items() if each.get("authenticator_type") == KIND)
        states = [entry.get("active") for entry in entries]
        expected = f"one {KIND} entry with active: {str(active).lower()}"
        mfa_judge.holds(expected, str(states), when=states == [active], answer=answer)


@requirement("MFA-RECOVERY-ROTATES")
def test_used_code_is_replaced(
    mfa_judge: Judgement, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """Using the code gives another one, which works for the next login."""
    used = enrolled_authenticator.code()
    answer = enrolled_authenticator.verify(enrolled_authenticator.login(), used)
    mfa_judge.control(answer)
    new = answer.get("recovery_code")
    mfa_judge.holds(
        "a new recovery code",
        "the same again" if new == used else answer.summary(),
        when=isinstance(new, str) and new != used,
        answer=answer,
    )
    mfa_judge.accepts(
        enrolled_authenticator.verify(enrolled_authenticator.login(), new),
        "the new recovery code",
    )


@requirement("MFA-RECOVERY-ONCE")
def test_used_code_never_works_again(
    mfa_judge: Judgement, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """A recovery code that was used is refused from then on."""
    used = enrolled_authenticator.code()
    mfa_judge.control(enrolled_authenticator.verify(enrolled_authenticator.login(), used))
    mfa_judge.refuses(enrolled_authenticator.verify(enrolled_authenticator.login(), used))


@requirement("MFA-RECOVERY-NONE")
def test_user_without_code_is_told_so(
    mfa_judge: Judgement, auth0_tenant: Tenant, auth0_user: User
) -> None:
    """A user who never got a recovery code is refused with a reason of its own."""
    login = auth0_tenant.login(auth0_user)
    mfa_judge.refuses(login.verify_recovery_code("A" * 24), "error.no-recovery-code")
    other = auth0_tenant.enroll("recovery-code")
    mfa_judge.control(other.verify(other.login(), other.code()))
