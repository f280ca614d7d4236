"""Challenges, one-time passwords and recovery codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.mock.conftest import Harness, Person

CHALLENGE = "/mfa/challenge"


class TestChallenge:
    """`POST /mfa/challenge`."""

    @pytest.mark.parametrize(
        "wish", [{}, {"challenge_type": "otp"}, {"challenge_type": "oob OTP"}, {"by_id": True}]
    )
    def test_otp_challenge(self, tenant: Harness, user: Person, wish: dict[str, object]) -> None:
        """By type, by list of types, by id or by nothing: the answer is the same."""
        user.enroll()
        body: dict[str, object] = {"mfa_token": user.mfa_token(), **tenant.client, **wish}
        if body.pop("by_id", False):
            body["authenticator_id"] = user.authenticators()[0]["id"]
        answer = tenant.post(CHALLENGE, body)
        assert (answer.status, answer.body) == (200, {"challenge_type": "otp"})

    def test_form(self, tenant: Harness, user: Person) -> None:
        """A form is read as well as JSON."""
        user.enroll()
        form = {"mfa_token": user.mfa_token(), "challenge_type": "otp", **tenant.client}
        assert tenant.form(CHALLENGE, form).status == 200

    def test_needless_bearer_is_ignored(self, tenant: Harness, user: Person) -> None:
        """openid-client sends the mfa_token as a bearer, too."""
        user.enroll()
        body = {"mfa_token": user.mfa_token(), **tenant.client}
        assert tenant.post(CHALLENGE, body, bearer="whatever").status == 200

    def test_nothing_confirmed(self, tenant: Harness, user: Person) -> None:
        """A pending authenticator cannot be challenged."""
        user.associate()
        answer = tenant.post(CHALLENGE, {"mfa_token": user.mfa_token(), **tenant.client})
        assert (answer.status, answer.body["error"]) == (400, "association_required")

    def test_pending_one_beside_a_confirmed_one(self, tenant: Harness, user: Person) -> None:
        """Naming the pending one is refused for the same reason."""
        user.enroll().associate(user.access_token())
        pending = next(each["id"] for each in user.authenticators() if not each["active"])
        body = {"mfa_token": user.mfa_token(), "authenticator_id": pending, **tenant.client}
        assert tenant.post(CHALLENGE, body).response_id == "error.association-required"

    def test_type_that_the_user_lacks(self, tenant: Harness, user: Person) -> None:
        """The description names both what was asked and what there is."""
        user.enroll()
        body = {"mfa_token": user.mfa_token(), "challenge_type": "oob", **tenant.client}
        answer = tenant.post(CHALLENGE, body)
        assert (answer.status, answer.body["error"]) == (401, "unsupported_challenge_type")
        assert "(oob). Supported type: otp." in answer.body["error_description"]

    def test_foreign_authenticator(self, tenant: Harness, user: Person) -> None:
        """Another user's authenticator cannot be challenged."""
        foreign = tenant.person().enroll().authenticators()[0]["id"]
        user.enroll()
        body = {"mfa_token": user.mfa_token(), "authenticator_id": foreign, **tenant.client}
        assert tenant.post(CHALLENGE, body).body["error"] == "invalid_authenticator"

    def test_access_token_is_no_mfa_token_here(self, tenant: Harness, user: Person) -> None:
        """A JWT is malformed as an mfa_token."""
        answer = tenant.post(CHALLENGE, {"mfa_token": user.access_token(), **tenant.client})
        assert (answer.status, answer.response_id) == (403, "error.malformed-mfa-token")

    def test_wrong_client_secret(self, tenant: Harness, user: Person) -> None:
        """The client must prove itself."""
        user.enroll()
        body = {"mfa_token": user.mfa_token(), **tenant.client, "client_secret": "wrong"}
        assert tenant.post(CHALLENGE, body).status == 401

    def test_expired_token(self, tenant: Harness, user: Person) -> None:
        """An expired token is told apart from a malformed one."""
        user.enroll()
        token = user.mfa_token()
        tenant.clock.now += 600
        answer = tenant.post(CHALLENGE, {"mfa_token": token, **tenant.client})
        assert (answer.status, answer.body["error"]) == (401, "expired_token")


