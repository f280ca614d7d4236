"""Who delivers codes and prompts, and what is lost where nobody does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.mock.conftest import Harness
    from tests.mock.management.conftest import Administrator

FACTORS = "guardian/factors"
PUSH = f"{FACTORS}/push-notification"
TWILIO, SELECTED = f"{FACTORS}/phone/providers/twilio", f"{FACTORS}/phone/selected-provider"
PROVIDERS = "branding/phone/providers"
EMAIL, CODES = "emails/provider", "email-templates/mfa_oob_code"


def arrives(tenant: Harness, channel: str) -> bool:
    """Tell whether the code of an enrollment arrives; the enrollment succeeds anyway."""
    recipient = tenant.recipient(channel)
    assert 200 == recipient.associate().status
    return bool(tenant.messages(to=recipient.address))


class TestPhones:
    """Providers as they were before phones were unified."""

    def test_new_tenant(self, admin: Administrator, tenant: Harness) -> None:
        """A new mock delivers, by Twilio."""
        assert {"provider": "twilio"} == admin.get(SELECTED).body
        assert {"from", "sid", "auth_token"} == set(admin.get(TWILIO).body)
        assert [True, True] == [arrives(tenant, each) for each in ("sms", "voice")]

    @pytest.mark.parametrize(
        ("provider", "arriving"),
        [("auth0", [True, False]), ("phone-message-hook", [True, True]), ("twilio", [True, True])],
    )
    def test_selected(
        self, admin: Administrator, tenant: Harness, provider: str, arriving: list[bool]
    ) -> None:
        """Auth0's own provider makes no calls."""
        assert {"provider": provider} == admin.ask("PUT", SELECTED, {"provider": provider}).body
        assert arriving == [arrives(tenant, each) for each in ("sms", "voice")]

    def test_nothing_selected(self, admin: Administrator) -> None:
        """A selection must name a provider."""
        for path in (SELECTED, f"{PUSH}/selected-provider"):
            assert 400 == admin.ask("PUT", path, {}).status

    def test_account_is_missing(self, admin: Administrator, tenant: Harness) -> None:
        """Without an account nothing arrives, although challenges succeed."""
        assert {} == admin.ask("PUT", TWILIO, {}).body
        assert [False, False] == [arrives(tenant, each) for each in ("sms", "voice")]
        admin.ask("PUT", TWILIO, {"messaging_service_sid": "MG", "sid": "AC", "auth_token": "t"})
        assert arrives(tenant, "sms")

    @pytest.mark.parametrize("name", ["providers/twilio", "selected-provider", "templates"])
    def test_former_names(self, admin: Administrator, name: str) -> None:
        """The pages have an older name."""
        assert admin.get(f"{FACTORS}/phone/{name}").body == admin.get(f"{FACTORS}/sms/{name}").body

    @pytest.mark.parametrize("name", ["providers/twilio", "selected-provider", "templates"])
    def test_unified(self, admin: Administrator, name: str) -> None:
        """Where phones are unified the older pages are refused, message types are not."""
        admin.switch(unified_phone=True)
        for kind in ("phone", "sms"):
            answer = admin.get(f"{FACTORS}/{kind}/{name}")
            assert (403, "legacy_mfa_phone_provider_not_allowed") == (
                answer.status,
                answer.body["errorCode"],
            )
        assert 200 == admin.get(f"{FACTORS}/phone/message-types").status


class TestUnifiedPhones:
    """`/branding/phone`."""

    def test_shown(self, admin: Administrator) -> None:
        """There is one provider, without its credentials."""
        [provider] = admin.get(PROVIDERS).body["providers"]
        assert provider == admin.get(f"{PROVIDERS}/{provider['id']}").body
        assert ("twilio", "phone", False, None) == tuple(
            provider[each] for each in ("name", "channel", "disabled", "credentials")
        )
        assert 404 == admin.get(f"{PROVIDERS}/pro_none").status
        assert "otp_verify" in [
            each["type"] for each in admin.get("branding/phone/templates").body["templates"]
        ]

    def test_disabled(self, admin: Administrator, tenant: Harness) -> None:
        """Nothing arrives while no provider is enabled, where phones are unified."""
        [provider] = admin.get(PROVIDERS).body["providers"]
        admin.ask("PATCH", f"{PROVIDERS}/{provider['id']}", {"disabled": True})
        assert arrives(tenant, "sms")
        admin.switch(unified_phone=True)
        assert not arrives(tenant, "sms")
        assert [] == admin.get(PROVIDERS, disabled="false").body["providers"]
        admin.switch(unified_phone=False)
        assert arrives(tenant, "sms")

    def test_another_one(self, admin: Administrator, tenant: Harness) -> None:
        """A provider can be replaced by one that sends texts alone."""
        admin.switch(unified_phone=True)
        [provider] = admin.get(PROVIDERS).body["providers"]
        assert 204 == admin.ask("DELETE", f"{PROVIDERS}/{provider['id']}").status
        assert not arrives(tenant, "sms")
        body = {
            "name": "custom",
            "credentials": {"auth_token": "t"},
            "configuration": {"delivery_methods": ["text"]},
        }
        made = admin.ask("POST", PROVIDERS, body)
        assert (201, None) == (made.status, made.body["credentials"])
        assert [True, False] == [arrives(tenant, each) for each in ("sms", "voice")]
        assert 400 == admin.ask("POST", PROVIDERS, {"name": "carrier pigeon"}).status


