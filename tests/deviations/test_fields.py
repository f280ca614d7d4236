"""The catalogue of deviations, held against schemas and suites: there is one for everything.

Success has a deviation for every member that a response must have, in each response: one in which
it is missing and one in which its value is wrong. Refusals share their envelope, so each has a
deviation of its status and of its own error code, and the envelope has its faults somewhere.
Whether the suites catch a deviation is what `test_power.py` finds out.
"""

from __future__ import annotations

import ast
from collections import defaultdict

import pytest

from pytest_auth0_mfa import schemas
from pytest_auth0_mfa.mock.deviations import DEVIATIONS
from tests.deviations.members import members, required
from tests.deviations.touched import faults, outcome
from tests.suites.reading import SuiteTest, read_tests

REFUSALS = tuple(each for each in schemas.response_ids() if each.startswith("error."))
SUCCESSES = tuple(each for each in schemas.response_ids() if each not in REFUSALS)

EITHER_WAY = {
    ("MFA-AUDIENCE-COMPLETED", "refused"): "a list refuses later what the answer gave as a token",
    ("MFA-CLIENT-PUBLIC-SECRET", "accepted"): "a needless secret may be ignored",
    ("MFA-CLIENT-PUBLIC-SECRET", "wrong"): "a needless secret may be refused, and need not be",
    ("MFA-PUSH-SLOW-DOWN", "accepted"): "a poll that is not slowed down is told what is known",
}
"""Requirement and outcome -> why there is no such deviation."""


def _faults(response_id: str) -> set[tuple[str, str]]:
    """What some deviation makes wrong in a response."""
    return {fault for name in DEVIATIONS for fault in faults(name, response_id)}


@pytest.mark.parametrize("response_id", SUCCESSES)
def test_every_required_member_is_missing_and_wrong_once(response_id: str) -> None:
    """A tenant can forget each member, and can get each wrong."""
    places = required(response_id)
    wanted = {(fault, place) for place in places for fault in ("missing", "wrong")}
    assert set() == wanted - _faults(response_id)


@pytest.mark.parametrize("response_id", schemas.response_ids())
def test_every_response_has_a_wrong_status(response_id: str) -> None:
    """A tenant can answer anything with another status."""
    assert set() == {("status", "")} - _faults(response_id)


@pytest.mark.parametrize("response_id", SUCCESSES)
def test_every_body_has_a_wrong_content_type(response_id: str) -> None:
    """A tenant can call a body something else than JSON; errors have one requirement for that."""
    if schemas.describe(response_id).content_type is None:
        pytest.skip("there is no body, or none is needed")
    assert set() == {("content-type", "")} - _faults(response_id)


@pytest.mark.parametrize("response_id", REFUSALS)
def test_every_error_has_a_wrong_code(response_id: str) -> None:
    """A tenant can refuse with the code of another error, where the code is documented."""
    own = {each for each in members(response_id) if each.owner == response_id}
    wanted = {(each.fault, each.place) for each in own if each.place == "/error"}
    assert set() == wanted - _faults(response_id)


def test_envelope_of_errors_has_every_fault_somewhere() -> None:
    """Error and description are forgotten or wrong, and something is given all the same."""
    found = {fault for response_id in REFUSALS for fault in _faults(response_id)}
    wanted = {
        (fault, place)
        for place in ("/error", "/error_description")
        for fault in ("missing", "wrong")
    }
    assert set() == {*wanted, ("extra", "/access_token"), ("extra", "/recovery_code")} - found


def test_what_must_not_be_there_is_there_once() -> None:
    """Each part of the schemas that forbids members has a deviation that gives one of them."""
    given = defaultdict(set)
    for response_id in schemas.response_ids():
        for each in members(response_id):
            if each.fault == "extra":
                given[each.owner].add((each.fault, each.place) in _faults(response_id))
    assert {} == {owner: seen for owner, seen in given.items() if True not in seen}


@pytest.mark.parametrize("test", read_tests(), ids=str)
def test_every_request_fares_otherwise_once(test: SuiteTest) -> None:
    """What is to be refused is accepted, and refused wrongly; what is to be accepted is refused."""
    for requirement in test.requirements:
        names = [
            name
            for name, each in DEVIATIONS.items()
            if requirement == each.requirement or requirement in each.also
        ]
        outcomes = {outcome(name) for name in names}
        excused = {each for name, each in EITHER_WAY if name == requirement}
        assert set() == _wanted(test) - outcomes - excused, requirement


def _wanted(test: SuiteTest) -> set[str]:
    calls = [call for call in ast.walk(test.node) if isinstance(call, ast.Call)]
    judged = {
        (call.func.attr, len(call.args) > 1)
        for call in calls
        if isinstance(call.func, ast.Attribute) and ast.unparse(call.func.value) == "mfa_judge"
    }
    wanted = {"accepted"} if {("refuses", True), ("refuses", False)} & judged else set()
    wanted |= {"wrong"} if ("refuses", True) in judged else set()
    return wanted | ({"refused"} if ("accepts", True) in judged else set())
