"""The requests of a device over real connections, and what it makes of the answers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from pyotp import TOTP

from pytest_auth0_mfa.errors import Prerequisite
from pytest_auth0_mfa.guardian import Device, DeviceKey, PushCredentials
from tests.conftest import Reply
from tests.guardian.stand_in import (
    ACCOUNT,
    BARCODE_URI,
    CHALLENGE,
    NOW,
    OTP_SECRET,
    TICKET,
    TRANSACTION_TOKEN,
)

if TYPE_CHECKING:
    from pytest_auth0_mfa.api.transport import Transport
    from pytest_auth0_mfa.guardian import Notification
    from tests.guardian.stand_in import StandIn

ACCOUNT_PATH = f"/appliance-mfa/api/device-accounts/{ACCOUNT['id']}"


class TestEnroll:
    """`POST /api/enroll`."""

    def test_request(self, device: Device, stand_in: StandIn, rsa_key: DeviceKey) -> None:
        """Ticket in the header, four fields in the body."""
        (received,), body = stand_in.seen, stand_in.body()
        assert ("POST", "/appliance-mfa/api/enroll") == (received.method, received.path)
        assert f'Ticket id="{TICKET}"' == received.headers["authorization"]
        assert received.headers["content-type"].startswith("application/json")
        assert {"identifier", "name", "push_credentials", "public_key"} == set(body)
        assert (device.identifier, "headless device") == (body["identifier"], body["name"])
        assert "GCM" == body["push_credentials"]["service"]
        assert rsa_key.jwk(leading_zero=True) == body["public_key"]

    def test_as_an_apple_device(
        self, transport: Transport, stand_in: StandIn, rsa_key: DeviceKey
    ) -> None:
        """Name and push credentials as given, and no zero before the modulus."""
        push = PushCredentials("APNS", "planted-push-token")
        Device.enroll(BARCODE_URI, transport, key=rsa_key, name="CI", push=push)
        body = stand_in.body()
        assert {"service": "APNS", "token": "planted-push-token"} == body["push_credentials"]
        assert ("CI", rsa_key.jwk()) == (body["name"], body["public_key"])

    def test_account(self, device: Device) -> None:
        """The device knows its account."""
        account = device.account
        assert ACCOUNT["id"] == device.id == account.id
        assert (ACCOUNT["user_id"], ACCOUNT["token"]) == (account.user_id, account.token)

    @pytest.mark.parametrize("status", [200, 201])
    def test_any_success(self, transport: Transport, stand_in: StandIn, status: int) -> None:
        """The libraries were tested with either."""
        stand_in.replies["POST"] = Reply(status, ACCOUNT)
        device = Device.enroll(BARCODE_URI, transport, key=DeviceKey.generate("EC"))
        assert ACCOUNT["id"] == device.id

    def test_devices_differ(self, transport: Transport, rsa_key: DeviceKey) -> None:
        """Each device calls itself by another identifier."""
        first, second = (Device.enroll(BARCODE_URI, transport, key=rsa_key) for _ in range(2))
        assert first.identifier != second.identifier

    def test_another_uri_sends_nothing(self, transport: Transport, stand_in: StandIn) -> None:
        """What cannot be read is refused before anything is sent."""
        with pytest.raises(ValueError, match=r"^barcode_uri: expected"):
            Device.enroll("otpauth://totp/x?secret=ABC", transport)
        assert [] == stand_in.seen


class TestResolve:
    """`POST /api/resolve-transaction`."""

    def test_allow(self, device: Device, stand_in: StandIn, notification: Notification) -> None:
        """The bearer is the transaction's token, the claims those of the protocol."""
        assert 204 == device.allow(notification).status
        received = stand_in.seen[-1]
        assert "/appliance-mfa/api/resolve-transaction" == received.path
        assert f"Bearer {TRANSACTION_TOKEN}" == received.headers["authorization"]
        assert {"challenge_response"} == set(stand_in.body())
        assert [
            {
                "iat": int(NOW),
                "exp": int(NOW) + 30,
                "aud": f"http://{received.headers['host']}{received.path}",
                "iss": device.identifier,
                "sub": CHALLENGE,
                "auth0_guardian_method": "push",
                "auth0_guardian_accepted": True,
            }
        ] == stand_in.claims

    @pytest.mark.parametrize("reason", [None, "not me"])
    def test_reject(
        self,
        device: Device,
        stand_in: StandIn,
        notification: Notification,
        reason: str | None,
    ) -> None:
        """A reason is sent where one is given."""
        device.reject(notification, reason)
        (claims,) = stand_in.claims
        assert claims["auth0_guardian_accepted"] is False
        assert (reason is not None) == ("auth0_guardian_reason" in claims)
        assert reason == claims.get("auth0_guardian_reason")

    def test_elliptic_curve(
        self, transport: Transport, stand_in: StandIn, notification: Notification
    ) -> None:
        """A device with a P-256 key signs with it."""
        device = Device.enroll(BARCODE_URI, transport, key=DeviceKey.generate("EC"))
        device.allow(notification)
        assert CHALLENGE == stand_in.claims[0]["sub"]

    def test_json_answer(
        self, device: Device, stand_in: StandIn, notification: Notification
    ) -> None:
        """A success with an empty object is one too."""
        stand_in.replies["POST"] = Reply(200, {})
        assert 200 == device.allow(notification).status

    def test_of_another_device(
        self, device: Device, stand_in: StandIn, notification: Notification
    ) -> None:
        """A device does not answer for another one."""
        with pytest.raises(ValueError, match="got one for dev_other; answer it with the device"):
            device.allow(replace(notification, device_id="dev_other"))
        assert 1 == len(stand_in.seen)

    def test_changed_claims(
        self, device: Device, stand_in: StandIn, notification: Notification
    ) -> None:
        """A test can sign what no device would, and read the bare answer."""
        signed = device.challenge_response(notification, accepted=True, sub="x", extra=1)
        device.api.resolve(notification.transaction_token, signed)
        assert ("x", 1) == (stand_in.claims[0]["sub"], stand_in.claims[0]["extra"])


