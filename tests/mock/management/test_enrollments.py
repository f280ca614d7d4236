"""Enrollments, recovery codes, remembered browsers and blocks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.mock.conftest import Harness, Person
    from tests.mock.management.conftest import Administrator


class TestEnrollments:
    """`/users/{id}/enrollments` and `/guardian/enrollments/{id}`."""

    def test_listed(self, admin: Administrator, user: Person) -> None:
        """Enrollments are listed by what ids of authenticators end with, recovery codes are not."""
        assert [] == admin.get(f"users/{user.user_id}/enrollments").body
        user.enroll()
        [listed] = admin.get(f"users/{user.user_id}/enrollments").body
        assert user.authenticators()[0]["id"] == f"totp|{listed['id']}"
        assert ("confirmed", "authenticator") == (listed["status"], listed["auth_method"])

    def test_phone(self, admin: Administrator, tenant: Harness) -> None:
        """A phone is one enrollment, its number masked."""
        recipient = tenant.recipient("voice").enroll()
        [listed] = admin.get(f"users/{recipient.person.user_id}/enrollments").body
        assert ("sms", f"XXXXXXXX{recipient.address[-4:]}") == (
            listed["type"],
            listed["phone_number"],
        )

    def test_one(self, admin: Administrator, user: Person) -> None:
        """An enrollment is shown by its id alone, and deleted."""
        user.enroll()
        [listed] = admin.get(f"users/{user.user_id}/enrollments").body
        path = f"guardian/enrollments/{listed['id']}"
        body = admin.get(path).body
        assert listed["id"] == body["id"]
        assert "auth_method" not in body
        assert 204 == admin.ask("DELETE", path).status
        assert [] == user.authenticators()

    @pytest.mark.parametrize("method", ["GET", "DELETE"])
    def test_unknown(self, admin: Administrator, method: str) -> None:
        """An unknown id is refused in the recorded words."""
        assert {
            "statusCode": 404,
            "error": "Not Found",
            "message": "Enrollment not found",
            "errorCode": "enrollment_not_found",
        } == admin.ask(method, "guardian/enrollments/dev_0000000000000001").body

    def test_ticket(self, admin: Administrator, user: Person) -> None:
        """A ticket comes with the address of its page."""
        body = admin.ask("POST", "guardian/enrollments/ticket", {"user_id": user.user_id}).body
        assert re.fullmatch(r"[A-Za-z0-9]{32}", body["ticket_id"])
        expected = f"https://tenant.example/mfa/enrollment?ticket={body['ticket_id']}"
        assert expected == body["ticket_url"]
        for wrong, status in (({}, 400), ({"user_id": "auth0|none"}, 404)):
            assert status == admin.ask("POST", "guardian/enrollments/ticket", wrong).status

    @pytest.mark.parametrize(
        ("provider", "status", "left"),
        [("google-authenticator", 204, 0), ("duo", 204, 2), ("dreams", 400, 2)],
    )
    def test_provider(
        self, admin: Administrator, user: Person, provider: str, status: int, left: int
    ) -> None:
        """What was enrolled at a provider goes with it."""
        user.enroll()
        answer = admin.ask("DELETE", f"users/{user.user_id}/multifactor/{provider}")
        assert (status, left) == (answer.status, len(user.authenticators()))

    def test_browsers(self, admin: Administrator, user: Person) -> None:
        """Browsers can be forgotten, for users that there are."""
        action = "multifactor/actions/invalidate-remember-browser"
        answers = [admin.ask("POST", f"users/{e}/{action}") for e in (user.user_id, "auth0|none")]
        assert [204, 404] == [each.status for each in answers]


class TestRecoveryCode:
    """`POST /users/{id}/recovery-code-regeneration`."""

    def test_replaces(self, admin: Administrator, user: Person) -> None:
        """The new code works and the old one does not."""
        old = user.enroll().recovery_code
        body = admin.ask("POST", f"users/{user.user_id}/recovery-code-regeneration", {}).body
        assert re.fullmatch(r"[A-Z0-9]{24}", body["recovery_code"])
        assert [403, 200] == [user.recover(each).status for each in (old, body["recovery_code"])]

    def test_first(self, admin: Administrator, user: Person) -> None:
        """A user without any gets one, as recorded."""
        path = f"users/{user.user_id}/recovery-code-regeneration"
        assert 200 == user.recover(admin.ask("POST", path).body["recovery_code"]).status


class TestBlocks:
    """Blocks after wrong passwords, and of network addresses."""

    def test_wrong_passwords(self, admin: Administrator, user: Person) -> None:
        """Ten wrong passwords are a block; lifting it lets the user log in."""
        for path, query in (
            (f"user-blocks/{user.user_id}", {}),
            ("user-blocks", {"identifier": user.email}),
        ):
            assert {"blocked_for": []} == admin.get(path, **query).body
            for _ in range(10):
                user.login(password="wrong")
            assert "too_many_attempts" == user.login().body["error"]
            [block] = admin.get(path, **query).body["blocked_for"]
            assert {"identifier", "ip", "connection"} == set(block)
            assert user.email == block["identifier"]
            assert 204 == admin.ask("DELETE", path, **query).status
            assert "mfa_required" == user.login().body["error"]

    def test_unknown(self, admin: Administrator) -> None:
        """An address of nobody is 404, none at all 400."""
        assert 404 == admin.get("user-blocks", identifier="none@example.com").status
        assert 400 == admin.get("user-blocks").status

    def test_addresses(self, admin: Administrator, user: Person) -> None:
        """A blocked network address is shown by 200; lifting the block ends it."""
        path = "anomaly/blocks/ips/10.0.0.7"
        assert ("Not Found", 404) == (admin.get(path).body["message"], admin.get(path).status)
        admin.switch(blocked_ips=["10.0.0.7", ""])
        refused = user.login()
        assert (429, "too_many_attempts") == (refused.status, refused.body["error"])
        assert [200, 204, 404] == [
            admin.get(path).status,
            admin.ask("DELETE", path).status,
            admin.get(path).status,
        ]
