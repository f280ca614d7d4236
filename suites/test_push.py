"""Push: a login that waits until the user has allowed or rejected it on a device.

Source: https://auth0.com/docs/secure/multi-factor-authentication/authenticate-using-ropg-flow-with-mfa/enroll-and-challenge-push-authenticators
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

if TYPE_CHECKING:
    from pytest_auth0_mfa import Answer, EnrolledAuthenticator, Judgement, Login, Tenant

requirement = pytest.mark.requirement

PENDING = "authorization_pending"
POLLS = 12
SOME_MORE = 4
REFILL_S = 6
CLOCKS_APART_S = 300


def _asked(enrolled: EnrolledAuthenticator, login: Login, times: int) -> list[str | None]:
    """The error of each answer when a client asks so many times in a row."""
    return [enrolled.ask(login).error for _ in range(times)]


def _told_to_slow_down(enrolled: EnrolledAuthenticator, login: Login) -> Answer:
    """The first answer after the allowance that is not pending, or the last one.

    While a client asks over a network, a little of its allowance comes back.
    """
    answer = enrolled.ask(login)
    for _ in range(SOME_MORE):
        if answer.error != PENDING:
            break
        answer = enrolled.ask(login)
    return answer


def _host(address: str) -> str:
    """The host of a URL, or of an address that is a bare host."""
    return urlsplit(address if "//" in address else f"//{address}").netloc


@requirement("MFA-PUSH-PROMPT")
def test_challenge_prompts_the_device(
    mfa_judge: Judgement, auth0_tenant: Tenant, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """The notification says which device is asked, by whom, and when."""
    device, login = enrolled_authenticator.device, enrolled_authenticator.login()
    prompt = mfa_judge.reads(
        "a notification as devices read it", lambda: enrolled_authenticator.prompt(login)
    )
    source, tenant = _host(prompt.source), _host(auth0_tenant.url)
    apart_s = abs(prompt.requested_at.timestamp() - enrolled_authenticator.user.clock.now())
    wrong = ["dai"] if prompt.device_id != device.id else []
    wrong += ["sh"] if source != tenant else []
    wrong += ["d"] if apart_s > CLOCKS_APART_S else []
    mfa_judge.holds(
        "dai, sh and d: the device, the tenant and the time of the challenge",
        f"wrong: {', '.join(wrong)}" if wrong else "all three",
        when=not wrong,
    )


@requirement("MFA-PUSH-FRESH")
def test_each_challenge_prompts_anew(
    mfa_judge: Judgement, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """An answer to one prompt cannot pass for the answer to another."""
    first, second = (
        enrolled_authenticator.prompt(enrolled_authenticator.login()) for _ in range(2)
    )
    same = ["challenge"] if first.challenge == second.challenge else []
    same += ["transaction token"] if first.transaction_token == second.transaction_token else []
    mfa_judge.holds(
        "two prompts that differ in challenge and transaction token",
        f"the same: {', '.join(same)}" if same else "both differ",
        when=not same,
    )


@requirement("MFA-PUSH-PENDING")
def test_tokens_are_pending_until_the_answer(
    mfa_judge: Judgement, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """Who asks before the user has decided is told to ask again, and succeeds afterwards."""
    login = enrolled_authenticator.login()
    enrolled_authenticator.challenge(login)
    mfa_judge.refuses(enrolled_authenticator.ask(login), "error.authorization-pending")
    code = enrolled_authenticator.code(login)
    mfa_judge.control(enrolled_authenticator.verify(login, code))


@requirement("MFA-PUSH-REJECTED")
def test_rejected_login_gives_no_tokens(
    mfa_judge: Judgement, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """Who sees a prompt for a login that is not theirs keeps the stranger out."""
    login = enrolled_authenticator.login()
    enrolled_authenticator.challenge(login)
    enrolled_authenticator.reject()
    mfa_judge.refuses(enrolled_authenticator.verify(login, None), "error.push-denied")
    mfa_judge.control(enrolled_authenticator.complete_login())


@requirement("MFA-PUSH-REJECTION-FINAL")
def test_rejected_login_cannot_be_allowed(
    mfa_judge: Judgement, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """Whatever the device says after it has rejected, the login stays rejected."""
    device, login = enrolled_authenticator.device, enrolled_authenticator.login()
    prompt = enrolled_authenticator.prompt(login)
    device.reject(prompt)
    allowed = device.challenge_response(prompt, accepted=True)
    device.api.resolve(prompt.transaction_token, allowed)
    mfa_judge.refuses(enrolled_authenticator.ask(login))
    mfa_judge.control(enrolled_authenticator.complete_login())


@requirement("MFA-PUSH-POLL-ALLOWANCE")
def test_twelve_polls_are_answered(
    mfa_judge: Judgement, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """A client that asks every five seconds, as samples do, is not slowed down in a minute."""
    login = enrolled_authenticator.login()
    enrolled_authenticator.challenge(login)
    errors = _asked(enrolled_authenticator, login, POLLS)
    counted = errors.count(PENDING)
    mfa_judge.holds(f"{POLLS} times {PENDING}", f"{counted} of them", when=counted == POLLS)


@requirement("MFA-PUSH-SLOW-DOWN")
def test_fast_polling_is_slowed_down(
    mfa_judge: Judgement, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """A client that asks without a pause is told so, and gets its tokens all the same."""
    login = enrolled_authenticator.login()
    enrolled_authenticator.challenge(login)
    _asked(enrolled_authenticator, login, POLLS)
    mfa_judge.refuses(_told_to_slow_down(enrolled_authenticator, login), "error.slow-down")
    enrolled_authenticator.user.clock.pass_seconds(REFILL_S)
    code = enrolled_authenticator.code(login)
    mfa_judge.control(enrolled_authenticator.verify(login, code))


@requirement("MFA-PUSH-POLL-REFILL")
def test_one_more_poll_after_five_seconds(
    mfa_judge: Judgement, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """A client that was slowed down asks again five seconds later and is answered."""
    login = enrolled_authenticator.login()
    enrolled_authenticator.challenge(login)
    _asked(enrolled_authenticator, login, POLLS)
    slowed = _told_to_slow_down(enrolled_authenticator, login)
    mfa_judge.needs("a limit on polls", when=slowed.error == "slow_down")
    enrolled_authenticator.user.clock.pass_seconds(REFILL_S)
    answer = enrolled_authenticator.ask(login)
    mfa_judge.holds(PENDING, answer.summary(), when=answer.error == PENDING, answer=answer)
