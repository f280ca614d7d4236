"""Several authenticators and several logins of one user."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.mock.conftest import Harness, Person, Recipient

LIST = "/mfa/authenticators"


@pytest.fixture
def both(tenant: Harness) -> Recipient:
    """Return a user with an app, enrolled first, and an e-mail address."""
    user = tenant.recipient("email", tenant.person().enroll())
    user.associate(bearer=user.person.access_token())
    assert user.verify().status == 200
    user.login()
    return user


def states(person: Person) -> dict[str, bool]:
    """Return which kinds of entries are listed, and whether each is active."""
    entries = person.authenticators()
    return {each.get("oob_channel", each["authenticator_type"]): each["active"] for each in entries}


def entry_id(person: Person, kind: str) -> str:
    """Return the id of an entry by its channel, or its type."""
    entries = person.authenticators()
    return next(
        str(each["id"])
        for each in entries
        if kind == each.get("oob_channel", each["authenticator_type"])
    )


class TestEnrollment:
    """A further factor beside the first."""

    def test_both_are_listed(self, both: Recipient) -> None:
        """Both are active, and so is the recovery code, which came with the first alone."""
        assert {"otp": True, "recovery-code": True, "email": True} == states(both.person)

    def test_each_completes_a_login(self, both: Recipient) -> None:
        """The code of either gives tokens."""
        both.challenge(challenge_type="oob")
        assert [200, 200] == [both.verify().status, both.person.verify().status]

    def test_access_token_confirms_nothing_twice(self, both: Recipient) -> None:
        """What is confirmed is not confirmed by an access token again, nor logged in with."""
        both.tenant.clock.now += 60
        token = both.person.access_token()
        assert both.person.verify(token).response_id == "error.invalid-otp"


class TestChoice:
    """Which one a challenge reaches."""

    @pytest.mark.parametrize(
        ("wish", "response"),
        [
            ({"challenge_type": "otp"}, "challenge.otp"),
            ({"challenge_type": "oob"}, "challenge.email"),
            ({"challenge_type": "oob otp"}, "challenge.otp"),
            ({"challenge_type": " OTP\tOOB "}, "challenge.otp"),
            ({}, "challenge.otp"),
            ({"challenge_type": "sms"}, "error.unsupported-challenge-type"),
        ],
    )
    def test_by_type(self, both: Recipient, wish: dict[str, str], response: str) -> None:
        """The type decides, else the order of enrollment."""
        assert response == both.challenge(**wish).response_id

    @pytest.mark.parametrize("kind", ["otp", "email"])
    def test_by_id(self, both: Recipient, kind: str) -> None:
        """The named one is challenged, and a code goes to its address alone."""
        named, before = entry_id(both.person, kind), len(both.tenant.messages())
        assert f"challenge.{kind}" == both.challenge(authenticator_id=named).response_id
        assert before + (kind == "email") == len(both.tenant.messages())

    def test_by_id_of_another_type(self, both: Recipient) -> None:
        """A name and a type that do not go together are refused."""
        named = entry_id(both.person, "email")
        answer = both.challenge(authenticator_id=named, challenge_type="otp")
        assert answer.response_id == "error.unsupported-challenge-type"

    def test_unconfirmed_beside_confirmed(self, tenant: Harness, both: Recipient) -> None:
        """An unconfirmed one cannot be named, and is passed over by type."""
        phone = tenant.recipient("sms", both.person)
        phone.associate(bearer=both.person.access_token())
        named = entry_id(both.person, "sms")
        assert both.challenge(authenticator_id=named).response_id == "error.association-required"
        assert both.challenge(challenge_type="oob").response_id == "challenge.email"


class TestDeletion:
    """One of several goes."""

    @pytest.mark.parametrize(("gone", "kept"), [("otp", "email"), ("email", "otp")])
    def test_others_stay(self, tenant: Harness, both: Recipient, gone: str, kept: str) -> None:
        """The other factor and the recovery code stay, and a login is still interrupted."""
        path = f"{LIST}/{entry_id(both.person, gone)}"
        assert tenant.delete(path, bearer=both.person.access_token()).status == 204
        assert {kept: True, "recovery-code": True} == states(both.person)
        both.login()
        assert f"challenge.{kept}" == both.challenge().response_id

    def test_last_one(self, tenant: Harness, both: Recipient) -> None:
        """With the last factor goes the recovery code."""
        token = both.person.access_token()
        for kind in ("otp", "email"):
            tenant.delete(f"{LIST}/{entry_id(both.person, kind)}", bearer=token)
        assert {} == states(both.person)


class TestLogins:
    """Two logins at a time."""

    @pytest.fixture
    def logins(self, recipient: Recipient) -> list[dict[str, str]]:
        """Return what completes each of two logins of one user, one code a login."""
        recipient.enroll()
        complete = []
        for mfa_token in (recipient.login(), recipient.login()):
            recipient.mfa_token = mfa_token
            recipient.challenge(challenge_type="oob")
            complete.append({"mfa_token": mfa_token, "oob_code": recipient.oob_code})
            complete[-1]["binding_code"] = recipient.code()
        return complete

    def test_both_are_completed(self, recipient: Recipient, logins: list[dict[str, str]]) -> None:
        """The later one first, then the earlier one."""
        assert [200, 200] == [recipient.verify(**each).status for each in reversed(logins)]

    def test_code_of_the_other(self, recipient: Recipient, logins: list[dict[str, str]]) -> None:
        """It is a wrong code, and both logins go on."""
        swapped = {**logins[0], "binding_code": logins[1]["binding_code"]}
        assert recipient.verify(**swapped).response_id == "error.invalid-binding-code"
        assert [200, 200] == [recipient.verify(**each).status for each in logins]
