"""Two logins of one user that wait for their second factor at the same time.

Source: https://auth0.com/docs/secure/multi-factor-authentication/authenticate-using-ropg-flow-with-mfa
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pytest_auth0_mfa import EnrolledAuthenticator, Judgement, Login

requirement = pytest.mark.requirement


def _two_logins(judge: Judgement, enrolled: EnrolledAuthenticator) -> tuple[Login, Login]:
    """Two logins of one user, each with an mfa_token of its own."""
    earlier, later = enrolled.login(), enrolled.login()
    judge.needs("two mfa_tokens", when=earlier.mfa_token != later.mfa_token)
    return earlier, later


@requirement("MFA-CONCURRENT-LOGINS")
def test_completed_login_leaves_the_other(
    mfa_judge: Judgement, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """Who logs in on a second device may go on with the login on the first."""
    verify, code = enrolled_authenticator.verify, enrolled_authenticator.code
    earlier, later = _two_logins(mfa_judge, enrolled_authenticator)
    # A delivered code waits for its login; other codes are worth less once a newer one was used.
    delivered = code(earlier) if enrolled_authenticator.out_of_band else None
    mfa_judge.control(verify(later, code(later)))
    mfa_judge.accepts(
        verify(earlier, delivered or code(earlier)),
        "a login that began before another one, and is completed after it",
        unlike=enrolled_authenticator.complete_login,
    )


@requirement("MFA-CONCURRENT-CODES")
def test_code_of_another_login_is_refused(
    mfa_judge: Judgement, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """Each code answers its own challenge, though both went to one address."""
    verify = enrolled_authenticator.verify
    earlier, later = _two_logins(mfa_judge, enrolled_authenticator)
    codes = [enrolled_authenticator.code(login) for login in (earlier, later)]
    mfa_judge.needs("two challenges with different codes", when=codes[0] != codes[1])
    mfa_judge.refuses(verify(earlier, codes[1]))
    mfa_judge.refuses(verify(later, codes[0]))
    for login, own in zip((earlier, later), codes, strict=True):
        mfa_judge.control(verify(login, own))


@requirement("MFA-CONCURRENT-PROMPTS")
def test_allowed_prompt_is_that_of_one_login(
    mfa_judge: Judgement, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """Who allows the login that they began lets no stranger in, who began one beside it."""
    earlier, later = _two_logins(mfa_judge, enrolled_authenticator)
    enrolled_authenticator.challenge(earlier)
    code = enrolled_authenticator.code(later)
    mfa_judge.refuses(enrolled_authenticator.ask(earlier))
    mfa_judge.control(enrolled_authenticator.verify(later, code))


@requirement("MFA-CONCURRENT-WRONG-CODE")
def test_wrong_code_leaves_the_other_login(
    mfa_judge: Judgement, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """Who mistypes a code on one device is not thrown out on the other."""
    verify = enrolled_authenticator.verify
    earlier, later = _two_logins(mfa_judge, enrolled_authenticator)
    code = enrolled_authenticator.code(earlier)
    refused = verify(later, enrolled_authenticator.wrong_code())
    mfa_judge.needs("wrong codes that are refused", when=not refused.accepted)
    mfa_judge.accepts(
        verify(earlier, code),
        "the right code in one login after a wrong one in another",
        unlike=enrolled_authenticator.complete_login,
    )
