"""How many messages a user is sent, and how many codes of theirs may be wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.mock.conftest import Harness, Recipient

BURSTS = {"sms": 10, "voice": 10, "email": 20}
REFILLS_S = {"sms": 3600, "voice": 3600, "email": 60}
KINDS = {"sms": "SMS", "voice": "SMS", "email": "emails"}


def exhaust(recipient: Recipient) -> None:
    """Enroll and have messages sent until no more are."""
    recipient.enroll()
    statuses = {recipient.challenge().status for _ in range(BURSTS[recipient.channel] - 1)}
    assert {200} == statuses


class TestMessages:
    """Ten text messages or calls, one more an hour; twenty e-mails, one more a minute."""

    def test_one_too_many(self, tenant: Harness, recipient: Recipient) -> None:
        """The enrollment's message counts; the one after the last is refused and not sent."""
        exhaust(recipient)
        answer = recipient.challenge()
        assert (429, "invalid_request") == (answer.status, answer.body["error"])
        sent = f"Too many {KINDS[recipient.channel]} sent by the user."
        expected = f"{sent} Wait for some minutes before retrying."
        assert expected == answer.body["error_description"]
        assert BURSTS[recipient.channel] == len(tenant.messages())

    def test_associations_are_refused_too(self, recipient: Recipient) -> None:
        """Nothing is enrolled where no message can be sent."""
        for _ in range(BURSTS[recipient.channel]):
            recipient.associate()
        before = recipient.person.authenticators()
        assert recipient.associate().response_id == "error.too-many-messages"
        assert before == recipient.person.authenticators()

    def test_one_comes_back(self, tenant: Harness, recipient: Recipient) -> None:
        """Not a second before its time, and only one."""
        exhaust(recipient)
        tenant.clock.now += REFILLS_S[recipient.channel] - 1
        recipient.login()
        assert recipient.challenge().status == 429
        tenant.clock.now += 1
        assert [200, 429] == [recipient.challenge().status for _ in range(2)]
        assert recipient.challenge().status == 429

    def test_on_the_users_clock(self, tenant: Harness, recipient: Recipient) -> None:
        """A user whose time moves alone gets messages back alone."""
        exhaust(recipient)
        advance = {"advance_s": REFILLS_S[recipient.channel], "user_id": recipient.person.user_id}
        tenant.post("/__mock__/clock", advance)
        recipient.login()
        assert recipient.challenge().status == 200

    def test_channels_of_a_phone_share(self, phone: Recipient) -> None:
        """Text messages and calls are counted together."""
        exhaust(phone)
        twin = phone.person.authenticators()[1]["id"]
        assert phone.challenge(authenticator_id=twin).status == 429

    def test_email_has_a_count_of_its_own(self, tenant: Harness) -> None:
        """A user without text messages left still gets e-mails."""
        sms = tenant.recipient("sms", tenant.person(email_verified=True))
        exhaust(sms)
        email = sms.person.authenticators()[-1]["id"]
        assert sms.challenge(authenticator_id=email).status == 200

    def test_others_are_not_affected(self, tenant: Harness, recipient: Recipient) -> None:
        """The count is kept for each user."""
        other = tenant.recipient(recipient.channel).enroll()
        exhaust(recipient)
        assert other.challenge().status == 200


class TestWrongCodes:
    """Ten wrong codes, whatever kind of six digits they are."""

    def test_one_too_many(self, recipient: Recipient) -> None:
        """After ten wrong codes the right one is refused as one too many."""
        recipient.enroll().challenge()
        spend(recipient, 10)
        answer = recipient.verify()
        assert (429, "error.too-many-codes") == (answer.status, answer.response_id)

    def test_a_try_comes_back_after_six_minutes(
        self, tenant: Harness, recipient: Recipient
    ) -> None:
        """Six minutes later one code may be tried, and it may be the right one."""
        recipient.enroll().challenge()
        spend(recipient, 10)
        tenant.clock.now += 360
        recipient.challenge()
        assert recipient.verify().status == 200

    def test_success_gives_nothing_back(self, recipient: Recipient) -> None:
        """Nine wrong, one right, one wrong: that was the last try."""
        recipient.enroll().challenge()
        spend(recipient, 9)
        assert recipient.verify().status == 200
        recipient.challenge()
        spend(recipient, 1)
        assert recipient.verify().status == 429

    def test_shared_with_one_time_passwords(self, recipient: Recipient) -> None:
        """Wrong delivered codes use up the tries with one-time passwords."""
        person = recipient.person.enroll()
        recipient.associate(person.access_token())
        spend(recipient, 10)
        assert person.verify().response_id == "error.too-many-codes"

    @pytest.mark.parametrize("name", ["oob_code", "binding_code"])
    def test_missing_parameters_do_not_count(self, recipient: Recipient, name: str) -> None:
        """Only a code can be a wrong code."""
        recipient.enroll().challenge()
        for _ in range(11):
            assert recipient.verify(**{name: None}).status == 400
        assert recipient.verify().status == 200


def spend(recipient: Recipient, count: int) -> None:
    """Send wrong codes."""
    for _ in range(count):
        answer = recipient.verify(binding_code="letter")
        assert "error.invalid-binding-code" == answer.response_id
