"""The verified address of an account: an authenticator that nobody enrolled."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.mock.conftest import Harness, Person, Recipient

LIST = "/mfa/authenticators"


@pytest.fixture
def verified(tenant: Harness) -> Recipient:
    """Return a user with a verified address and nothing else."""
    person = tenant.person(email_verified=True)
    email = tenant.recipient("email", person)
    email.address = person.email
    email.login()
    return email


def mfa_audience(person: Person) -> int:
    """Return the status of a login for the MFA audience."""
    return person.login(audience="https://tenant.example/mfa/", scope="enroll").status


class TestListing:
    """When it is listed, and how."""

    def test_item(self, verified: Recipient) -> None:
        """It is active from the start, with a masked name and an id that stays."""
        [item] = verified.person.authenticators()
        assert item["id"].startswith("email|dev_")
        expected = {"authenticator_type": "oob", "active": True, "oob_channel": "email"}
        assert {**expected, "id": item["id"], "name": "user**@exam*******"} == item
        assert [item] == verified.person.authenticators()

    def test_last_in_the_list(self, verified: Recipient) -> None:
        """What was enrolled stands before it."""
        verified.person.associate()
        types = [each["authenticator_type"] for each in verified.person.authenticators()]
        assert ["otp", "recovery-code", "oob"] == types

    def test_unverified(self, tenant: Harness) -> None:
        """An unverified address is no authenticator."""
        assert tenant.person(email_verified=False).authenticators() == []

    def test_control_plane_verifies_by_default(self, tenant: Harness) -> None:
        """A user of whom nothing is said has a verified address."""
        answer = tenant.post("/__mock__/users", {"email": "a@b.example", "password": "p"})
        assert answer.body["email_verified"] is True

    def test_disabled_factor(self, tenant: Harness, verified: Recipient) -> None:
        """With e-mail switched off it is neither listed nor challenged."""
        tenant.post("/__mock__/factors/email", {"enabled": False})
        assert verified.person.authenticators() == []
        assert verified.challenge().response_id == "error.association-required"


class TestChallenge:
    """Logging in with it."""

    @pytest.mark.parametrize("wish", [{}, {"challenge_type": "oob"}])
    def test_logs_in(self, verified: Recipient, wish: dict[str, str]) -> None:
        """It can be challenged without enrollment, and its code logs in."""
        assert verified.challenge(**wish).response_id == "challenge.email"
        assert verified.verify().status == 200

    def test_by_id(self, verified: Recipient) -> None:
        """Its id can be named."""
        [item] = verified.person.authenticators()
        assert verified.challenge(authenticator_id=item["id"]).status == 200
        assert verified.verify().status == 200

    def test_enrolled_factor_goes_first(self, verified: Recipient) -> None:
        """Who has enrolled a factor is asked for that one, unless the client takes oob only."""
        verified.person.enroll()
        verified.login()
        answers = [verified.challenge(), verified.challenge(challenge_type="oob")]
        assert ["challenge.otp", "challenge.email"] == [each.response_id for each in answers]

    def test_of_another_user(self, tenant: Harness, verified: Recipient) -> None:
        """Another user's address gets no code."""
        [item] = verified.person.authenticators()
        other = tenant.recipient("sms").enroll()
        answer = other.challenge(authenticator_id=item["id"])
        assert answer.response_id == "error.invalid-authenticator"


class TestCount:
    """It does not count as enrolled."""

    def test_association_is_not_blocked(self, verified: Recipient) -> None:
        """An mfa_token still enrolls a first factor, and a recovery code comes with it."""
        assert "recovery_codes" in verified.person.associate().body

    def test_mfa_audience_is_free(self, verified: Recipient) -> None:
        """A password is enough for the MFA audience."""
        assert mfa_audience(verified.person) == 200

    def test_mfa_audience_is_free_with_enrolled_email(self, tenant: Harness) -> None:
        """So it is with an address that was enrolled."""
        assert mfa_audience(tenant.recipient("email").enroll().person) == 200

    def test_mfa_audience_needs_a_phone_where_there_is_one(self, phone: Recipient) -> None:
        """A phone counts, by whichever channel."""
        assert mfa_audience(phone.enroll().person) == 403


class TestDeletion:
    """It cannot be deleted."""

    def test_refused(self, tenant: Harness, verified: Recipient) -> None:
        """The deletion is refused and the entry stays."""
        [item] = verified.person.authenticators()
        token = verified.person.access_token()
        answer = tenant.delete(f"{LIST}/{item['id']}", bearer=token)
        assert (404, "error.unknown-authenticator") == (answer.status, answer.response_id)
        assert [item] == verified.person.authenticators()

    def test_same_address_enrolled(self, tenant: Harness, verified: Recipient) -> None:
        """The same address enrolled is an entry of its own, and that one can be deleted."""
        [item] = verified.person.authenticators()
        verified.associate()
        assert verified.verify().status == 200
        enrolled = verified.person.authenticators()[0]
        assert item["id"] != enrolled["id"]
        token = verified.person.access_token()
        assert tenant.delete(f"{LIST}/{enrolled['id']}", bearer=token).status == 204
        assert [item] == verified.person.authenticators()
