"""Enrolling, listing, confirming and deleting phones and e-mail addresses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.mock.conftest import Harness, Person, Recipient

LIST = "/mfa/authenticators"
ORDER = {
    "sms": ["authenticator_type", "binding_method", "recovery_codes", "oob_channel", "oob_code"],
    "voice": ["authenticator_type", "binding_method", "recovery_codes", "oob_channel", "oob_code"],
    "email": ["authenticator_type", "binding_method", "oob_code", "oob_channel", "recovery_codes"],
}
INVALID_PHONE = "error.invalid-phone-number"
INVALID = "error.invalid-enrollment"


def oob_items(user: Person) -> list[dict[str, object]]:
    """List the entries of delivered factors."""
    return [each for each in user.authenticators() if each["authenticator_type"] == "oob"]


class TestAssociation:
    """`POST /mfa/associate` with the type `oob`."""

    def test_first_association(self, recipient: Recipient) -> None:
        """The answer has the recorded fields in the recorded order, and is named by channel."""
        answer = recipient.associate()
        assert (200, f"associate.{recipient.channel}") == (answer.status, answer.response_id)
        assert ORDER[recipient.channel] == list(answer.body)
        expected = ("oob", "prompt", recipient.channel)
        names = ("authenticator_type", "binding_method", "oob_channel")
        assert expected == tuple(answer.body[name] for name in names)
        assert 1 == len(answer.body["recovery_codes"])

    def test_second_association(self, recipient: Recipient) -> None:
        """A pending one does not block; there is no further recovery code; oob_codes differ."""
        token = recipient.login()
        first, second = recipient.associate(token).body, recipient.associate(token).body
        assert "recovery_codes" not in second
        assert first["oob_code"] != second["oob_code"]

    def test_bare_channel(self, recipient: Recipient) -> None:
        """A channel may stand outside a list, as in older samples."""
        assert recipient.associate(oob_channels=recipient.channel).status == 200

    def test_further_fields_are_ignored(self, recipient: Recipient) -> None:
        """What means nothing does no harm."""
        assert recipient.associate(nonsense=[1], type="phone").status == 200

    @pytest.mark.parametrize(
        "channels",
        [None, "", [], ["pigeon"], ["push"], ["SMS"], ["sms", "voice"], {}, 7, [[]], [7]],
    )
    def test_unusable_channels(self, tenant: Harness, channels: object) -> None:
        """Anything but one known channel is a bad request, and nothing is sent."""
        answer = tenant.recipient("sms").associate(oob_channels=channels)
        assert (400, INVALID) == (answer.status, answer.response_id)
        assert tenant.messages() == []

    @pytest.mark.parametrize(
        ("number", "response_id"),
        [
            (None, INVALID),
            ("", INVALID),
            ("15551234567", INVALID_PHONE),
            ("+1 555 123456", INVALID_PHONE),
            ("+1555CALLME1", INVALID_PHONE),
            ("+123456", INVALID_PHONE),
            ("+1234567890123456", INVALID_PHONE),
            ("+١٢٣٤٥٦٧٨", INVALID_PHONE),
            ("+15551234567\n", INVALID_PHONE),
            (15551234567, INVALID_PHONE),
            (["+15551234567"], INVALID_PHONE),
        ],
    )
    def test_unusable_number(self, phone: Recipient, number: object, response_id: str) -> None:
        """A missing number and one that is not in E.164 form are told apart."""
        answer = phone.associate(phone_number=number)
        assert (400, response_id) == (answer.status, answer.response_id)

    @pytest.mark.parametrize("digits", [7, 15])
    def test_shortest_and_longest_number(self, phone: Recipient, digits: int) -> None:
        """Seven to fifteen digits make a number."""
        assert phone.associate(phone_number="+" + "9" * digits).status == 200

    @pytest.mark.parametrize("address", ["nobody", "a b@example.com", "@", 7, [], "a@" + "b" * 300])
    def test_unusable_address(self, tenant: Harness, address: object) -> None:
        """What cannot be an address is a bad request."""
        answer = tenant.recipient("email").associate(email=address)
        assert (400, INVALID) == (answer.status, answer.response_id)

    @pytest.mark.parametrize("address", [None, ""])
    def test_address_of_the_account(self, tenant: Harness, address: str | None) -> None:
        """Without an address, the one of the account is enrolled."""
        email = tenant.recipient("email")
        assert email.associate(email=address).status == 200
        assert [email.person.email] == [each["to"] for each in tenant.messages()]

    def test_disabled_factor(self, tenant: Harness, recipient: Recipient) -> None:
        """A channel that is switched off cannot be enrolled."""
        tenant.post(f"/__mock__/factors/{recipient.channel}", {"enabled": False})
        answer = recipient.associate()
        assert (400, INVALID) == (answer.status, answer.response_id)

    def test_confirmed_one_blocks_the_mfa_token(self, recipient: Recipient) -> None:
        """A stolen password cannot add an address of its own."""
        assert recipient.enroll().associate().response_id == "error.already-enrolled"


class TestConfirmation:
    """The first right code."""

    def test_everything_turns_active(self, recipient: Recipient) -> None:
        """All entries are pending before and active after, with the same ids and names."""
        recipient.associate()
        before = recipient.person.authenticators()
        answer = recipient.verify()
        assert (200, "token.oob") == (answer.status, answer.response_id)
        assert not any(each["active"] for each in before)
        after = recipient.person.authenticators()
        assert [{**each, "active": True} for each in before] == after

    def test_by_access_token(self, recipient: Recipient) -> None:
        """A further factor is enrolled and confirmed with an access token."""
        recipient.person.enroll()
        recipient.associate(recipient.person.access_token())
        assert recipient.verify().status == 200
        assert all(each["active"] for each in recipient.person.authenticators())

    def test_wrong_code_confirms_nothing(self, recipient: Recipient) -> None:
        """After a wrong code everything is still pending, and the right one confirms."""
        recipient.associate()
        assert recipient.verify(binding_code="letter").status == 403
        assert not any(each["active"] for each in recipient.person.authenticators())
        assert recipient.verify().status == 200

    def test_pending_one_cannot_step_in_for_a_confirmed_one(self, recipient: Recipient) -> None:
        """What was associated by mfa_token is not confirmed by it once another factor is."""
        recipient.associate()
        recipient.person.enroll()
        assert recipient.verify().response_id == "error.invalid-binding-code"


class TestListing:
    """Entries of phones and addresses."""

    def test_item(self, recipient: Recipient) -> None:
        """An entry has its channel and a masked name beside id, type and state."""
        recipient.associate()
        first = oob_items(recipient.person)[0]
        assert ["id", "authenticator_type", "active", "oob_channel", "name"] == list(first)
        assert re.fullmatch(rf"{recipient.channel}\|dev_[A-Za-z0-9]{{16}}", str(first["id"]))
        assert (recipient.channel, False) == (first["oob_channel"], first["active"])
        shown = "box-*@inbo*********" if recipient.channel == "email" else None
        assert (shown or "X" * 8 + recipient.address[-4:]) == first["name"]

    def test_twin(self, phone: Recipient) -> None:
        """A phone is listed for both channels, with one name and one end of the id."""
        phone.associate()
        first, second = oob_items(phone.person)
        assert phone.channel == first["oob_channel"]
        assert {"sms", "voice"} == {first["oob_channel"], second["oob_channel"]}
        assert first["name"] == second["name"]
        assert str(first["id"]).split("|")[1] == str(second["id"]).split("|")[1]

    def test_no_twin_where_only_one_channel_is_offered(
        self, tenant: Harness, phone: Recipient
    ) -> None:
        """With the other channel switched off there is one entry."""
        other = {"sms": "voice", "voice": "sms"}[phone.channel]
        tenant.post(f"/__mock__/factors/{other}", {"enabled": False})
        phone.associate()
        assert [phone.channel] == [each["oob_channel"] for each in oob_items(phone.person)]


class TestDeletion:
    """`DELETE /mfa/authenticators/{id}`."""

    def test_confirmed(self, tenant: Harness, recipient: Recipient) -> None:
        """With the last factor goes the recovery code, and the next login enrolls anew."""
        token = recipient.enroll().access_token()
        identifier = oob_items(recipient.person)[0]["id"]
        assert tenant.delete(f"{LIST}/{identifier}", bearer=token).status == 204
        assert recipient.person.authenticators() == []
        assert "recovery_codes" in recipient.associate().body

    @pytest.mark.parametrize("place", [0, 1])
    def test_twin_goes_too(self, tenant: Harness, phone: Recipient, place: int) -> None:
        """Whichever of the two is deleted, both are gone, pending ones as well."""
        phone.associate()
        identifiers = [each["id"] for each in oob_items(phone.person)]
        token = phone.person.access_token()
        assert tenant.delete(f"{LIST}/{identifiers[place]}", bearer=token).status == 204
        assert oob_items(phone.person) == []
        assert tenant.delete(f"{LIST}/{identifiers[1 - place]}", bearer=token).status == 404

    def test_codes_are_over(self, tenant: Harness, recipient: Recipient) -> None:
        """A code that was sent before the deletion proves nothing after it."""
        token = recipient.enroll().access_token()
        recipient.login()
        recipient.challenge()
        identifier = oob_items(recipient.person)[0]["id"]
        tenant.delete(f"{LIST}/{identifier}", bearer=token)
        assert recipient.verify().response_id == "error.invalid-binding-code"
