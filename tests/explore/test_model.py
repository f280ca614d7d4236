"""What the model predicts, on a tenant that agrees with it: sequences that people think of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pytest_auth0_mfa.explore import (
    challenging,
    deleting,
    enrolling,
    logins,
    one_time_passwords,
    oob_codes,
)
from pytest_auth0_mfa.explore.challenging import Wish
from pytest_auth0_mfa.explore.door import Door, offers_of
from pytest_auth0_mfa.explore.moves import authenticators, challenges, people
from pytest_auth0_mfa.explore.one_time_passwords import code_of, step_of
from pytest_auth0_mfa.explore.preparing import access_token, move_clock, wrong_code
from pytest_auth0_mfa.explore.world import World
from pytest_auth0_mfa.tenant.profile import FACTORS
from tests.explore.in_memory import tenant_in_memory

if TYPE_CHECKING:
    from pytest_auth0_mfa.explore.expectation import Expectation
    from pytest_auth0_mfa.explore.state import Enrollment, Person, Token

OTP, SMS, EMAIL, PUSH = 0, 1, 3, 4
"""Places of these factors among those that can be enrolled."""


@pytest.fixture
def world() -> World:
    """A tenant in memory with two people who have enrolled nothing."""
    tenant = tenant_in_memory()
    made = World(Door(tenant, offers_of(tenant, FACTORS), 1_000))
    people.begin(made, 0, 0, 0, 0)
    return made


@pytest.fixture
def person(world: World) -> Person:
    """The person whom 0 stands for."""
    return world.people[-1]


def login(world: World, person: Person) -> Token:
    """A fresh login."""
    assert logins.log_in(world, person)
    return person.tokens[-1]


def enrolled(world: World, factor: int) -> Enrollment:
    """A confirmed factor of the person whom 0 stands for."""
    authenticators.enroll(world, 0, factor)
    enrollment = world.people[-1].enrollments[-1]
    assert enrollment.is_active
    return enrollment


def reasons(expectation: Expectation) -> list[str]:
    """The requirements by which a request must be refused."""
    return [each.requirement for each in expectation.reasons]


def test_first_code_confirms(world: World, person: Person) -> None:
    """After it the factor is active, and so is the recovery code."""
    enrolled(world, OTP)
    assert ["otp"] == [each.factor for each in person.active]
    assert "active" == person.recovery.state


def test_used_code_must_be_refused(world: World, person: Person) -> None:
    """A code that confirmed completes no login."""
    code = min(enrolled(world, OTP).codes_used)
    token = login(world, person)
    shown = [person.enrollments[0]]
    assert ["MFA-VERIFY-REPLAY"] == reasons(one_time_passwords.expected(world, token, code, shown))


def test_code_of_another_must_be_refused(world: World, person: Person) -> None:
    """What is right for one person is wrong for another."""
    enrolled(world, OTP)
    other = world.people[0]
    authenticators.enroll(world, 1, OTP)
    code = code_of(person.enrollments[0], step_of(world, person) + 0)
    token = login(world, other)
    expectation = one_time_passwords.expected(world, token, code, [])
    assert ["MFA-VERIFY-FOREIGN-CODE"] == reasons(expectation)


def test_expired_token_must_be_refused(world: World, person: Person) -> None:
    """Ten minutes and a little after a login its `mfa_token` enrolls nothing; before it does."""
    token = login(world, person)
    move_clock(world, person, 590)
    assert [] == reasons(enrolling.expected_association(world, token, "otp"))
    move_clock(world, person, 20)
    expectation = enrolling.expected_association(world, token, "otp")
    assert ["MFA-ENROLL-EXPIRED-BEARER"] == reasons(expectation)


def test_end_of_a_lifetime_is_open(world: World, person: Person) -> None:
    """So near to the end either answer will do."""
    token = login(world, person)
    move_clock(world, person, 599)
    expectation = enrolling.expected_association(world, token, "otp")
    assert ([], True) == (reasons(expectation), expectation.is_open)


def test_confirmed_factor_blocks_mfa_tokens(world: World, person: Person) -> None:
    """A further factor takes an access token."""
    enrolled(world, SMS)
    token = login(world, person)
    expectation = enrolling.expected_association(world, token, "otp")
    assert ["MFA-ENROLL-ALREADY"] == reasons(expectation)


def test_codes_belong_to_their_login(world: World, person: Person) -> None:
    """Of two logins, the code of one is none with the oob_code of the other."""
    sms = enrolled(world, SMS)
    first, second = login(world, person), login(world, person)
    for token in (first, second):
        challenging.challenge(world, token, Wish(sms, "sms"))
    one, other = person.oobs[-2:]
    mixed_codes = oob_codes.expected(world, second, other, one.code)
    mixed_logins = oob_codes.expected(world, second, one, one.code)
    assert ["MFA-CONCURRENT-CODES"] == reasons(mixed_codes)
    assert ["MFA-VERIFY-FOREIGN-OOB"] == reasons(mixed_logins)


def test_earlier_challenge_of_the_same_login_is_open(world: World, person: Person) -> None:
    """No fact says whether a second challenge ends the first."""
    sms = enrolled(world, SMS)
    token = login(world, person)
    for _ in range(2):
        challenging.challenge(world, token, Wish(sms, "sms"))
    earlier = person.oobs[-2]
    expectation = oob_codes.expected(world, token, earlier, earlier.code)
    assert ([], True) == (reasons(expectation), expectation.is_open)


def test_tries_are_used_up_by_wrong_codes(world: World, person: Person) -> None:
    """Ten wrong codes, each in a login of its own, leave none; six minutes later there is one."""
    otp = enrolled(world, OTP)
    for _ in range(10):
        one_time_passwords.redeem(world, login(world, person), wrong_code(world))
    move_clock(world, person, 31)
    code = code_of(otp, step_of(world, person))
    token = login(world, person)
    assert ["MFA-LIMIT-WRONG-CODES"] == reasons(
        one_time_passwords.expected(world, token, code, [otp])
    )
    move_clock(world, person, 365)
    token = login(world, person)
    code = code_of(otp, step_of(world, person))
    assert [] == reasons(one_time_passwords.expected(world, token, code, [otp]))


def test_deleted_factor_takes_its_entries_along(world: World, person: Person) -> None:
    """Neither entry of a phone is there any more, and the next login enrolls."""
    phone = enrolled(world, SMS)
    token = access_token(world, person)
    assert token is not None
    deleting.delete(world, token, phone, "voice")
    assert ([], True) == (person.enrollments, person.lost_last)
    assert {"sms", "voice"} == set(phone.ids)


def test_rejected_push_stays_rejected(world: World, person: Person) -> None:
    """A rejection is final for the model, whatever the device says afterwards."""
    push = enrolled(world, PUSH)
    challenging.challenge(world, login(world, person), Wish(push, "push"))
    for how in (1, 0):
        challenges.answer_prompt(world, 0, 0, how)
    oob = person.oobs[-1]
    assert ("rejected", ["MFA-PUSH-REJECTED"]) == (
        oob.decision,
        reasons(oob_codes.expected(world, oob.token, oob, None)),
    )


def test_audience_is_free_with_email_alone(world: World, person: Person) -> None:
    """E-mail is no real factor there; a phone is."""
    enrolled(world, EMAIL)
    assert ("MFA-AUDIENCE-EMAIL",) == logins.expected_login(person, for_mfa=True).keeps
    assert access_token(world, person)
    enrolled(world, SMS)
    assert ("MFA-AUDIENCE-STEP-UP",) == logins.expected_login(person, for_mfa=True).keeps
