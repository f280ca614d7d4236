"""`/users/{id}/authentication-methods`: factors that an administrator enrolls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from pyotp import TOTP

if TYPE_CHECKING:
    from tests.mock.conftest import Harness, Person
    from tests.mock.management.conftest import Administrator

SECRET = "5HCWXIP2MJNSUBGYVUZFLRB2HWIGXR4SYJQXNBQ"
TOTP_METHOD = {"type": "totp", "name": "CI", "totp_secret": SECRET}
EMAIL_METHOD = {"type": "email", "name": "MyEmail", "email": "chuck506@example.com"}
PHONE_METHOD = {"type": "phone", "name": "MyPhone", "phone_number": "+4412345675044"}
NUMBER = "XXXXXXXXXX5044"


def path(user: Person, more: str = "") -> str:
    """Return the path of a user's methods."""
    return f"users/{user.user_id}/authentication-methods{more}"


class TestCreation:
    """`POST`: each kind is confirmed at once and works at the MFA API."""

    def test_totp(self, admin: Administrator, user: Person) -> None:
        """A known secret is an authenticator that verifies without any enrollment."""
        answer = admin.ask("POST", path(user), TOTP_METHOD)
        body = answer.body
        assert (201, "totp", True, "CI") == (
            answer.status,
            body["type"],
            body["confirmed"],
            body["name"],
        )
        assert SECRET not in str(body)
        assert [(body["id"], True)] == [(e["id"], e["active"]) for e in user.authenticators()]
        user.secret = SECRET
        assert TOTP(SECRET).at(int(admin.tenant.clock.now)) == user.code()
        assert 200 == user.verify().status

    def test_email(self, admin: Administrator, user: Person) -> None:
        """An address is masked as recorded, and gets codes."""
        body = admin.ask("POST", path(user), EMAIL_METHOD).body
        assert "chuc****@exam*******" == body["email"]
        recipient = admin.tenant.recipient("email", user)
        recipient.address = EMAIL_METHOD["email"]
        recipient.login()
        assert 200 == recipient.challenge().status
        assert 200 == recipient.verify().status

    def test_phone(self, admin: Administrator, user: Person) -> None:
        """A phone is one method here and two authenticators there, with the same suffix."""
        body = admin.ask("POST", path(user), PHONE_METHOD).body
        suffix = body["id"].removeprefix("phone|")
        parts = [{"id": f"{each}|{suffix}", "type": each} for each in ("sms", "voice")]
        assert (NUMBER, "sms", parts) == (
            body["phone_number"],
            body["preferred_authentication_method"],
            body["authentication_methods"],
        )
        assert [each["id"] for each in parts] == [each["id"] for each in user.authenticators()]

    def test_phone_without_calls(self, admin: Administrator, user: Person) -> None:
        """Where text messages alone are on, a phone is one authenticator."""
        admin.ask("PUT", "guardian/factors/phone/message-types", {"message_types": ["sms"]})
        body = admin.ask("POST", path(user), PHONE_METHOD).body
        assert ["sms"] == [each["type"] for each in body["authentication_methods"]]

    @pytest.mark.parametrize(
        "body",
        [
            {},
            [],
            {"type": "push"},
            {"type": ["totp"]},
            {"type": "totp"},
            {**TOTP_METHOD, "totp_secret": "not base32!"},
            {**TOTP_METHOD, "totp_secret": "A"},
            {**TOTP_METHOD, "email": "a@b"},
            {**PHONE_METHOD, "phone_number": "555"},
            {**PHONE_METHOD, "preferred_authentication_method": "email"},
            {**EMAIL_METHOD, "email": "nobody"},
            {**EMAIL_METHOD, "name": 7},
        ],
    )
    def test_bad_request(self, admin: Administrator, user: Person, body: object) -> None:
        """What is wrong is a 400, and nothing is enrolled."""
        answer = admin.ask("POST", path(user), body)
        assert (400, "invalid_body") == (answer.status, answer.body["errorCode"])
        assert [] == admin.get(path(user)).body


