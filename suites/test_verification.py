"""Redeeming an mfa_token with a code: the MFA grants of `POST /oauth/token`.

Each test reads once and runs for every factor of its requirement.

Source: https://auth0.com/docs/api/authentication/multi-factor-authentication
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pytest_auth0_mfa import OMIT

if TYPE_CHECKING:
    from pytest_auth0_mfa import Answer, EnrolledAuthenticator, Judgement, Tenant

requirement = pytest.mark.requirement

EXPIRED_S = 601
ALMOST_EXPIRED_S = 590
OOB_EXPIRED_S = 301
JUDGED_APART = r"/(expires_in|recovery_code|scope)"
INVENTED = "invented"


def _challenged(enrolled: EnrolledAuthenticator) -> Answer:
    """A login and its right code, with a challenge between them."""
    login = enrolled.login()
    enrolled.challenge(login)
    return enrolled.verify(login, enrolled.code(login))


@requirement("MFA-VERIFY-TOKENS")
def test_right_code_completes_the_login(
    mfa_judge: Judgement, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """After a challenge the right code gives tokens."""
    answer = _challenged(enrolled_authenticator)
    mfa_judge.conforms(answer, enrolled_authenticator.tokens_response, besides=JUDGED_APART)


@requirement("MFA-VERIFY-UNCHALLENGED")
def test_code_needs_no_challenge(
    mfa_judge: Judgement, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """A one-time password may be sent without asking for a challenge before."""
    mfa_judge.accepts(
        enrolled_authenticator.complete_login(),
        "a right code without a challenge",
        unlike=lambda: _challenged(enrolled_authenticator),
    )


@requirement("MFA-VERIFY-PREVIOUS-STEP")
def test_code_of_the_previous_step_is_accepted(
    mfa_judge: Judgement, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """Who types slowly is let in: the code of the step before is accepted too."""
    code = enrolled_authenticator.totp.previous_code()
    answer = enrolled_authenticator.verify(enrolled_authenticator.login(), code)
    mfa_judge.accepts(
        answer, "the code of the previous step", unlike=enrolled_authenticator.complete_login
    )


@requirement("MFA-VERIFY-OLD-STEP")
def test_older_code_is_refused(
    mfa_judge: Judgement, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """A code that is three steps old is refused, though it was never used."""
    old = enrolled_authenticator.totp.old_code()
    login = enrolled_authenticator.login()
    mfa_judge.refuses(enrolled_authenticator.verify(login, old))
    mfa_judge.control(enrolled_authenticator.verify(login, enrolled_authenticator.code(login)))


@requirement("MFA-VERIFY-WRONG-CODE")
def test_wrong_code_is_refused(
    mfa_judge: Judgement, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """A code that the user's authenticator does not show is refused."""
    wrong, login = enrolled_authenticator.wrong_code(), enrolled_authenticator.login()
    mfa_judge.refuses(
        enrolled_authenticator.verify(login, wrong), enrolled_authenticator.refusal_response
    )
    mfa_judge.control(enrolled_authenticator.complete_login())


