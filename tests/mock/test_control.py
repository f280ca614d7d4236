"""The control plane: users, time, factors, reset."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.mock.conftest import Harness, Person, Recipient

USERS, CLOCK = "/__mock__/users", "/__mock__/clock"
NEW_USER = {"email": "new@example.com", "password": "correct horse"}


def test_introduction(tenant: Harness) -> None:
    """It tells all that a client needs, at the address by which it was asked."""
    body = tenant.get("/__mock__").body
    assert {**tenant.info, "version": body["version"]} == body
    assert body["url"] == "https://tenant.example"
    assert body["control"] == "https://tenant.example/__mock__"


class TestUsers:
    """`POST /__mock__/users`."""

    def test_created(self, tenant: Harness) -> None:
        """The answer is 201 with the id."""
        answer = tenant.post(USERS, {**NEW_USER, "phone_number": "+15551234567"})
        assert answer.status == 201
        assert answer.body["user_id"].startswith("auth0|")
        assert answer.body["email"] == NEW_USER["email"]

    def test_address_is_taken(self, tenant: Harness) -> None:
        """The same address in another case is a conflict."""
        again = {**NEW_USER, "email": NEW_USER["email"].upper()}
        assert [201, 409] == [tenant.post(USERS, each).status for each in (NEW_USER, again)]

    @pytest.mark.parametrize(
        "changes",
        [
            {"email": None},
            {"password": None},
            {"email": "nobody"},
            {"email": 7},
            {"email_verified": "yes"},
            {"phone_number": "555 1234"},
            {"phone_number": "+123456"},
            {"locale": 7},
        ],
    )
    def test_bad_request(self, tenant: Harness, changes: dict[str, object]) -> None:
        """What is missing or wrong is a 400."""
        assert tenant.post(USERS, {**NEW_USER, **changes}).status == 400

    def test_verification_of_the_address(self, tenant: Harness) -> None:
        """An address may be created unverified."""
        answer = tenant.post(USERS, {**NEW_USER, "email_verified": False})
        assert answer.body["email_verified"] is False


class TestClock:
    """`POST /__mock__/clock`."""

    def test_tenant(self, tenant: Harness, user: Person) -> None:
        """The time of everybody moves: a token expires."""
        token = user.mfa_token()
        answer = tenant.post(CLOCK, {"advance_s": 600})
        assert {"now": tenant.clock.now + 600} == answer.body
        assert tenant.get("/mfa/authenticators", bearer=token).status == 401

    def test_one_user(self, tenant: Harness, user: Person) -> None:
        """Only that user's time moves."""
        other = tenant.person()
        tokens = [user.mfa_token(), other.mfa_token()]
        answer = tenant.post(CLOCK, {"advance_s": 600.5, "user_id": user.user_id})
        assert {"now": tenant.clock.now + 600.5, "user_id": user.user_id} == answer.body
        lists = [tenant.get("/mfa/authenticators", bearer=token).status for token in tokens]
        assert [401, 200] == lists

    def test_one_users_codes_and_tries(self, tenant: Harness, user: Person) -> None:
        """Codes follow the user's time, and tries come back in it."""
        user.enroll()
        token = user.mfa_token()
        for _ in range(10):
            user.verify(token, otp="12345")
        tenant.post(CLOCK, {"advance_s": 360, "user_id": user.user_id})
        assert user.verify(otp=user.code(steps_ago=-12)).status == 200

    @pytest.mark.parametrize("advance_s", [None, "60", True, -1, [1], 1e300, 10**400])
    def test_bad_request(self, tenant: Harness, advance_s: object) -> None:
        """Time goes forward, by a number of seconds, and not beyond the calendar."""
        assert tenant.post(CLOCK, {"advance_s": advance_s}).status == 400

    def test_unknown_user(self, tenant: Harness) -> None:
        """A user that does not exist has no time."""
        assert tenant.post(CLOCK, {"advance_s": 1, "user_id": "auth0|0"}).status == 404