class TestList:
    """`GET`: bare, or in the envelope that is named after authenticators."""

    def test_bare(self, admin: Administrator, user: Person) -> None:
        """Without totals the body is an array; ids are the MFA API's."""
        user.enroll()
        listed = admin.get(path(user)).body
        assert ["totp", "recovery-code"] == [each["type"] for each in listed]
        ids = {each["id"] for each in user.authenticators()}
        assert ids == {each["id"] for each in listed}

    def test_pending(self, admin: Administrator, user: Person) -> None:
        """What is not confirmed is listed as such."""
        user.associate()
        assert [False, False] == [each["confirmed"] for each in admin.get(path(user)).body]

    def test_envelope(self, admin: Administrator, user: Person) -> None:
        """With totals there is an envelope, whose total is missing while it is empty."""
        query = {"include_totals": "true", "per_page": 50}
        assert {"authenticators": [], "start": 0, "limit": 50} == admin.get(
            path(user), **query
        ).body
        admin.ask("POST", path(user), EMAIL_METHOD)
        body = admin.get(path(user), **query).body
        assert (1, 1) == (body["total"], len(body["authenticators"]))
        assert [] == admin.get(path(user), page=1, **query).body["authenticators"]

    def test_device(self, admin: Administrator, tenant: Harness) -> None:
        """Push and the one-time passwords that come with it are one method."""
        user = tenant.person()
        bearer = user.mfa_token()
        body = {"authenticator_types": ["oob"], "oob_channels": ["auth0"]}
        assert 200 == tenant.post("/mfa/associate", body, bearer=bearer).status
        push = admin.get(path(user)).body[0]
        assert ("push", ["push", "totp"]) == (
            push["type"],
            [each["type"] for each in push["authentication_methods"]],
        )


class TestOne:
    """`GET`, `PATCH` and `DELETE` of one method."""

    def test_shown_and_renamed(self, admin: Administrator, user: Person) -> None:
        """A name can be changed."""
        one = path(user, f"/{admin.ask('POST', path(user), TOTP_METHOD).body['id']}")
        assert "New" == admin.ask("PATCH", one, {"name": "New"}).body["name"]
        assert "New" == admin.get(one).body["name"]
        refused = admin.ask("PATCH", one, {"preferred_authentication_method": "sms"})
        assert 400 == refused.status

    def test_preference(self, admin: Administrator, user: Person) -> None:
        """The other entry of a phone can be preferred; the phone goes by any of its ids."""
        body = admin.ask("POST", path(user), PHONE_METHOD).body
        suffix = body["id"].removeprefix("phone|")
        change = {"preferred_authentication_method": "voice"}
        for name in ("phone", "sms", "voice"):
            changed = admin.ask("PATCH", path(user, f"/{name}|{suffix}"), change)
            assert body["id"] == changed.body["id"]
            assert "voice" == changed.body["preferred_authentication_method"]

    def test_deleted(self, admin: Administrator, user: Person) -> None:
        """With a phone go both of its authenticators, and the user enrolls from the start."""
        one = path(user, f"/{admin.ask('POST', path(user), PHONE_METHOD).body['id']}")
        assert 204 == admin.ask("DELETE", one).status
        assert [] == user.authenticators()
        assert 404 == admin.get(one).status == admin.ask("DELETE", one).status
        assert 200 == user.associate().status

    def test_of_another_user(self, admin: Administrator, user: Person) -> None:
        """A method is found with its own user alone."""
        one = admin.ask("POST", path(user), TOTP_METHOD).body["id"]
        other = admin.tenant.person()
        assert 404 == admin.get(path(other, f"/{one}")).status


class TestAll:
    """`PUT` and `DELETE` of all methods."""

    def test_replaced(self, admin: Administrator, user: Person) -> None:
        """The array replaces what there was, and is told without masks."""
        admin.ask("POST", path(user), TOTP_METHOD)
        answer = admin.ask("PUT", path(user), [EMAIL_METHOD, PHONE_METHOD])
        assert 200 == answer.status
        assert EMAIL_METHOD["email"] == answer.body[0]["email"]
        assert PHONE_METHOD["phone_number"] == answer.body[1]["phone_number"]
        assert ["email", "phone"] == [each["type"] for each in admin.get(path(user)).body]

    def test_bad_replacement(self, admin: Administrator, user: Person) -> None:
        """One wrong entry changes nothing."""
        admin.ask("POST", path(user), TOTP_METHOD)
        wrong: list[Any] = [EMAIL_METHOD, {"type": "phone"}]
        assert 400 == admin.ask("PUT", path(user), wrong).status
        assert 400 == admin.ask("PUT", path(user), {}).status
        assert ["totp"] == [each["type"] for each in admin.get(path(user)).body]

    @pytest.mark.parametrize("name", ["authentication-methods", "authenticators"])
    def test_deleted(self, admin: Administrator, user: Person, name: str) -> None:
        """All of them go, recovery codes too, and the next login enrolls."""
        user.enroll()
        assert 204 == admin.ask("DELETE", f"users/{user.user_id}/{name}").status
        assert [] == admin.get(path(user)).body == user.authenticators()
        assert 200 == user.enroll().verify().status