@requirement("MFA-VERIFY-REPLAY")
def test_used_code_is_refused(
    mfa_judge: Judgement, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """Who read a code over the user's shoulder cannot log in with it."""
    login = enrolled_authenticator.login()
    code = enrolled_authenticator.code(login)
    mfa_judge.control(enrolled_authenticator.verify(login, code))
    # A delivered code is good for its own login only, a one-time password for any.
    again = login if enrolled_authenticator.delivered else enrolled_authenticator.login()
    mfa_judge.refuses(enrolled_authenticator.verify(again, code))


@requirement("MFA-VERIFY-FOREIGN-CODE")
def test_code_of_another_user_is_refused(
    mfa_judge: Judgement, auth0_tenant: Tenant, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """A code that is right for another user is wrong for this one."""
    other = auth0_tenant.enroll(enrolled_authenticator.factor)
    foreign = other.code(other.login())
    login = enrolled_authenticator.login()
    own = enrolled_authenticator.code(login)
    mfa_judge.needs("two users with different codes", when=foreign != own)
    mfa_judge.refuses(enrolled_authenticator.verify(login, foreign))
    mfa_judge.control(enrolled_authenticator.verify(login, own))


@requirement("MFA-VERIFY-MALFORMED-CODE")
def test_malformed_code_is_refused(
    mfa_judge: Judgement, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """What is no code at all is refused, not taken for a server's fault."""
    login = enrolled_authenticator.login()
    answer = enrolled_authenticator.verify(login, enrolled_authenticator.malformed_code())
    mfa_judge.refuses(answer)
    mfa_judge.holds("status 4xx", answer.summary(), when=answer.status < 500, answer=answer)
    mfa_judge.control(enrolled_authenticator.verify(login, enrolled_authenticator.code(login)))


@requirement("MFA-VERIFY-RETRY")
def test_wrong_code_does_not_use_up_the_login(
    mfa_judge: Judgement, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """Who mistyped a code tries again with the same mfa_token."""
    login = enrolled_authenticator.login()
    enrolled_authenticator.verify(login, enrolled_authenticator.wrong_code())
    answer = enrolled_authenticator.verify(login, enrolled_authenticator.code(login))
    mfa_judge.accepts(
        answer, "the right code after a wrong one", unlike=enrolled_authenticator.complete_login
    )


@requirement("MFA-VERIFY-MISSING-CODE")
def test_login_needs_a_code(
    mfa_judge: Judgement, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """Without a code the request is invalid."""
    login = enrolled_authenticator.login()
    mfa_judge.refuses(enrolled_authenticator.verify(login, OMIT), "error.missing-parameter")
    mfa_judge.control(enrolled_authenticator.verify(login, enrolled_authenticator.code(login)))


@requirement("MFA-VERIFY-MISSING-TOKEN")
def test_code_needs_an_mfa_token(
    mfa_judge: Judgement, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """Without an mfa_token the request is invalid, however right the code."""
    login = enrolled_authenticator.login()
    code = enrolled_authenticator.code(login)
    answer = enrolled_authenticator.verify(login, code, mfa_token=OMIT)
    mfa_judge.refuses(answer, "error.missing-parameter")
    mfa_judge.control(enrolled_authenticator.verify(login, code))


@requirement("MFA-VERIFY-MALFORMED-TOKEN")
def test_invented_mfa_token_is_refused(
    mfa_judge: Judgement, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """An mfa_token that the tenant did not issue is refused, however right the code."""
    login = enrolled_authenticator.login()
    code = enrolled_authenticator.code(login)
    answer = enrolled_authenticator.verify(login, code, mfa_token=INVENTED)
    mfa_judge.refuses(answer, "error.malformed-mfa-token")
    mfa_judge.control(enrolled_authenticator.verify(login, code))


@requirement("MFA-VERIFY-EXPIRED-TOKEN")
def test_expired_mfa_token_is_refused(
    mfa_judge: Judgement, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """After ten minutes the password must be given again, however fresh the code."""
    clock, login = enrolled_authenticator.user.clock, enrolled_authenticator.login()
    clock.travel(ALMOST_EXPIRED_S, "the mfa_token to expire")
    code = enrolled_authenticator.code(login)
    clock.travel(EXPIRED_S - ALMOST_EXPIRED_S, "the mfa_token to expire")
    mfa_judge.refuses(enrolled_authenticator.verify(login, code), "error.expired-mfa-token")
    mfa_judge.control(enrolled_authenticator.complete_login())


@requirement("MFA-VERIFY-FOREIGN-TOKEN")
def test_mfa_token_of_another_client_is_refused(
    mfa_judge: Judgement, auth0_tenant: Tenant, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """An mfa_token is good for the client that it was issued to."""
    login = enrolled_authenticator.login()
    code = enrolled_authenticator.code(login)
    public = auth0_tenant.public_application
    user = enrolled_authenticator.user
    mfa_judge.control(auth0_tenant.password(user, application=public), "mfa_required")
    foreign = login.by(public)
    mfa_judge.refuses(enrolled_authenticator.verify(foreign, code), "error.foreign-mfa-token")
    mfa_judge.control(enrolled_authenticator.verify(login, code))


@requirement("MFA-VERIFY-BEARER-IGNORED")
def test_superfluous_bearer_is_ignored(
    mfa_judge: Judgement, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """The documentation's samples send the mfa_token as a bearer too, which changes nothing."""
    login = enrolled_authenticator.login()
    code = enrolled_authenticator.code(login)
    headers = {"Authorization": f"Bearer {login.mfa_token}"}
    mfa_judge.accepts(
        enrolled_authenticator.verify(login, code, headers=headers),
        "a right code with a superfluous bearer header",
        unlike=enrolled_authenticator.complete_login,
    )


@requirement("MFA-VERIFY-BODY-JSON")
def test_grant_reads_json(
    mfa_judge: Judgement, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """A code sent as JSON is read like one sent as a form."""
    login = enrolled_authenticator.login()
    code = enrolled_authenticator.code(login)
    mfa_judge.accepts(
        enrolled_authenticator.verify(login, code, as_json=True),
        "a right code sent as JSON",
        unlike=enrolled_authenticator.complete_login,
    )


@requirement("MFA-VERIFY-COMPANION")
def test_password_of_the_device_is_accepted(
    mfa_judge: Judgement, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """Who gets no notification reads a one-time password from the device that was enrolled."""
    login = enrolled_authenticator.login()
    login.challenge()
    mfa_judge.accepts(
        login.verify_otp(enrolled_authenticator.totp.code()),
        "a one-time password of the enrolled device",
        unlike=enrolled_authenticator.complete_login,
    )


@requirement("MFA-VERIFY-MISSING-OOB")
def test_delivered_code_needs_its_oob_code(
    mfa_judge: Judgement, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """Without oob_code the request is invalid, however right the code."""
    login = enrolled_authenticator.login()
    code = enrolled_authenticator.code(login)
    answer = enrolled_authenticator.verify(login, code, oob_code=OMIT)
    mfa_judge.refuses(answer, "error.missing-parameter")
    mfa_judge.control(enrolled_authenticator.verify(login, code))


@requirement("MFA-VERIFY-MALFORMED-OOB")
def test_invented_oob_code_is_refused(
    mfa_judge: Judgement, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """An oob_code that the tenant did not issue is refused, however right the code."""
    login = enrolled_authenticator.login()
    code = enrolled_authenticator.code(login)
    answer = enrolled_authenticator.verify(login, code, oob_code=INVENTED)
    mfa_judge.refuses(answer, "error.malformed-oob-code")
    mfa_judge.control(enrolled_authenticator.verify(login, code))


@requirement("MFA-VERIFY-EXPIRED-OOB")
def test_expired_oob_code_is_refused(
    mfa_judge: Judgement, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """After five minutes a delivered code is worth nothing."""
    login = enrolled_authenticator.login()
    code = enrolled_authenticator.code(login)
    enrolled_authenticator.user.clock.travel(OOB_EXPIRED_S, "the oob_code to expire")
    mfa_judge.refuses(enrolled_authenticator.verify(login, code), "error.expired-oob-code")
    mfa_judge.control(enrolled_authenticator.challenge(login))
    mfa_judge.control(enrolled_authenticator.verify(login, enrolled_authenticator.code(login)))


@requirement("MFA-VERIFY-FOREIGN-OOB")
def test_oob_code_of_another_login_is_refused(
    mfa_judge: Judgement, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """An oob_code is good for the mfa_token under which it was given."""
    login, other = enrolled_authenticator.login(), enrolled_authenticator.login()
    mfa_judge.needs("two mfa_tokens", when=login.mfa_token != other.mfa_token)
    oob_code = enrolled_authenticator.challenge(login).secret("oob_code")
    code = enrolled_authenticator.code(login)
    answer = other.verify_oob(oob_code, code)
    mfa_judge.refuses(answer, "error.foreign-oob-code")
    mfa_judge.control(enrolled_authenticator.verify(login, code))
