"""Factors and policies, and what the MFA API makes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.mock.conftest import Harness, Person
    from tests.mock.management.conftest import Administrator

FACTORS, POLICIES = "guardian/factors", "guardian/policies"
TYPES = "guardian/factors/phone/message-types"


def states(admin: Administrator) -> dict[str, bool]:
    """Return what is on."""
    return {each["name"]: each["enabled"] for each in admin.get(FACTORS).body}


def test_new_tenant(admin: Administrator) -> None:
    """All factors of the MFA API are on, in the recorded order, for every application."""
    assert {
        "sms": True,
        "push-notification": True,
        "otp": True,
        "email": True,
        "duo": False,
        "webauthn-roaming": False,
        "webauthn-platform": False,
        "recovery-code": True,
    } == states(admin)
    assert next(iter(states(admin))) == "sms"
    assert ["all-applications"] == admin.get(POLICIES).body
    assert {"message_types": ["sms", "voice"]} == admin.get(TYPES).body


@pytest.mark.parametrize("name", ["push-notification", "otp", "email", "duo", "recovery-code"])
def test_switched(admin: Administrator, name: str) -> None:
    """A factor is switched, and the answer says how."""
    for enabled in (False, True, False):
        answer = admin.ask("PUT", f"{FACTORS}/{name}", {"enabled": enabled})
        assert (200, {"enabled": enabled}) == (answer.status, answer.body)
        assert enabled is states(admin)[name]


@pytest.mark.parametrize(
    ("name", "body", "code"),
    [
        ("otp", {"enabled": True, "trial_expired": False}, "invalid_body"),
        ("otp", {"enabled": "yes"}, "invalid_body"),
        ("otp", {}, "invalid_body"),
        ("dreams", {"enabled": True}, "invalid_uri"),
    ],
)
def test_bad_switch(admin: Administrator, name: str, body: object, code: str) -> None:
    """Unknown factors and extra members are refused."""
    answer = admin.ask("PUT", f"{FACTORS}/{name}", body)
    assert (400, code) == (answer.status, answer.body["errorCode"])


def test_factor_that_is_off_cannot_be_enrolled(admin: Administrator, user: Person) -> None:
    """The MFA API goes by the same switch, and so does the control plane."""
    admin.ask("PUT", f"{FACTORS}/otp", {"enabled": False})
    assert 400 == user.associate().status
    admin.tenant.post("/__mock__/factors/otp", {"enabled": True})
    assert states(admin)["otp"]
    assert 200 == user.associate().status


class TestPhones:
    """Text messages and calls are one factor with two types."""

    def test_off_and_on(self, admin: Administrator, tenant: Harness) -> None:
        """Types survive while phones are off; either is refused then."""
        admin.ask("PUT", TYPES, {"message_types": ["voice"]})
        assert [400, 200] == [tenant.recipient(e).associate().status for e in ("sms", "voice")]
        admin.ask("PUT", f"{FACTORS}/sms", {"enabled": False})
        assert {"message_types": ["voice"]} == admin.get(TYPES).body
        assert [400, 400] == [tenant.recipient(e).associate().status for e in ("sms", "voice")]
        admin.ask("PUT", f"{FACTORS}/sms", {"enabled": True})
        assert [400, 200] == [tenant.recipient(e).associate().status for e in ("sms", "voice")]

    def test_types_while_off(self, admin: Administrator, tenant: Harness) -> None:
        """Types can be chosen before phones are on."""
        admin.ask("PUT", f"{FACTORS}/sms", {"enabled": False})
        assert {"message_types": ["sms"]} == admin.ask(
            "PUT", TYPES, {"message_types": ["sms"]}
        ).body
        assert 400 == tenant.recipient("sms").associate().status
        admin.ask("PUT", f"{FACTORS}/sms", {"enabled": True})
        assert 200 == tenant.recipient("sms").associate().status

    def test_no_types(self, admin: Administrator, tenant: Harness) -> None:
        """Phones that are on without any type enroll nothing."""
        admin.ask("PUT", TYPES, {"message_types": []})
        assert states(admin)["sms"]
        assert {"message_types": []} == admin.get(TYPES).body
        assert 400 == tenant.recipient("sms").associate().status

    def test_control_plane(self, admin: Administrator) -> None:
        """What the control plane switches is shown here."""
        admin.tenant.post("/__mock__/factors/sms", {"enabled": False})
        assert {"message_types": ["voice"]} == admin.get(TYPES).body

    @pytest.mark.parametrize("body", [{}, {"message_types": ["fax"]}, {"message_types": "sms"}])
    def test_bad_types(self, admin: Administrator, body: object) -> None:
        """Unknown types are refused."""
        assert 400 == admin.ask("PUT", TYPES, body).status


class TestPolicies:
    """When a second factor is asked for."""

    def test_never(self, admin: Administrator, user: Person) -> None:
        """Without a policy the password alone gives tokens, whatever is enrolled."""
        user.enroll()
        assert [] == admin.ask("PUT", POLICIES, []).body
        assert [] == admin.get(POLICIES).body
        assert "access_token" in user.login().body
        admin.ask("PUT", POLICIES, ["all-applications"])
        assert "mfa_required" == user.login().body["error"]

    def test_confidence(self, admin: Administrator, user: Person) -> None:
        """With a policy that scores, this mock asks at every login."""
        assert ["confidence-score"] == admin.ask("PUT", POLICIES, ["confidence-score"]).body
        assert "mfa_required" == user.login().body["error"]

    @pytest.mark.parametrize("body", [{}, ["always"], None])
    def test_bad_policies(self, admin: Administrator, body: object) -> None:
        """Unknown policies are refused."""
        assert 400 == admin.ask("PUT", POLICIES, body).status

    def test_there_is_no_patch(self, admin: Administrator) -> None:
        """Policies are replaced, never changed."""
        assert 404 == admin.ask("PATCH", POLICIES, []).status


def test_reset(admin: Administrator, user: Person) -> None:
    """A reset brings everything back."""
    before = states(admin)
    admin.ask("PUT", f"{FACTORS}/sms", {"enabled": False})
    admin.ask("PUT", f"{FACTORS}/duo", {"enabled": True})
    admin.ask("PUT", POLICIES, [])
    admin.tenant.post("/__mock__/reset")
    assert before == states(admin)
    assert ["all-applications"] == admin.get(POLICIES).body
    assert 403 == user.login().status
