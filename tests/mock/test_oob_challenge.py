"""Challenges of phones and addresses, and the choice among several authenticators."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.mock.conftest import Harness, Person, Recipient


class TestAnswer:
    """What a challenge answers."""

    @pytest.mark.parametrize(
        "wish",
        [
            {},
            {"challenge_type": "oob"},
            {"challenge_type": " otp  OOB "},
            {"challenge_type": "oob pigeon"},
        ],
    )
    def test_by_type(self, recipient: Recipient, wish: dict[str, str]) -> None:
        """By type, by a list of types in any case, by nothing: the fields are the same."""
        answer = recipient.enroll().challenge(**wish)
        assert (200, f"challenge.{recipient.channel}") == (answer.status, answer.response_id)
        assert ["challenge_type", "oob_code", "binding_method"] == list(answer.body)
        assert ("oob", "prompt") == (answer.body["challenge_type"], answer.body["binding_method"])
        assert recipient.verify().status == 200

    def test_by_id(self, recipient: Recipient) -> None:
        """The entry that was named gets the code."""
        first = recipient.enroll().person.authenticators()[0]
        answer = recipient.challenge(authenticator_id=first["id"], challenge_type="oob")
        assert answer.response_id == f"challenge.{recipient.channel}"
        assert recipient.verify().status == 200

    def test_twin(self, tenant: Harness, phone: Recipient) -> None:
        """Who enrolled by one channel can be challenged by the other."""
        twin = phone.enroll().person.authenticators()[1]
        answer = phone.challenge(authenticator_id=twin["id"])
        assert answer.response_id == f"challenge.{twin['oob_channel']}"
        assert twin["oob_channel"] == tenant.messages(to=phone.address)[-1]["channel"]
        assert phone.verify().status == 200

    def test_disabled_channel(self, tenant: Harness, phone: Recipient) -> None:
        """Nothing is sent by a channel that was switched off; the twin takes its place."""
        phone.enroll()
        tenant.post(f"/__mock__/factors/{phone.channel}", {"enabled": False})
        other = {"sms": "voice", "voice": "sms"}[phone.channel]
        assert phone.challenge().response_id == f"challenge.{other}"


class TestRefusals:
    """Challenges that are refused send nothing."""

    def test_nothing_confirmed(self, tenant: Harness, recipient: Recipient) -> None:
        """A pending one cannot be challenged, not even by its id."""
        recipient.associate()
        identifier = recipient.person.authenticators()[0]["id"]
        answers = [recipient.challenge(), recipient.challenge(authenticator_id=identifier)]
        assert [(400, "association_required")] * 2 == [(a.status, a.body["error"]) for a in answers]
        assert 1 == len(tenant.messages())

    def test_pending_one_beside_a_confirmed_one(self, recipient: Recipient) -> None:
        """Naming the pending one is refused although the user has a factor."""
        recipient.person.enroll()
        recipient.associate(recipient.person.access_token())
        pending = next(e["id"] for e in recipient.person.authenticators() if not e["active"])
        recipient.login()
        answer = recipient.challenge(authenticator_id=pending)
        assert answer.response_id == "error.association-required"

    @pytest.mark.parametrize(
        ("types", "description"),
        [
            ("otp", "the requested challenge type (otp). Supported type: oob."),
            ("otp a", "any of the requested challenge types (otp, a). Supported type: oob."),
        ],
    )
    def test_type_that_the_user_lacks(
        self, recipient: Recipient, types: str, description: str
    ) -> None:
        """The description names what was asked and what there is."""
        answer = recipient.enroll().challenge(challenge_type=types)
        assert (401, "unsupported_challenge_type") == (answer.status, answer.body["error"])
        assert f"The user does not support {description}" == answer.body["error_description"]

    def test_two_types_are_named(self, tenant: Harness, user: Person) -> None:
        """A user with two types is told both."""
        sms = with_otp_and_sms(tenant, user)
        answer = sms.challenge(challenge_type="pigeon")
        assert answer.body["error_description"].endswith("Supported types: otp, oob.")

    def test_id_of_another_type(self, recipient: Recipient) -> None:
        """A named authenticator must be of a type that the client takes."""
        first = recipient.enroll().person.authenticators()[0]
        answer = recipient.challenge(authenticator_id=first["id"], challenge_type="otp")
        assert answer.response_id == "error.unsupported-challenge-type"

    def test_foreign_authenticator(self, tenant: Harness, recipient: Recipient) -> None:
        """Another user's authenticator gets no message."""
        other = tenant.recipient(recipient.channel).enroll()
        foreign = other.person.authenticators()[0]["id"]
        answer = recipient.enroll().challenge(authenticator_id=foreign)
        assert (400, "invalid_authenticator") == (answer.status, answer.body["error"])
        assert 1 == len(tenant.messages(to=other.address))


class TestChoice:
    """Which of several authenticators is challenged."""

    @pytest.mark.parametrize(
        ("types", "response_id"),
        [(None, "challenge.otp"), ("otp", "challenge.otp"), ("oob", "challenge.sms")],
    )
    def test_first_of_a_type(
        self, tenant: Harness, user: Person, types: str | None, response_id: str
    ) -> None:
        """The first enrolled one of the types that the client takes; of all where it names none."""
        sms = with_otp_and_sms(tenant, user)
        assert response_id == sms.challenge(challenge_type=types).response_id

    def test_email_after_phone(self, tenant: Harness) -> None:
        """Of two delivered factors the first enrolled one is asked."""
        sms = tenant.recipient("sms").enroll()
        email = tenant.recipient("email", sms.person)
        email.associate(sms.access_token())
        assert email.verify().status == 200
        sms.login()
        assert sms.challenge().response_id == "challenge.sms"


def with_otp_and_sms(tenant: Harness, user: Person) -> Recipient:
    """Give a user an authenticator app and then a phone, both confirmed."""
    sms = tenant.recipient("sms", user.enroll())
    sms.associate(user.access_token())
    assert 200 == sms.verify().status
    sms.login()
    return sms