class TestAccount:
    """`PATCH` and `DELETE /api/device-accounts/{id}`."""

    def test_change(self, device: Device, stand_in: StandIn) -> None:
        """A new name goes with the push credentials that the device has."""
        enrolled = stand_in.body()["push_credentials"]
        changed = device.change(name="renamed")
        assert ("PATCH", ACCOUNT_PATH) == (stand_in.seen[-1].method, stand_in.seen[-1].path)
        assert {"name": "renamed", "push_credentials": enrolled} == stand_in.body()
        assert "renamed" == changed["name"]

    def test_change_of_credentials(self, device: Device, stand_in: StandIn) -> None:
        """New credentials are those that the next change sends."""
        push = PushCredentials("GCM", "planted-push-token")
        device.change(push=push)
        device.change(name="x")
        assert {"name": "x", "push_credentials": push.to_json()} == stand_in.body()

    def test_bearer(self, device: Device, stand_in: StandIn) -> None:
        """The device signs for itself, by its account's id, for all accounts' address."""
        device.delete()
        received = stand_in.seen[-1]
        assert ("DELETE", ACCOUNT_PATH, b"") == (received.method, received.path, received.body)
        assert [
            {
                "iat": int(NOW),
                "exp": int(NOW) + 7200,
                "aud": f"http://{received.headers['host']}/appliance-mfa/api/device-accounts",
                "iss": ACCOUNT["id"],
                "sub": ACCOUNT["user_id"],
            }
        ] == stand_in.claims

    def test_id_is_encoded(
        self, transport: Transport, stand_in: StandIn, rsa_key: DeviceKey
    ) -> None:
        """No id that a tenant invents leads to another path."""
        stand_in.replies["POST"] = Reply(200, {**ACCOUNT, "id": "dev|1/2"})
        stand_in.replies["DELETE"] = Reply(204)
        Device.enroll(BARCODE_URI, transport, key=rsa_key).delete()
        assert stand_in.seen[-1].path.endswith("/device-accounts/dev%7C1%2F2")

    def test_deleted_already(self, device: Device, stand_in: StandIn) -> None:
        """What is gone need not be deleted."""
        stand_in.replies["DELETE"] = Reply(404, {"errorCode": "device_account_not_found"})
        device.delete()
        assert "DELETE" == stand_in.seen[-1].method


class TestOtp:
    """The one-time passwords of the enrollment."""

    def test_code(self, device: Device) -> None:
        """The code is that of the device's time."""
        assert TOTP(OTP_SECRET).at(int(NOW)) == device.otp()
        assert "<otp>" == repr(device.otp())

    def test_none(self, transport: Transport, stand_in: StandIn, rsa_key: DeviceKey) -> None:
        """Without a generator it says so."""
        stand_in.replies["POST"] = Reply(
            200, {name: value for name, value in ACCOUNT.items() if name != "totp"}
        )
        device = Device.enroll(BARCODE_URI, transport, key=rsa_key)
        with pytest.raises(Prerequisite, match="the enrollment brought no totp"):
            device.otp()
