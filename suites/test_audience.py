"""The audience `https://{domain}/mfa/`, by which users manage their own authenticators.

Source: https://auth0.com/docs/secure/multi-factor-authentication/manage-mfa-auth0-apis/manage-authenticator-factors-mfa-api
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pytest_auth0_mfa import EnrolledAuthenticator, Judgement, Tenant, User

requirement = pytest.mark.requirement

SCOPES = "enroll read:authenticators remove:authenticators"
TEN_MINUTES_S = 600


@requirement("MFA-AUDIENCE-UNENROLLED")
def test_access_is_granted_without_a_factor(
    mfa_judge: Judgement, auth0_tenant: Tenant, auth0_user: User
) -> None:
    """A user who has no factor gets the access token at once, for there is none to ask for."""
    answer = auth0_tenant.password(auth0_user, audience=auth0_tenant.mfa_audience, scope=SCOPES)
    mfa_judge.conforms(answer, "token.password", besides=r"/expires_in")


@requirement("MFA-AUDIENCE-STEP-UP")
def test_access_demands_the_factor(
    mfa_judge: Judgement, auth0_tenant: Tenant, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """A user who has a factor must use it to manage factors."""
    answer = auth0_tenant.password(
        enrolled_authenticator.user, audience=auth0_tenant.mfa_audience, scope=SCOPES
    )
    mfa_judge.accepts(
        answer,
        "an interrupted login",
        "mfa_required",
        unlike=lambda: auth0_tenant.password(enrolled_authenticator.user),
    )


@requirement("MFA-AUDIENCE-LIFETIME")
def test_access_lasts_ten_minutes(
    mfa_judge: Judgement, auth0_tenant: Tenant, auth0_user: User
) -> None:
    """Such an access token expires after 600 seconds."""
    answer = auth0_tenant.password(auth0_user, audience=auth0_tenant.mfa_audience, scope=SCOPES)
    mfa_judge.control(answer)
    lifetime = answer.get("expires_in")
    mfa_judge.holds(
        f"expires_in {TEN_MINUTES_S}", repr(lifetime), when=lifetime == TEN_MINUTES_S, answer=answer
    )


@requirement("MFA-AUDIENCE-EMAIL")
def test_access_is_granted_with_email_alone(
    mfa_judge: Judgement, auth0_tenant: Tenant, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """E-mail does not count as a factor here: the access token is given at once."""
    plain = auth0_tenant.password(enrolled_authenticator.user)
    mfa_judge.needs("a second factor for other tokens", when=plain.error == "mfa_required")
    answer = auth0_tenant.password(
        enrolled_authenticator.user, audience=auth0_tenant.mfa_audience, scope=SCOPES
    )
    mfa_judge.accepts(
        answer,
        "access to the MFA audience with e-mail alone",
        unlike=lambda: auth0_tenant.password(
            auth0_tenant.new_user(), audience=auth0_tenant.mfa_audience, scope=SCOPES
        ),
    )
