"""Challenges: `POST /mfa/challenge`.

Source: https://auth0.com/docs/api/authentication/multi-factor-authentication/request-mfa-challenge
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pytest_auth0_mfa import OMIT

if TYPE_CHECKING:
    from pytest_auth0_mfa import EnrolledAuthenticator, Judgement, Login, Tenant, User

requirement = pytest.mark.requirement

EXPIRED_S = 601
INVENTED = "invented"


@requirement("MFA-CHALLENGE-RESPONSE")
def test_challenge_is_confirmed(
    mfa_judge: Judgement, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """A challenge for a one-time password names its type."""
    mfa_judge.conforms(enrolled_authenticator.login().challenge(), "challenge.otp")


@requirement("MFA-CHALLENGE-FORM-BODY")
def test_challenge_endpoint_reads_forms(
    mfa_judge: Judgement, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """A challenge may be asked for with a form as well as with JSON."""
    login = enrolled_authenticator.login()
    answer = login.challenge(as_form=True)
    mfa_judge.accepts(answer, "a challenge asked for with a form", unlike=login.challenge)


@requirement("MFA-CHALLENGE-BY-ID")
def test_challenge_names_its_authenticator(
    mfa_judge: Judgement, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """A challenge may be asked of one authenticator by its id."""
    identifier = enrolled_authenticator.id
    login = enrolled_authenticator.login()
    answer = login.challenge(authenticator_id=identifier)
    mfa_judge.accepts(answer, "a challenge of a named authenticator", unlike=login.challenge)


@requirement("MFA-CHALLENGE-ANY-TYPE")
def test_tenant_chooses_without_a_type(
    mfa_judge: Judgement, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """A client that names no type accepts what the user has."""
    login = enrolled_authenticator.login()
    answer = login.challenge(challenge_type=OMIT)
    mfa_judge.accepts(answer, "a challenge without challenge_type", unlike=login.challenge)
    chosen = answer.get("challenge_type")
    mfa_judge.holds('challenge_type "otp"', str(chosen), when=chosen == "otp", answer=answer)


@requirement("MFA-CHALLENGE-UNCONFIRMED")
def test_unconfirmed_authenticator_is_not_challenged(
    mfa_judge: Judgement, auth0_tenant: Tenant, auth0_user: User, mfa_login: Login
) -> None:
    """A user who has confirmed nothing is told to associate or confirm."""
    totp = auth0_tenant.generator(mfa_login.associate(), auth0_user)
    mfa_judge.refuses(mfa_login.challenge(), "error.association-required")
    auth0_tenant.confirm(mfa_login, totp)
    mfa_judge.control(auth0_tenant.login(auth0_user).challenge())


@requirement("MFA-CHALLENGE-UNSUPPORTED")
def test_type_that_the_user_lacks_is_refused(
    mfa_judge: Judgement, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """A client that accepts delivered codes only cannot challenge a user without any."""
    login = enrolled_authenticator.login()
    answer = login.challenge(challenge_type="oob")
    mfa_judge.refuses(answer, "error.unsupported-challenge-type")
    mfa_judge.control(login.challenge())


@requirement("MFA-CHALLENGE-FOREIGN-AUTHENTICATOR")
def test_foreign_authenticator_is_refused(
    mfa_judge: Judgement, auth0_tenant: Tenant, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """The authenticator of another user cannot be challenged."""
    foreign, own = auth0_tenant.enroll().id, enrolled_authenticator.id
    login = enrolled_authenticator.login()
    mfa_judge.refuses(login.challenge(authenticator_id=foreign), "error.invalid-authenticator")
    mfa_judge.control(login.challenge(authenticator_id=own))


@requirement("MFA-CHALLENGE-MISSING-TOKEN")
def test_challenge_needs_an_mfa_token(
    mfa_judge: Judgement, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """Without an mfa_token the request is invalid."""
    login = enrolled_authenticator.login()
    mfa_judge.refuses(login.challenge(mfa_token=OMIT), "error.missing-parameter")
    mfa_judge.control(login.challenge())


@requirement("MFA-CHALLENGE-MALFORMED-TOKEN")
def test_challenge_refuses_an_invented_token(
    mfa_judge: Judgement, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """An mfa_token that the tenant did not issue challenges nobody."""
    login = enrolled_authenticator.login()
    mfa_judge.refuses(login.challenge(mfa_token=INVENTED), "error.malformed-mfa-token")
    mfa_judge.control(login.challenge())


@requirement("MFA-CHALLENGE-EXPIRED-TOKEN")
def test_challenge_refuses_an_expired_token(
    mfa_judge: Judgement, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """After ten minutes an mfa_token challenges nobody."""
    login = enrolled_authenticator.login()
    enrolled_authenticator.user.clock.travel(EXPIRED_S, "the mfa_token to expire")
    mfa_judge.refuses(login.challenge(), "error.expired-mfa-token")
    mfa_judge.control(enrolled_authenticator.login().challenge())


@requirement("MFA-CHALLENGE-FOREIGN-TOKEN")
def test_challenge_refuses_the_token_of_another_client(
    mfa_judge: Judgement, auth0_tenant: Tenant, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """An mfa_token is good for the client that it was issued to."""
    login = enrolled_authenticator.login()
    public = auth0_tenant.public_application
    user = enrolled_authenticator.user
    mfa_judge.control(auth0_tenant.password(user, application=public), "mfa_required")
    foreign = login.by(public)
    mfa_judge.refuses(foreign.challenge(), "error.foreign-mfa-token")
    mfa_judge.control(login.challenge())


@requirement("MFA-CHALLENGE-CLIENT-SECRET")
def test_challenge_checks_the_client_secret(
    mfa_judge: Judgement, auth0_tenant: Tenant, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """A confidential client must prove itself to ask for a challenge."""
    wrong = auth0_tenant.learn("not-the-secret", "client_secret")
    login = enrolled_authenticator.login()
    impostor = login.by(auth0_tenant.confidential_application.with_secret(wrong))
    mfa_judge.refuses(impostor.challenge(), "error.invalid-client")
    mfa_judge.control(login.challenge())
