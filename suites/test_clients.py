"""Client authentication at the token endpoint.

Source: https://auth0.com/docs/api/authentication/multi-factor-authentication
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pytest_auth0_mfa import OMIT

if TYPE_CHECKING:
    from pytest_auth0_mfa import EnrolledAuthenticator, Judgement, Tenant, User

requirement = pytest.mark.requirement

INTERRUPTED = "mfa_required"
NOT_GRANTED = {"unauthorized_client", "access_denied"}


@requirement("MFA-CLIENT-BASIC")
def test_client_authenticates_with_basic(
    mfa_judge: Judgement, auth0_tenant: Tenant, auth0_user: User
) -> None:
    """Credentials in the Authorization header are as good as in the body."""
    basic = auth0_tenant.confidential_application.using("client_secret_basic")
    answer = auth0_tenant.password(auth0_user, application=basic)
    mfa_judge.accepts(
        answer,
        "a login with HTTP Basic",
        INTERRUPTED,
        unlike=lambda: auth0_tenant.password(auth0_user),
    )


@requirement("MFA-CLIENT-WRONG-SECRET")
def test_wrong_secret_is_refused(
    mfa_judge: Judgement, auth0_tenant: Tenant, auth0_user: User
) -> None:
    """A client with a wrong secret is refused before the user is looked at."""
    wrong = auth0_tenant.learn("not-the-secret", "client_secret")
    application = auth0_tenant.confidential_application.with_secret(wrong)
    answer = auth0_tenant.password(auth0_user, application=application)
    mfa_judge.refuses(answer, "error.invalid-client")
    mfa_judge.control(auth0_tenant.password(auth0_user), INTERRUPTED)


@requirement("MFA-CLIENT-UNKNOWN")
def test_unknown_client_is_refused(
    mfa_judge: Judgement, auth0_tenant: Tenant, auth0_user: User
) -> None:
    """A client that is not registered is refused."""
    stranger = auth0_tenant.application.named("no-such-client")
    mfa_judge.refuses(
        auth0_tenant.password(auth0_user, application=stranger), "error.invalid-client"
    )
    mfa_judge.control(auth0_tenant.password(auth0_user), INTERRUPTED)


@requirement("MFA-CLIENT-MISSING-ID")
def test_request_without_client_is_refused(
    mfa_judge: Judgement, auth0_tenant: Tenant, auth0_user: User
) -> None:
    """A request that names no client at all is refused."""
    answer = auth0_tenant.password(auth0_user, client_id=OMIT, client_secret=OMIT)
    mfa_judge.refuses(answer, "error.missing-parameter", "error.invalid-client")
    mfa_judge.control(auth0_tenant.password(auth0_user), INTERRUPTED)


@requirement("MFA-CLIENT-GRANT")
def test_client_needs_the_mfa_grant(
    mfa_judge: Judgement, auth0_tenant: Tenant, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """A client without the MFA grants cannot redeem an mfa_token."""
    login = enrolled_authenticator.login()
    code = enrolled_authenticator.code(login)
    other = login.by(auth0_tenant.management_application)
    mfa_judge.refuses(enrolled_authenticator.verify(other, code), "error.unauthorized-client")
    mfa_judge.control(enrolled_authenticator.verify(login, code))


@requirement("MFA-CLIENT-CREDENTIALS")
def test_client_credentials_give_a_signed_token(mfa_judge: Judgement, auth0_tenant: Tenant) -> None:
    """A confidential client gets an access token for an API, signed by the tenant."""
    answer = auth0_tenant.client.token(
        auth0_tenant.confidential_application,
        {"grant_type": "client_credentials", "audience": auth0_tenant.audience},
    )
    if not auth0_tenant.mock and answer.error in NOT_GRANTED:
        pytest.skip("the application is not granted client_credentials for AUTH0_AUDIENCE")
    mfa_judge.conforms(answer, "token.client-credentials")
    mfa_judge.verifies(answer, answer.secret("access_token"), auth0_tenant.jwks())
