"""Two requests that arrive together.

Source: https://www.rfc-editor.org/rfc/rfc6238#section-5.2
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_auth0_mfa import Answer, EnrolledAuthenticator, Judgement

requirement = pytest.mark.requirement

START_WITHIN_S = 30
ALONE = {"Connection": "close"}
"""No other request travels over the connection, so two of them need two."""


def _at_once(*requests: Callable[[], Answer]) -> list[Answer]:
    """The answers to requests that are sent at the same moment, each over its own connection."""
    start = Barrier(len(requests))

    def send(request: Callable[[], Answer]) -> Answer:
        start.wait(START_WITHIN_S)
        return request()

    with ThreadPoolExecutor(len(requests)) as threads:
        return list(threads.map(send, requests))


@requirement("MFA-VERIFY-RACE")
def test_code_is_accepted_once(
    mfa_judge: Judgement, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """Who reads a code over the user's shoulder and is as quick as the user gains nothing."""
    verify, login = enrolled_authenticator.verify, enrolled_authenticator.login()
    # A delivered code is good for its own login only, others for any.
    other = login if enrolled_authenticator.delivered else enrolled_authenticator.login()
    code = enrolled_authenticator.code(login)
    answers = _at_once(
        lambda: verify(login, code, headers=ALONE), lambda: verify(other, code, headers=ALONE)
    )
    worse, better = sorted(answers, key=lambda answer: answer.accepted)
    mfa_judge.control(better)
    mfa_judge.holds(
        "one of two requests with one code refused",
        worse.summary(),
        when=not worse.accepted,
        answer=worse,
    )
