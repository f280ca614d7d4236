"""How an answer is held against an expectation."""

from __future__ import annotations

import pytest

from pytest_auth0_mfa.api.exchange import Answer, Exchange
from pytest_auth0_mfa.explore.expectation import Expectation, Reason
from pytest_auth0_mfa.explore.finding import Disagreement, Finding

NOTHING = Exchange(1, "POST", "/", 200, {}, {}, 0.0)
USED = Reason("MFA-VERIFY-REPLAY", "which was used", frozenset({403}), frozenset({"invalid_grant"}))
OLD = Reason("MFA-VERIFY-OLD-STEP", "which is old")


def answer(status: int, error: str | None = None, **members: object) -> Answer:
    """An answer with a JSON object."""
    body = {**members, **({"error": error} if error else {})}
    return Answer(status, {}, body, NOTHING)


def expected(*reasons: Reason, is_open: bool = False) -> Expectation:
    """An expectation of a code."""
    return Expectation("a code", "otp", ("MFA-VERIFY-TOKENS",), reasons, is_open)


def found(expectation: Expectation, given: Answer) -> Finding:
    """What is found when an answer disagrees."""
    with pytest.raises(Disagreement) as caught:
        expectation.judge(given)
    return caught.value.finding


def test_acceptance_where_nothing_forbids_it() -> None:
    """What is carried out as expected tells so."""
    assert expected().judge(answer(200, access_token="..."))


def test_refusal_without_reason_breaks_what_keeps_it() -> None:
    """The requirement that says it must be carried out is named."""
    finding = found(expected(), answer(403, "invalid_grant"))
    assert ("MFA-VERIFY-TOKENS", "otp") == (finding.requirement, finding.factor)
    assert 'status 403, error "invalid_grant"' == finding.actual


def test_acceptance_against_a_reason_breaks_its_requirement() -> None:
    """What must be refused and is not is named by why."""
    finding = found(expected(USED, OLD), answer(200))
    assert ("MFA-VERIFY-REPLAY", "MFA-VERIFY-OLD-STEP") == finding.requirements
    assert "a code, which was used and which is old: refused" == finding.expected


@pytest.mark.parametrize("given", [answer(500, "invalid_grant"), answer(403, "server_error")])
def test_wrong_refusal_breaks_the_requirement(given: Answer) -> None:
    """Status and error must be those that the reason calls for."""
    assert "MFA-VERIFY-REPLAY" == found(expected(USED), given).requirement


def test_refusal_with_success_status_is_none() -> None:
    """An error under 200 is no refusal."""
    assert "MFA-VERIFY-OLD-STEP" == found(expected(OLD), answer(200, "invalid_grant")).requirement


def test_fitting_refusal_is_none_carried_out() -> None:
    """A refusal as expected tells that nothing was done."""
    assert not expected(USED).judge(answer(403, "invalid_grant"))


@pytest.mark.parametrize(("given", "done"), [(answer(200), True), (answer(429, "other"), False)])
def test_open_takes_both(given: Answer, done: bool) -> None:  # noqa: FBT001  A parameter of pytest.
    """Where the facts are silent the tenant decides."""
    assert done == expected(is_open=True).judge(given)


def test_open_refuses_no_server_error() -> None:
    """A tenant that fails has decided nothing."""
    found(expected(is_open=True), answer(500, "server_error"))


def test_open_refusal_takes_any_error() -> None:
    """It must be refused, but how is open."""
    assert not expected(USED, is_open=True).judge(answer(429, "too_many"))


def test_error_that_means_success() -> None:
    """A login is interrupted by an error, and that is what it should come to."""
    login = Expectation("a login", "any", ("MFA-LOGIN-MFA-REQUIRED",), means="mfa_required")
    assert login.judge(answer(403, "mfa_required"))
    assert "MFA-LOGIN-MFA-REQUIRED" == found(login, answer(200)).requirement