@pytest.mark.parametrize(("name", "channel"), [("phone", "sms"), ("email", "email")])
def test_codes(admin: Administrator, tenant: Harness, name: str, channel: str) -> None:
    """Length and life of codes can be set, for phones and for e-mail."""
    path = f"{FACTORS}/{name}/settings"
    assert {"otp_length": 6, "otp_expiration_time": 300} == admin.get(path).body
    change = {"otp_length": 8, "otp_expiration_time": 60}
    assert change == admin.ask("PUT", path, change).body == admin.get(path).body
    recipient = tenant.recipient(channel)
    recipient.associate()
    assert 8 == len(recipient.code())
    tenant.clock.now += 60
    assert "expired_token" == recipient.verify().body["error"]
    recipient.associate()
    assert 200 == recipient.verify().status
    for wrong in (
        {},
        {"otp_length": 8},
        {**change, "otp_length": 3},
        {**change, "otp_length": "8"},
    ):
        assert 400 == admin.ask("PUT", path, wrong).status


class TestPush:
    """Pages of push notifications."""

    def test_selected(self, admin: Administrator) -> None:
        """One of three providers is selected."""
        path = f"{PUSH}/selected-provider"
        assert {"provider": "guardian"} == admin.get(path).body
        assert {"provider": "direct"} == admin.ask("PUT", path, {"provider": "direct"}).body
        assert 400 == admin.ask("PUT", path, {"provider": "pigeon"}).status

    def test_credentials(self, admin: Administrator) -> None:
        """What was configured is shown without its secrets, of FCM nothing is."""
        sns = {"aws_access_key_id": "test1", "aws_region": "us-west-1"}
        assert {} == admin.get(f"{PUSH}/providers/sns").body
        secret = {"aws_secret_access_key": "s"}
        assert sns == admin.ask("PUT", f"{PUSH}/providers/sns", {**sns, **secret}).body
        apns = {"bundle_id": "com.my.app", "sandbox": False, "enabled": True}
        admin.ask("PATCH", f"{PUSH}/providers/apns", {**apns, "p12": "secret"})
        assert apns == admin.get(f"{PUSH}/providers/apns").body
        for name, member in (("fcm", "server_key"), ("fcmv1", "server_credentials")):
            assert {} == admin.ask("PUT", f"{PUSH}/providers/{name}", {member: "secret"}).body
            assert 404 == admin.get(f"{PUSH}/providers/{name}").status

    def test_duo(self, admin: Administrator) -> None:
        """Duo's settings are kept."""
        body = {"ikey": "i", "host": "api.duo.example"}
        assert body == admin.ask("PUT", f"{FACTORS}/duo/settings", body).body


class TestEmail:
    """`/emails/provider` and `/email-templates`."""

    def test_shown(self, admin: Administrator) -> None:
        """Without `fields` no more is told than name and state."""
        assert {"name": "smtp", "enabled": True} == admin.get(EMAIL).body
        told = admin.get(EMAIL, fields="name,credentials", include_fields="true").body
        assert {"name", "credentials"} == set(told)

    def test_deleted_and_created(self, admin: Administrator, tenant: Harness) -> None:
        """Without a provider Auth0's own delivers; creating one twice is a conflict."""
        assert 204 == admin.ask("DELETE", EMAIL).status
        answer = admin.get(EMAIL)
        assert (404, "inexistent_email_provider") == (answer.status, answer.body["errorCode"])
        assert 404 == admin.ask("PATCH", EMAIL, {"enabled": True}).status
        assert arrives(tenant, "email")
        body = {"name": "smtp", "credentials": {"smtp_host": "h", "smtp_pass": "secret"}}
        assert [201, 409] == [admin.ask("POST", EMAIL, body).status for _ in range(2)]
        assert "secret" not in str(admin.get(EMAIL, fields="credentials").body)

    def test_disabled(self, admin: Administrator, tenant: Harness) -> None:
        """A provider that is off delivers nothing."""
        assert admin.ask("PATCH", EMAIL, {"enabled": False}).body["enabled"] is False
        assert not arrives(tenant, "email")
        admin.ask("PATCH", EMAIL, {"enabled": True})
        assert arrives(tenant, "email")

    def test_template(self, admin: Administrator, tenant: Harness) -> None:
        """A template that was never customized is fine; one that is off delivers nothing."""
        answer = admin.get(CODES)
        assert (404, "inexistent_email_template") == (answer.status, answer.body["errorCode"])
        assert 404 == admin.ask("PATCH", CODES, {"enabled": False}).status
        body = {"template": "mfa_oob_code", "body": "{{code}}", "enabled": True}
        assert [200, 409] == [admin.ask("POST", "email-templates", body).status for _ in range(2)]
        assert body == admin.get(CODES).body
        assert arrives(tenant, "email")
        assert admin.ask("PATCH", CODES, {"enabled": False}).body["enabled"] is False
        assert not arrives(tenant, "email")
        replaced = admin.ask("PUT", CODES, {"enabled": True}).body
        assert {"template": "mfa_oob_code", "enabled": True} == replaced
        assert arrives(tenant, "email")

    def test_bad_requests(self, admin: Administrator) -> None:
        """Unknown templates and providers are refused."""
        assert 400 == admin.get("email-templates/dreams").status
        assert 400 == admin.ask("POST", "email-templates", {"template": "dreams"}).status
        assert 400 == admin.ask("PATCH", EMAIL, {"name": "pigeon"}).status