class TestOneTimePasswords:
    """The grant `mfa-otp`."""

    def test_previous_step_is_accepted(self, user: Person) -> None:
        """A code that has just gone out of sight still works."""
        assert user.enroll().verify(otp=user.code(steps_ago=1)).status == 200

    @pytest.mark.parametrize("steps", [-1, 2, 3])
    def test_other_steps_are_not(self, tenant: Harness, user: Person, steps: int) -> None:
        """Neither older codes nor the next one work."""
        user.enroll()
        tenant.clock.now += 300
        assert user.verify(otp=user.code(steps)).response_id == "error.invalid-otp"

    def test_used_code_is_refused(self, user: Person) -> None:
        """A code works once, whichever login it is used in."""
        user.enroll()
        assert [200, 403] == [user.verify().status for _ in range(2)]

    def test_code_before_a_used_one_is_refused(self, user: Person) -> None:
        """Steps only go forward."""
        user.enroll()
        assert user.verify().status == 200
        assert user.verify(otp=user.code(steps_ago=1)).status == 403

    def test_code_that_confirmed_is_used(self, user: Person) -> None:
        """The confirming code does not log in again."""
        user.associate()
        assert [200, 403] == [user.verify().status for _ in range(2)]

    @pytest.mark.parametrize("code", ["abcdef", "12345", "1234567", "12 345", "١٢٣٤٥٦", "-12345"])
    def test_malformed_code(self, user: Person, code: str) -> None:
        """What cannot be a code is a wrong code."""
        assert user.enroll().verify(otp=code).response_id == "error.invalid-otp"

    def test_wrong_code_leaves_the_token_good(self, user: Person) -> None:
        """After a wrong code, the same token takes the right one."""
        token = user.enroll().mfa_token()
        assert [403, 200] == [user.verify(token, otp=o).status for o in ("12345", user.code())]

    def test_foreign_code(self, tenant: Harness, user: Person) -> None:
        """Another user's code does not work."""
        other = tenant.person().enroll()
        assert user.enroll().verify(otp=other.code()).status == 403

    def test_pending_device_cannot_step_in_for_a_confirmed_one(self, user: Person) -> None:
        """With a confirmed factor, an mfa_token confirms no other."""
        user.enroll().associate(user.access_token())
        assert user.verify().response_id == "error.invalid-otp"

    def test_token_of_another_client(self, tenant: Harness, user: Person) -> None:
        """An mfa_token is good for the client that it was issued to."""
        token = user.enroll().mfa_token()
        public = str(tenant.info["public_client_id"])
        answer = user.verify(token, client_id=public, client_secret=None)
        assert (answer.status, answer.response_id) == (400, "error.foreign-mfa-token")

    def test_expired_token(self, tenant: Harness, user: Person) -> None:
        """After ten minutes the token takes no codes."""
        token = user.enroll().mfa_token()
        tenant.clock.now += 600
        answer = user.verify(token)
        assert (answer.status, answer.body["error"]) == (403, "expired_token")


class TestRecoveryCodes:
    """The grant `mfa-recovery-code`."""

    def test_code_is_replaced(self, user: Person) -> None:
        """The old code is over, the new one works, and so on."""
        old = user.enroll().recovery_code
        answer = user.recover()
        assert answer.status == 200
        assert "recovery_code" == list(answer.body)[-1]
        assert user.recover(old).response_id == "error.invalid-recovery-code"
        assert user.recover(answer.body["recovery_code"]).status == 200

    def test_user_without_one(self, user: Person) -> None:
        """Nothing enrolled, nothing to recover with."""
        answer = user.recover("A" * 24)
        assert (answer.status, answer.body["error"]) == (403, "unsupported_challenge_type")

    def test_pending_one_does_not_work(self, user: Person) -> None:
        """A recovery code comes to life with the first confirmed factor."""
        user.associate()
        assert user.recover().response_id == "error.no-recovery-code"

    def test_disabled_on_the_tenant(self, tenant: Harness, user: Person) -> None:
        """With recovery codes off, none is accepted."""
        user.enroll()
        tenant.post("/__mock__/factors/recovery-code", {"enabled": False})
        assert user.recover().response_id == "error.no-recovery-code"

    def test_foreign_code(self, tenant: Harness, user: Person) -> None:
        """Another user's recovery code does not work."""
        other = tenant.person().enroll()
        assert user.enroll().recover(other.recovery_code).status == 403
