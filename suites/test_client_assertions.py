"""Client authentication by signed assertion, `private_key_jwt`.

Source: https://auth0.com/docs/get-started/authentication-and-authorization-flow/authenticate-with-private-key-jwt
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pytest_auth0_mfa import OMIT

if TYPE_CHECKING:
    from pytest_auth0_mfa import Answer, EnrolledAuthenticator, Judgement, Tenant, User

requirement = pytest.mark.requirement

INTERRUPTED = "mfa_required"
NOT_GRANTED = "unauthorized_client"
UNPROVED = ("error.invalid-client", "error.missing-parameter")
REQUIRED_CLAIMS = ("iss", "sub", "aud", "exp", "jti")
FIVE_MINUTES_S, HALF_AN_HOUR_S = 300, 1800


def _password(tenant: Tenant, user: User, **claims: object) -> Answer:
    """Log in by an assertion with these claims changed."""
    application = tenant.private_key_application.asserting(**claims)
    return tenant.password(user, application=application)


@requirement("MFA-CLIENT-JWT")
def test_client_logs_in_by_assertion(
    mfa_judge: Judgement, auth0_tenant: Tenant, auth0_user: User
) -> None:
    """A client proves itself by its key, and no secret is sent."""
    answer = _password(auth0_tenant, auth0_user)
    mfa_judge.needs("the password grant for that application", when=answer.error != NOT_GRANTED)
    mfa_judge.accepts(
        answer,
        "a login with a client_assertion",
        INTERRUPTED,
        unlike=lambda: auth0_tenant.password(auth0_user),
    )


@requirement("MFA-CLIENT-JWT-ALONE")
def test_assertion_names_its_client(
    mfa_judge: Judgement, auth0_tenant: Tenant, auth0_user: User
) -> None:
    """The documented command sends no client_id: the assertion says who its client is."""
    application = auth0_tenant.private_key_application
    mfa_judge.accepts(
        auth0_tenant.password(auth0_user, application=application, client_id=OMIT),
        "a login with a client_assertion and without client_id",
        INTERRUPTED,
        unlike=lambda: _password(auth0_tenant, auth0_user),
    )


@requirement("MFA-CLIENT-JWT-CHALLENGE")
def test_client_is_challenged_by_assertion(
    mfa_judge: Judgement, auth0_tenant: Tenant, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """A challenge takes an assertion as the token endpoint does."""
    login = enrolled_authenticator.login(application=auth0_tenant.private_key_application)
    mfa_judge.accepts(
        enrolled_authenticator.challenge(login),
        "a challenge with a client_assertion",
        unlike=lambda: enrolled_authenticator.challenge(enrolled_authenticator.login()),
    )


@requirement("MFA-CLIENT-JWT-CODE")
def test_code_is_redeemed_by_assertion(
    mfa_judge: Judgement, auth0_tenant: Tenant, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """The MFA grants take an assertion as the password grant does."""
    login = enrolled_authenticator.login(application=auth0_tenant.private_key_application)
    answer = enrolled_authenticator.verify(login, enrolled_authenticator.code(login))
    mfa_judge.needs("the MFA grants for that application", when=answer.error != NOT_GRANTED)
    mfa_judge.accepts(
        answer,
        "a code redeemed with a client_assertion",
        unlike=enrolled_authenticator.complete_login,
    )


@requirement("MFA-CLIENT-JWT-MISSING")
def test_client_with_a_key_needs_an_assertion(
    mfa_judge: Judgement, auth0_tenant: Tenant, auth0_user: User
) -> None:
    """A client that signs cannot pass for a public one."""
    silent = auth0_tenant.private_key_application.using("none")
    answer = auth0_tenant.password(auth0_user, application=silent)
    mfa_judge.refuses(answer, "error.invalid-client")
    mfa_judge.control(_password(auth0_tenant, auth0_user), INTERRUPTED)


@requirement("MFA-CLIENT-JWT-TYPE")
def test_type_of_an_assertion_is_checked(
    mfa_judge: Judgement, auth0_tenant: Tenant, auth0_user: User
) -> None:
    """An assertion of another type, or of none, is not taken for a JWT bearer assertion."""
    application = auth0_tenant.private_key_application
    for other in ("urn:ietf:params:oauth:client-assertion-type:saml2-bearer", OMIT):
        answer = auth0_tenant.password(
            auth0_user, application=application, client_assertion_type=other
        )
        mfa_judge.refuses(answer, *UNPROVED)
    mfa_judge.control(_password(auth0_tenant, auth0_user), INTERRUPTED)


@requirement("MFA-CLIENT-JWT-CLAIMS")
def test_every_required_claim_is_needed(
    mfa_judge: Judgement, auth0_tenant: Tenant, auth0_user: User
) -> None:
    """Without one of them an assertion might serve another client, elsewhere, or for ever."""
    for claim in REQUIRED_CLAIMS:
        mfa_judge.refuses(_password(auth0_tenant, auth0_user, **{claim: OMIT}), *UNPROVED)
    mfa_judge.control(_password(auth0_tenant, auth0_user), INTERRUPTED)


@requirement("MFA-CLIENT-JWT-EXPIRED")
def test_expired_assertion_is_refused(
    mfa_judge: Judgement, auth0_tenant: Tenant, auth0_user: User
) -> None:
    """An assertion from a log is of no use any more."""
    ended = int(auth0_user.clock.now()) - FIVE_MINUTES_S
    answer = _password(auth0_tenant, auth0_user, iat=ended - 60, exp=ended)
    mfa_judge.refuses(answer, "error.invalid-client")
    mfa_judge.control(_password(auth0_tenant, auth0_user), INTERRUPTED)


@requirement("MFA-CLIENT-JWT-LIFETIME")
def test_long_lived_assertion_is_refused(
    mfa_judge: Judgement, auth0_tenant: Tenant, auth0_user: User
) -> None:
    """An assertion that would last for more than five minutes is too good to be lost."""
    end = int(auth0_user.clock.now()) + HALF_AN_HOUR_S
    answer = _password(auth0_tenant, auth0_user, exp=end)
    mfa_judge.refuses(answer, "error.invalid-client")
    mfa_judge.control(_password(auth0_tenant, auth0_user), INTERRUPTED)


@requirement("MFA-CLIENT-JWT-AUDIENCE")
def test_assertion_for_another_tenant_is_refused(
    mfa_judge: Judgement, auth0_tenant: Tenant, auth0_user: User
) -> None:
    """What a client sent to somebody else must not be passed on to this tenant."""
    answer = _password(auth0_tenant, auth0_user, aud="https://another-tenant.example/")
    mfa_judge.refuses(answer, "error.invalid-client")
    mfa_judge.control(_password(auth0_tenant, auth0_user), INTERRUPTED)


@requirement("MFA-CLIENT-JWT-SIGNATURE")
def test_assertion_of_another_key_is_refused(
    mfa_judge: Judgement, auth0_tenant: Tenant, auth0_user: User
) -> None:
    """Anybody can write an assertion; only the client can sign it."""
    stranger = auth0_tenant.private_key_application.with_another_key()
    answer = auth0_tenant.password(auth0_user, application=stranger)
    mfa_judge.refuses(answer, "error.invalid-client")
    mfa_judge.control(_password(auth0_tenant, auth0_user), INTERRUPTED)


@requirement("MFA-CLIENT-JWT-ALGORITHM")
def test_assertion_by_another_algorithm_is_refused(
    mfa_judge: Judgement, auth0_tenant: Tenant, auth0_user: User
) -> None:
    """A key is registered for one algorithm, and the header of an assertion changes nothing."""
    other = auth0_tenant.private_key_application.with_another_algorithm()
    answer = auth0_tenant.password(auth0_user, application=other)
    mfa_judge.refuses(answer, "error.invalid-client")
    mfa_judge.control(_password(auth0_tenant, auth0_user), INTERRUPTED)


@requirement("MFA-CLIENT-JWT-FOREIGN")
def test_assertion_about_another_client_is_refused(
    mfa_judge: Judgement, auth0_tenant: Tenant, auth0_user: User
) -> None:
    """A client signs for itself and not in the name of another."""
    other = auth0_tenant.application.client_id
    answer = _password(auth0_tenant, auth0_user, iss=other, sub=other)
    mfa_judge.refuses(answer, "error.invalid-client")
    mfa_judge.control(_password(auth0_tenant, auth0_user), INTERRUPTED)


@requirement("MFA-CLIENT-JWT-REPLAY")
def test_assertion_is_used_once(
    mfa_judge: Judgement, auth0_tenant: Tenant, auth0_user: User
) -> None:
    """Whoever has seen an assertion pass cannot send it again."""
    application = auth0_tenant.private_key_application
    assertion = application.in_body()["client_assertion"]
    first, again = (
        auth0_tenant.password(auth0_user, application=application, client_assertion=assertion)
        for _ in range(2)
    )
    mfa_judge.control(first, INTERRUPTED)
    mfa_judge.refuses(again, "error.invalid-client")
