"""How many wrong codes a user may send, and how many messages they may be sent.

Source: https://auth0.com/docs/troubleshoot/customer-support/operational-policies/rate-limit-policy
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pytest_auth0_mfa import Answer, EnrolledAuthenticator, Enrollment, Judgement, Tenant

requirement = pytest.mark.requirement

TRIES = 10
REFILL_S = 361
USED_UP = "too_many_attempts"
"""How a tenant may answer once the tries are used up, beside invalid_request."""
MESSAGES = {"sms": 10, "voice": 10, "email": 20}
PUSHES, PUSH_REFILL_S = 5, 13
MESSAGE_REFILL_S = {"sms": 3601, "voice": 3601, "email": 61}


def _spend(judge: Judgement, enrolled: EnrolledAuthenticator, tries: int) -> list[str | None]:
    """Send a wrong code so many times; the error code of each answer.

    A code that is not delivered is sent in a login of its own each time, delivered ones in one
    login, since messages are limited too. That tells nothing where a wrong code ends the login.
    """
    wrong, login = enrolled.wrong_code(), enrolled.login()
    answers = []
    for _ in range(tries):
        answers.append(enrolled.verify(login, wrong, expecting=USED_UP))
        login = login if enrolled.delivered else enrolled.login()
    ended = {str(answer.body) for answer in answers if answer.error == answers[0].error}
    judge.needs("wrong codes that leave the login usable", when=len(ended) == 1)
    return [answer.error for answer in answers]


def _try_rightly(enrolled: EnrolledAuthenticator) -> Answer:
    """Log in with the right code, whether or not tries are left."""
    login = enrolled.login()
    return enrolled.verify(login, enrolled.code(login), expecting=USED_UP)


@requirement("MFA-LIMIT-WRONG-CODES")
def test_ten_wrong_codes_exhaust_the_tries(
    mfa_judge: Judgement, auth0_tenant: Tenant, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """Ten wrong codes are refused as wrong; after that even the right one is refused."""
    auth0_tenant.spend_tries()
    mfa_judge.control(enrolled_authenticator.complete_login())
    errors = _spend(mfa_judge, enrolled_authenticator, TRIES)
    counted = errors.count(errors[0])
    mfa_judge.holds(f"{TRIES} codes refused as wrong", f"{counted} of them", when=counted == TRIES)
    mfa_judge.refuses(_try_rightly(enrolled_authenticator), "error.too-many-codes")


@requirement("MFA-LIMIT-REFILL")
def test_one_more_try_after_six_minutes(
    mfa_judge: Judgement, auth0_tenant: Tenant, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """A try comes back every six minutes."""
    auth0_tenant.spend_tries()
    mfa_judge.control(auth0_tenant.enroll(enrolled_authenticator.factor).complete_login())
    _spend(mfa_judge, enrolled_authenticator, TRIES)
    enrolled_authenticator.user.clock.travel(REFILL_S, "a try to come back")
    mfa_judge.accepts(
        enrolled_authenticator.complete_login(),
        "the right code six minutes after the tries were used up",
    )


@requirement("MFA-LIMIT-KEPT")
def test_success_does_not_restore_the_tries(
    mfa_judge: Judgement, auth0_tenant: Tenant, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """A right code between wrong ones does not give the tries back."""
    auth0_tenant.spend_tries()
    other = auth0_tenant.enroll(enrolled_authenticator.factor)
    _spend(mfa_judge, other, TRIES)
    mfa_judge.needs("a limit on wrong codes", when=not _try_rightly(other).accepted)
    _spend(mfa_judge, enrolled_authenticator, TRIES - 1)
    mfa_judge.control(enrolled_authenticator.complete_login())
    _spend(mfa_judge, enrolled_authenticator, 1)
    mfa_judge.refuses(_try_rightly(enrolled_authenticator))


@requirement("MFA-LIMIT-SENDS")
def test_messages_are_limited(
    mfa_judge: Judgement, auth0_tenant: Tenant, mfa_enrollment: Enrollment
) -> None:
    """After so many messages the user gets no further one: each costs somebody something."""
    auth0_tenant.spend_tries()
    allowed = MESSAGES[mfa_enrollment.factor]
    sent = [mfa_enrollment.answer, *(mfa_enrollment.again() for _ in range(allowed - 1))]
    mfa_judge.needs("associations that can be repeated", when=sent[1].accepted)
    counted = [answer.accepted for answer in sent].count(True)
    mfa_judge.holds(f"{allowed} messages sent", f"{counted} of them", when=counted == allowed)
    mfa_judge.control(mfa_enrollment.answer)
    mfa_judge.refuses(mfa_enrollment.again(), "error.too-many-messages")


@requirement("MFA-LIMIT-SENDS-REFILL")
def test_one_more_message_after_a_while(
    mfa_judge: Judgement, auth0_tenant: Tenant, mfa_enrollment: Enrollment
) -> None:
    """A message comes back every hour, by e-mail every minute."""
    auth0_tenant.spend_tries()
    factor, clock = mfa_enrollment.factor, mfa_enrollment.user.clock
    sent = [mfa_enrollment.again() for _ in range(MESSAGES[factor] - 1)]
    mfa_judge.needs("associations that can be repeated", when=sent[0].accepted)
    clock.travel(MESSAGE_REFILL_S[factor], "a message to come back")
    login = auth0_tenant.login(mfa_enrollment.user)
    mfa_judge.control(login.authenticators())
    mfa_judge.accepts(
        mfa_enrollment.again(login),
        "one more message after the limit",
        unlike=lambda: auth0_tenant.associate(factor).answer,
    )


@requirement("MFA-LIMIT-PUSHES")
def test_pushes_are_limited(
    mfa_judge: Judgement, auth0_tenant: Tenant, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """Nobody is worn down by prompts until one is allowed by mistake."""
    auth0_tenant.spend_tries()
    challenge = enrolled_authenticator.challenge
    sent = [challenge(enrolled_authenticator.login()) for _ in range(PUSHES)]
    mfa_judge.needs("challenges by push", when=sent[0].accepted)
    counted = [answer.accepted for answer in sent].count(True)
    mfa_judge.holds(f"{PUSHES} prompts sent", f"{counted} of them", when=counted == PUSHES)
    mfa_judge.control(sent[0])
    mfa_judge.refuses(challenge(enrolled_authenticator.login()), "error.too-many-messages")


@requirement("MFA-LIMIT-PUSHES-REFILL")
def test_one_more_push_after_twelve_seconds(
    mfa_judge: Judgement, auth0_tenant: Tenant, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """Five prompts a minute: one comes back every twelve seconds."""
    auth0_tenant.spend_tries()
    challenge, login = enrolled_authenticator.challenge, enrolled_authenticator.login
    for _ in range(PUSHES):
        challenge(login())
    enrolled_authenticator.user.clock.pass_seconds(PUSH_REFILL_S)
    other = auth0_tenant.enroll(enrolled_authenticator.factor)
    mfa_judge.accepts(
        challenge(login()),
        "one more challenge after the limit",
        unlike=lambda: other.challenge(other.login()),
    )