class TestFactors:
    """`POST /__mock__/factors/{name}`."""

    @pytest.mark.parametrize("name", ["otp", "sms", "voice", "email", "push", "recovery-code"])
    def test_switched(self, tenant: Harness, name: str) -> None:
        """The answer tells the new state."""
        answer = tenant.post(f"/__mock__/factors/{name}", {"enabled": False})
        assert {"name": name, "enabled": False} == answer.body

    def test_unknown_factor(self, tenant: Harness) -> None:
        """The factors that exist are named."""
        answer = tenant.post("/__mock__/factors/pigeon", {"enabled": True})
        assert answer.status == 404
        assert "otp, sms, voice, email, push, recovery-code" in answer.body["error_description"]

    @pytest.mark.parametrize("enabled", [None, "true", 1])
    def test_bad_request(self, tenant: Harness, enabled: object) -> None:
        """Only true and false will do."""
        assert tenant.post("/__mock__/factors/otp", {"enabled": enabled}).status == 400


def test_reset(tenant: Harness, user: Person) -> None:
    """Users, time and factors are as at the start; clients and keys are the same."""
    before, token = tenant.get("/__mock__").body, user.mfa_token()
    tenant.post(CLOCK, {"advance_s": 60})
    tenant.post("/__mock__/factors/otp", {"enabled": False})
    tenant.recipient("sms").associate()
    assert tenant.post("/__mock__/reset").status == 204
    assert tenant.messages() == []
    assert before == tenant.get("/__mock__").body
    assert user.login().response_id == "error.wrong-password"
    assert tenant.get("/mfa/authenticators", bearer=token).response_id == "error.invalid-bearer"
    assert {"now": tenant.clock.now} == tenant.post(CLOCK, {"advance_s": 0}).body
    assert tenant.person().associate().status == 200


class TestMessages:
    """`GET /__mock__/messages`."""

    def test_fields(self, tenant: Harness, recipient: Recipient) -> None:
        """A message tells channel, address, text, code and time; an e-mail its subject too."""
        recipient.associate()
        [message] = tenant.messages()
        fields = {"id", "channel", "to", "body", "code", "sent_at"}
        subject = {"subject"} if recipient.channel == "email" else set()
        assert fields | subject == set(message)
        assert (recipient.channel, recipient.address) == (message["channel"], message["to"])
        assert tenant.clock.now == message["sent_at"]

    def test_time_is_the_tenants(self, tenant: Harness, recipient: Recipient) -> None:
        """A user whose time runs ahead gets messages now, not in the future."""
        tenant.post(CLOCK, {"advance_s": 900, "user_id": recipient.person.user_id})
        recipient.associate()
        assert [tenant.clock.now] == [each["sent_at"] for each in tenant.messages()]

    def test_found_by_address_and_channel(self, tenant: Harness) -> None:
        """Either narrows the list, both do together, and it stays in order of delivery."""
        sms, email = tenant.recipient("sms").enroll(), tenant.recipient("email").enroll()
        sms.challenge()
        assert ["sms", "email", "sms"] == [each["channel"] for each in tenant.messages()]
        assert 2 == len(tenant.messages(to=sms.address)) == len(tenant.messages(channel="sms"))
        assert tenant.messages(to=email.address, channel="sms") == []

    def test_number_with_its_plus_unencoded(self, tenant: Harness, phone: Recipient) -> None:
        """In a query a bare + means a blank; the number is found nevertheless."""
        phone.associate()
        answer = tenant.request("GET", "/__mock__/messages", query=f"to={phone.address}")
        assert 1 == len(answer.body)

    def test_address_in_another_case(self, tenant: Harness) -> None:
        """An e-mail address is the same in whatever case."""
        email = tenant.recipient("email")
        email.associate(email=email.address.upper())
        assert 1 == len(tenant.messages(to=email.address))
        assert 1 == len(tenant.messages(to=email.address.upper()))

    def test_unknown_channel(self, tenant: Harness) -> None:
        """The channels that exist are named."""
        answer = tenant.request("GET", "/__mock__/messages", query="channel=pigeon")
        assert answer.status == 400
        assert "sms, voice, email, not pigeon" in answer.body["error_description"]

    def test_one_time_passwords_are_not_delivered(self, tenant: Harness, user: Person) -> None:
        """An authenticator app needs no messages."""
        user.enroll()
        assert tenant.messages() == []

    def test_stored_number_is_not_enrolled(self, tenant: Harness) -> None:
        """A phone number of the account is no authenticator by itself."""
        assert tenant.person(phone_number="+15551234567").authenticators() == []
