"""Factors that are off, for the tenant or for one user, and customized MFA."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.mock.conftest import Harness, Person, Recipient, Reply

FEATURE = "/__mock__/features/customize-mfa"


def switch(user: Person, factor: str, *, enabled: bool = False) -> Reply:
    """Switch a factor for one user."""
    body = {"enabled": enabled, "user_id": user.user_id}
    return user.tenant.post(f"/__mock__/factors/{factor}", body)


class TestOneUser:
    """A switch for one user leaves the others alone."""

    def test_answer(self, user: Person) -> None:
        """It tells for whom it holds."""
        expected = {"name": "otp", "enabled": False, "user_id": user.user_id}
        assert expected == switch(user, "otp").body

    def test_unknown_user(self, tenant: Harness) -> None:
        """There must be such a user."""
        body = {"enabled": False, "user_id": "auth0|0"}
        assert tenant.post("/__mock__/factors/otp", body).status == 404

    def test_enrollment(self, recipient: Recipient) -> None:
        """Only that user cannot enroll, until the factor is on again."""
        user, channel = recipient.person, recipient.channel
        switch(user, channel)
        assert recipient.associate().response_id == "error.invalid-enrollment"
        assert recipient.tenant.recipient(channel).associate().status == 200
        switch(user, channel, enabled=True)
        assert recipient.associate().status == 200

    def test_wins_over_the_tenant(self, tenant: Harness, user: Person) -> None:
        """What is said of a user holds whatever is said of the tenant later."""
        switch(user, "otp", enabled=True)
        tenant.post("/__mock__/factors/otp", {"enabled": False})
        assert user.associate().status == 200

    def test_challenge(self, recipient: Recipient) -> None:
        """What the user holds is not challenged while it is off."""
        recipient.enroll()
        for channel in {recipient.channel, "voice", "sms"}:
            switch(recipient.person, channel)
        assert recipient.challenge().response_id == "error.association-required"
        switch(recipient.person, recipient.channel, enabled=True)
        assert recipient.challenge().status == 200

    def test_twin(self, tenant: Harness) -> None:
        """With calls off a phone is enrolled for text messages alone."""
        phone = tenant.recipient("sms")
        switch(phone.person, "voice")
        phone.associate()
        channels = [each.get("oob_channel") for each in phone.person.authenticators()]
        assert ["sms", None] == channels

    def test_recovery_codes(self, user: Person) -> None:
        """None is issued while they are off."""
        switch(user, "recovery-code")
        assert "recovery_codes" not in user.associate().body
        assert ["otp"] == [each["authenticator_type"] for each in user.authenticators()]

    def test_recovery_code_that_there_was(self, user: Person) -> None:
        """It is refused while they are off, and good afterwards."""
        user.enroll()
        switch(user, "recovery-code")
        assert user.recover().response_id == "error.no-recovery-code"
        switch(user, "recovery-code", enabled=True)
        assert user.recover().status == 200

    def test_verified_email(self, tenant: Harness) -> None:
        """A verified address is no entry of a user for whom e-mail is off."""
        user = tenant.person(email_verified=True)
        switch(user, "email")
        assert [] == user.authenticators()


class TestCustomizedMfa:
    """`POST /__mock__/features/customize-mfa`."""

    def told(self, user: Person) -> Any:  # noqa: ANN401  A member of a body.
        """Switch it on for a user and return what the login tells."""
        body = {"enabled": True, "user_id": user.user_id}
        assert {**body, "name": "customize-mfa"} == user.tenant.post(FEATURE, body).body
        return user.login().body["mfa_requirements"]

    def test_off(self, user: Person) -> None:
        """Logins tell nothing unless it is on."""
        assert "mfa_requirements" not in user.login().body

    def test_nothing_enrolled(self, user: Person) -> None:
        """What can be enrolled is told; text messages and calls are one kind."""
        kinds = [{"type": each} for each in ("otp", "phone", "push-notification")]
        assert {"enroll": kinds} == self.told(user)

    def test_enrolled(self, tenant: Harness) -> None:
        """What can be challenged is told, in the documented order."""
        user = tenant.recipient("sms", tenant.person(email_verified=True)).enroll().person
        kinds = [{"type": each} for each in ("phone", "recovery-code", "email")]
        assert {"challenge": kinds} == self.told(user)

    def test_unconfirmed(self, user: Person) -> None:
        """An unconfirmed factor does not count."""
        user.associate()
        assert {"enroll"} == set(self.told(user))

    def test_factor_that_is_off(self, tenant: Harness, user: Person) -> None:
        """What is off is told neither way."""
        for factor in ("sms", "voice", "push"):
            switch(user, factor)
        assert {"enroll": [{"type": "otp"}]} == self.told(user)
        holder = tenant.person().enroll()
        switch(holder, "recovery-code")
        assert {"challenge": [{"type": "otp"}]} == self.told(holder)

    def test_list(self, tenant: Harness) -> None:
        """Entries tell their kind, those of other users do not."""
        user, other = tenant.recipient("sms").enroll().person, tenant.person().enroll()
        self.told(user)
        kinds = {each["id"].partition("|")[0]: each["type"] for each in user.authenticators()}
        expected = {"sms": "phone", "voice": "phone", "recovery-code": "recovery-code"}
        assert expected == kinds
        assert not any("type" in each for each in other.authenticators())

    def test_whole_tenant(self, tenant: Harness, user: Person) -> None:
        """Without a user it holds for everybody, until a reset."""
        assert {"name": "customize-mfa", "enabled": True} == (
            tenant.post(FEATURE, {"enabled": True}).body
        )
        assert "mfa_requirements" in user.login().body
        tenant.post("/__mock__/reset")
        assert "mfa_requirements" not in tenant.person().login().body

    @pytest.mark.parametrize(
        ("path", "body", "status"),
        [
            (FEATURE, {"enabled": 1}, 400),
            (FEATURE, {}, 400),
            (FEATURE, {"enabled": True, "user_id": 7}, 400),
            ("/__mock__/features/pigeons", {"enabled": True}, 404),
        ],
    )
    def test_bad_request(
        self, tenant: Harness, path: str, body: dict[str, object], status: int
    ) -> None:
        """A feature that exists, and true or false."""
        assert status == tenant.post(path, body).status
