"""Client authentication by secret, at every endpoint that takes one.

Source: https://auth0.com/docs/api/authentication/multi-factor-authentication
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pytest_auth0_mfa import EnrolledAuthenticator, Judgement, Login, Secret, Tenant, User

requirement = pytest.mark.requirement

INTERRUPTED = "mfa_required"


def _wrong_secret(tenant: Tenant) -> Secret:
    return tenant.learn("not-the-secret", "client_secret")


@requirement("MFA-CLIENT-BASIC-CHALLENGE")
def test_challenge_reads_basic(
    mfa_judge: Judgement, auth0_tenant: Tenant, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """Credentials in the Authorization header are as good for a challenge as in the body."""
    basic = auth0_tenant.confidential_application.using("client_secret_basic")
    login = enrolled_authenticator.login()
    mfa_judge.accepts(
        enrolled_authenticator.challenge(login.by(basic)),
        "a challenge with HTTP Basic",
        unlike=lambda: enrolled_authenticator.challenge(login),
    )


@requirement("MFA-CLIENT-BASIC-CODE")
def test_code_is_redeemed_with_basic(
    mfa_judge: Judgement, auth0_tenant: Tenant, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """Credentials in the Authorization header are as good for a code as in the body."""
    basic = auth0_tenant.confidential_application.using("client_secret_basic")
    login = enrolled_authenticator.login()
    code = enrolled_authenticator.code(login)
    mfa_judge.accepts(
        enrolled_authenticator.verify(login.by(basic), code),
        "a code redeemed with HTTP Basic",
        unlike=enrolled_authenticator.complete_login,
    )


@requirement("MFA-CLIENT-WRONG-SECRET-CODE")
def test_code_is_not_redeemed_with_a_wrong_secret(
    mfa_judge: Judgement, auth0_tenant: Tenant, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """Who has stolen mfa_token and code still needs the secret of the client."""
    application = auth0_tenant.confidential_application
    wrong = application.with_secret(_wrong_secret(auth0_tenant))
    login = enrolled_authenticator.login()
    code = enrolled_authenticator.code(login)
    answer = enrolled_authenticator.verify(login.by(wrong), code)
    mfa_judge.refuses(answer, "error.invalid-client")
    mfa_judge.control(enrolled_authenticator.verify(login, code))


@requirement("MFA-CLIENT-NO-SECRET")
def test_confidential_client_needs_its_secret(
    mfa_judge: Judgement, auth0_tenant: Tenant, auth0_user: User
) -> None:
    """A client that has a secret cannot pass for a public one."""
    silent = auth0_tenant.confidential_application.using("none")
    answer = auth0_tenant.password(auth0_user, application=silent)
    mfa_judge.refuses(answer, "error.invalid-client")
    mfa_judge.control(auth0_tenant.password(auth0_user), INTERRUPTED)


@requirement("MFA-CLIENT-NO-SECRET-CHALLENGE")
def test_challenge_needs_the_secret(
    mfa_judge: Judgement, auth0_tenant: Tenant, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """A confidential client that leaves its secret out gets no challenge."""
    silent = auth0_tenant.confidential_application.using("none")
    login = enrolled_authenticator.login()
    answer = enrolled_authenticator.challenge(login.by(silent))
    mfa_judge.refuses(answer, "error.invalid-client")
    mfa_judge.control(enrolled_authenticator.challenge(login))


@requirement("MFA-CLIENT-NO-SECRET-CODE")
def test_code_is_not_redeemed_without_the_secret(
    mfa_judge: Judgement, auth0_tenant: Tenant, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """A confidential client that leaves its secret out gets no tokens."""
    silent = auth0_tenant.confidential_application.using("none")
    login = enrolled_authenticator.login()
    code = enrolled_authenticator.code(login)
    answer = enrolled_authenticator.verify(login.by(silent), code)
    mfa_judge.refuses(answer, "error.invalid-client")
    mfa_judge.control(enrolled_authenticator.verify(login, code))


@requirement("MFA-CLIENT-PUBLIC-SECRET")
def test_public_client_may_send_a_secret(
    mfa_judge: Judgement, auth0_tenant: Tenant, auth0_user: User
) -> None:
    """A secret that the client does not have is ignored or refused, and upsets nothing."""
    public = auth0_tenant.public_application
    odd = public.using("client_secret_post").with_secret(_wrong_secret(auth0_tenant))
    answer = auth0_tenant.password(auth0_user, application=odd)
    if answer.error != INTERRUPTED:
        mfa_judge.refuses(answer, "error.invalid-client")
    mfa_judge.control(auth0_tenant.password(auth0_user, application=public), INTERRUPTED)
    mfa_judge.holds(
        "mfa_required, or a refusal of the client",
        answer.summary(),
        when=400 <= answer.status < 500,
        answer=answer,
    )


@requirement("MFA-CLIENT-FOREIGN-REFRESH")
def test_refresh_token_belongs_to_its_client(
    mfa_judge: Judgement, auth0_tenant: Tenant, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """What one client was given must not be renewed by another, which can log in itself."""
    login = enrolled_authenticator.complete_login(scope="openid offline_access")
    request = {"grant_type": "refresh_token", "refresh_token": login.secret("refresh_token")}
    other, own = auth0_tenant.public_application, auth0_tenant.application
    answer = auth0_tenant.client.token(other, request)
    mfa_judge.refuses(answer, "error.invalid-refresh-token")
    enrolled_authenticator.login(application=other)
    mfa_judge.control(auth0_tenant.client.token(own, request))


@requirement("MFA-ENROLL-CLIENT")
def test_association_may_carry_credentials(
    mfa_judge: Judgement, auth0_tenant: Tenant, mfa_login: Login
) -> None:
    """SDKs differ in sending the client's credentials along: either way it is enrolled."""
    credentials = auth0_tenant.confidential_application.in_body()
    mfa_judge.accepts(
        mfa_login.associate(**credentials),
        "an association with client_id and client_secret",
        unlike=mfa_login.associate,
    )


@requirement("MFA-ENROLL-CLIENT-SECRET")
def test_association_checks_the_secret_that_it_gets(
    mfa_judge: Judgement, auth0_tenant: Tenant, mfa_login: Login
) -> None:
    """Credentials need not be sent, but wrong ones are a sign of something wrong."""
    application = auth0_tenant.confidential_application
    wrong = application.with_secret(_wrong_secret(auth0_tenant))
    mfa_judge.refuses(mfa_login.associate(**wrong.in_body()), "error.invalid-client")
    mfa_judge.control(mfa_login.associate(**application.in_body()))
