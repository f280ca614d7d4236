"""Challenges: `POST /mfa/challenge`.

Source: https://auth0.com/docs/api/authentication/multi-factor-authentication/request-mfa-challenge
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pytest_auth0_mfa import OMIT

if TYPE_CHECKING:
    from pytest_auth0_mfa import (
        EnrolledAuthenticator,
        Enrollment,
        Inbox,
        Judgement,
        Tenant,
    )

requirement = pytest.mark.requirement

EXPIRED_S = 601
INVENTED = "invented"


@requirement("MFA-CHALLENGE-RESPONSE")
def test_challenge_is_confirmed(
    mfa_judge: Judgement, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """A challenge names its type, and for a delivered code what goes with it."""
    login, challenge = enrolled_authenticator.login(), enrolled_authenticator.challenge
    answer = challenge(login)
    unnamed = answer if answer.accepted else challenge(login, authenticator_id=OMIT)
    mfa_judge.needs("challenges by id", when=answer.accepted or not unnamed.accepted)
    mfa_judge.conforms(answer, f"challenge.{enrolled_authenticator.factor}")


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
    identifier, challenge = enrolled_authenticator.id, enrolled_authenticator.challenge
    login = enrolled_authenticator.login()
    mfa_judge.accepts(
        challenge(login, authenticator_id=identifier),
        "a challenge of a named authenticator",
        unlike=lambda: challenge(login, authenticator_id=OMIT),
    )


@requirement("MFA-CHALLENGE-ANY-TYPE")
def test_tenant_chooses_without_a_type(
    mfa_judge: Judgement, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """A client that names no type accepts what the user has."""
    challenge, login = enrolled_authenticator.challenge, enrolled_authenticator.login()
    answer = challenge(login, challenge_type=OMIT, authenticator_id=OMIT)
    mfa_judge.accepts(
        answer,
        "a challenge without challenge_type",
        unlike=lambda: challenge(login, authenticator_id=OMIT),
    )
    wanted = "oob" if enrolled_authenticator.delivered else "otp"
    chosen = answer.get("challenge_type")
    mfa_judge.holds(f'challenge_type "{wanted}"', str(chosen), when=chosen == wanted, answer=answer)


@requirement("MFA-CHALLENGE-UNCONFIRMED")
def test_unconfirmed_authenticator_is_not_challenged(
    mfa_judge: Judgement, mfa_enrollment: Enrollment
) -> None:
    """A user who has confirmed nothing is told to associate or confirm."""
    wanted = "oob" if mfa_enrollment.out_of_band else "otp"
    answer = mfa_enrollment.login.challenge(challenge_type=wanted)
    mfa_judge.refuses(answer, "error.association-required")
    confirmed = mfa_enrollment.confirm()
    mfa_judge.control(confirmed.challenge(confirmed.login(), authenticator_id=OMIT))


@requirement("MFA-CHALLENGE-UNSUPPORTED")
def test_type_that_the_user_lacks_is_refused(
    mfa_judge: Judgement, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """A client that accepts nothing that the user has cannot challenge the user."""
    lacking = "otp" if enrolled_authenticator.delivered else "oob"
    challenge, login = enrolled_authenticator.challenge, enrolled_authenticator.login()
    answer = challenge(login, challenge_type=lacking, authenticator_id=OMIT)
    mfa_judge.refuses(answer, "error.unsupported-challenge-type")
    mfa_judge.control(challenge(login, authenticator_id=OMIT))


@requirement("MFA-CHALLENGE-FOREIGN-AUTHENTICATOR")
def test_foreign_authenticator_is_refused(
    mfa_judge: Judgement, auth0_tenant: Tenant, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """The authenticator of another user cannot be challenged."""
    foreign = auth0_tenant.enroll(enrolled_authenticator.factor).id
    own, challenge = enrolled_authenticator.id, enrolled_authenticator.challenge
    login = enrolled_authenticator.login()
    answer = challenge(login, authenticator_id=foreign)
    mfa_judge.refuses(answer, "error.invalid-authenticator")
    mfa_judge.control(challenge(login, authenticator_id=own))


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


@requirement("MFA-CHALLENGE-OOB-FRESH")
def test_each_challenge_has_its_own_oob_code(
    mfa_judge: Judgement, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """Two challenges are two transactions, each with a code of its own."""
    login = enrolled_authenticator.login()
    first, second = (enrolled_authenticator.challenge(login).secret("oob_code") for _ in range(2))
    same = "equal" if first == second else "different"
    mfa_judge.holds("two challenges: different oob_codes", same, when=first != second)


@requirement("MFA-CHALLENGE-TWIN")
def test_phone_is_challenged_by_the_other_channel(
    mfa_judge: Judgement, auth0_tenant: Tenant, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """Who enrolled a phone by one channel can have the code by the other."""
    twin = enrolled_authenticator.twin
    auth0_tenant.needs_factor(twin)
    auth0_tenant.needs_shared_inbox()
    entry = enrolled_authenticator.entry(twin)
    login = enrolled_authenticator.login()
    answer = enrolled_authenticator.challenge(login, authenticator_id=entry["id"])
    mfa_judge.accepts(
        answer,
        f"a challenge by {twin}",
        unlike=lambda: enrolled_authenticator.challenge(login),
    )
    code = enrolled_authenticator.code(login)
    mfa_judge.accepts(enrolled_authenticator.verify(login, code), f"the code delivered by {twin}")


@requirement("MFA-CHALLENGE-VERIFIED-EMAIL")
def test_verified_address_is_challenged(
    mfa_judge: Judgement, auth0_tenant: Tenant, inbox: Inbox, mfa_enrollment: Enrollment
) -> None:
    """A user who never enrolled gets a code at the verified address and logs in with it."""
    confirmed = mfa_enrollment.confirm()
    login = auth0_tenant.login(auth0_tenant.new_user(verified_email=inbox.address))
    inbox.mark()
    answer = login.challenge(challenge_type="oob")
    mfa_judge.accepts(
        answer,
        "a challenge of a verified address",
        unlike=lambda: confirmed.challenge(confirmed.login(), authenticator_id=OMIT),
    )
    code = inbox.wait_for_code()
    mfa_judge.accepts(
        login.verify_oob(answer.secret("oob_code"), code), "the code from the verified address"
    )
