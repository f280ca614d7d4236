"""What users do with an access token for the MFA audience: enroll, confirm, list, delete.

Source: https://auth0.com/docs/secure/multi-factor-authentication/manage-mfa-auth0-apis/manage-authenticator-factors-mfa-api
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pytest_auth0_mfa import (
        Answer,
        EnrolledAuthenticator,
        Enrollment,
        Inbox,
        Judgement,
        Secret,
        Tenant,
        User,
    )

requirement = pytest.mark.requirement

OTP = {"authenticator_types": ["otp"]}
ENROLL, READ, REMOVE = "enroll", "read:authenticators", "remove:authenticators"


def _token(judge: Judgement, tenant: Tenant, user: User, *scopes: str) -> Secret:
    """An access token of a user without authenticators that has these scopes and no other."""
    scope = " ".join(scopes)
    answer = tenant.password(user, audience=tenant.mfa_audience, scope=scope)
    granted = {ENROLL, READ, REMOVE}.intersection(str(answer.get("scope")).split())
    judge.needs(f"an access token limited to {scope}", when=granted == set(scopes))
    return answer.secret("access_token")


def _confirmed(enrollment: Enrollment) -> Answer:
    return enrollment.verify(enrollment.code())


@requirement("MFA-ENROLL-ACCESS-TOKEN")
def test_access_token_enrolls_beside_a_factor(
    mfa_judge: Judgement, auth0_tenant: Tenant, mfa_factor: str, inbox: Inbox
) -> None:
    """Who has proved the factor they have may add others, as often as they like."""
    auth0_tenant.needs_factor("otp")
    first = auth0_tenant.enroll()
    token = auth0_tenant.mfa_access_token(first, ENROLL)
    for which in ("a", "another"):
        enrollment = auth0_tenant.associate(mfa_factor, first.user, inbox, bearer=token)
        mfa_judge.accepts(
            enrollment.answer,
            f"{which} further association with an access token",
            unlike=lambda: auth0_tenant.associate(mfa_factor).answer,
        )


@requirement("MFA-ENROLL-SCOPE")
def test_enrollment_needs_its_scope(
    mfa_judge: Judgement, auth0_tenant: Tenant, auth0_user: User
) -> None:
    """An access token without enroll enrolls nothing."""
    weak = _token(mfa_judge, auth0_tenant, auth0_user, READ, REMOVE)
    associate = auth0_tenant.client.associate
    mfa_judge.refuses(associate(weak, OTP), "error.insufficient-scope", "error.invalid-bearer")
    mfa_judge.control(associate(auth0_tenant.unenrolled_access_token(auth0_user, ENROLL), OTP))


@requirement("MFA-CONFIRM-ACCESS-TOKEN")
def test_access_token_confirms(
    mfa_judge: Judgement, auth0_tenant: Tenant, auth0_user: User, mfa_factor: str, inbox: Inbox
) -> None:
    """Who enrolled with an access token has no mfa_token: the access token takes its place."""
    token = auth0_tenant.unenrolled_access_token(auth0_user)
    enrollment = auth0_tenant.associate(mfa_factor, auth0_user, inbox, bearer=token)
    mfa_judge.accepts(
        _confirmed(enrollment),
        "a confirmation with the access token as mfa_token",
        unlike=lambda: _confirmed(auth0_tenant.associate(mfa_factor)),
    )


@requirement("MFA-LIST-SCOPE")
def test_listing_needs_its_scope(
    mfa_judge: Judgement, auth0_tenant: Tenant, auth0_user: User
) -> None:
    """An access token without read:authenticators lists nothing."""
    weak = _token(mfa_judge, auth0_tenant, auth0_user, ENROLL, REMOVE)
    authenticators = auth0_tenant.client.authenticators
    mfa_judge.refuses(authenticators(weak), "error.insufficient-scope", "error.invalid-bearer")
    mfa_judge.control(authenticators(auth0_tenant.unenrolled_access_token(auth0_user, READ)))


@requirement("MFA-CHALLENGE-ACCESS-TOKEN")
def test_access_token_is_not_challenged(
    mfa_judge: Judgement, auth0_tenant: Tenant, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """An access token is what a challenge leads to: it is no login that awaits one."""
    token = auth0_tenant.mfa_access_token(enrolled_authenticator)
    login = enrolled_authenticator.login()
    answer = enrolled_authenticator.challenge(login.holding(token))
    mfa_judge.refuses(answer, "error.malformed-mfa-token")
    mfa_judge.control(enrolled_authenticator.challenge(login))


@requirement("MFA-DELETE-ONE-SCOPE")
def test_deletion_needs_no_other_scope(
    mfa_judge: Judgement, auth0_tenant: Tenant, mfa_enrollment: Enrollment
) -> None:
    """An access token that can do nothing but remove is enough to remove."""
    user, identifier = mfa_enrollment.user, str(mfa_enrollment.entry()["id"])
    delete = auth0_tenant.client.delete_authenticator
    mfa_judge.accepts(
        delete(auth0_tenant.unenrolled_access_token(user, REMOVE), identifier),
        f"a deletion with {REMOVE} alone",
        unlike=lambda: delete(auth0_tenant.unenrolled_access_token(user), identifier),
    )
