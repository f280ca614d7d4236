"""What a device makes of refusals, and that nothing that proves possession is shown."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from pytest_auth0_mfa.errors import Disturbance
from pytest_auth0_mfa.guardian import Device, DeviceKey, DeviceRefused, PushCredentials
from tests.conftest import Reply
from tests.guardian.stand_in import BARCODE_URI, OTP_SECRET, SECRETS, TICKET, TRANSACTION_TOKEN

if TYPE_CHECKING:
    from pytest_auth0_mfa.api.transport import Transport
    from pytest_auth0_mfa.guardian import Notification
    from tests.guardian.stand_in import StandIn


class TestRefusal:
    """What the device API refuses."""

    @pytest.mark.parametrize(
        ("reply", "told"),
        [
            (
                Reply(
                    401,
                    {
                        "statusCode": "401",
                        "error": "Unauthorized",
                        "message": "Invalid challenge_response",
                        "errorCode": "invalid_challenge",
                    },
                ),
                r"\(invalid_challenge: Invalid challenge_response\); compare key, audience",
            ),
            (
                Reply(404, {"errorCode": "enrollment_transaction_not_found"}),
                r"\(enrollment_transaction_not_found\); it is used or out of date",
            ),
            (Reply(429, {"error": "Too Many Requests", "errorCode": "too_many_pn"}), "pn"),
            (Reply(400, {"error": "Bad Request"}), r'\(status 400, error "Bad Request"\)$'),
            (Reply(500, "Internal server error"), "status 500 with text that is not JSON"),
            (Reply(404), "status 404 with no body"),
        ],
    )
    def test_is_told(self, device: Device, stand_in: StandIn, reply: Reply, told: str) -> None:
        """Status and code can be read, and the message says what to do."""
        stand_in.replies["PATCH"] = reply
        with pytest.raises(DeviceRefused, match=told) as raised:
            device.change(name="x")
        code = reply.body.get("errorCode") if isinstance(reply.body, dict) else None
        assert (reply.status, code) == (raised.value.status, raised.value.code)
        assert f" -> {reply.status}: the device API refused" in str(raised.value)

    def test_of_deletion(self, device: Device, stand_in: StandIn) -> None:
        """Only an account that is gone already needs no deletion."""
        stand_in.replies["DELETE"] = Reply(401, {"errorCode": "invalid_token"})
        with pytest.raises(DeviceRefused, match="invalid_token"):
            device.delete()

    def test_of_an_answer(
        self, device: Device, stand_in: StandIn, notification: Notification
    ) -> None:
        """A login that was answered before is not answered again."""
        stand_in.replies["POST"] = Reply(404, {"errorCode": "login_transaction_not_found"})
        with pytest.raises(DeviceRefused, match=r"resolve-transaction -> 404.*new challenge"):
            device.reject(notification)

    def test_of_enrollment(self, transport: Transport, stand_in: StandIn) -> None:
        """A second device on the same ticket is a conflict."""
        stand_in.replies["POST"] = Reply(409, {"errorCode": "enrollment_conflict"})
        with pytest.raises(DeviceRefused, match="it is enrolled already") as raised:
            Device.enroll(BARCODE_URI, transport, key=DeviceKey.generate("EC"))
        assert 409 == raised.value.status

    def test_gateway(self, device: Device, stand_in: StandIn, notification: Notification) -> None:
        """A gateway's answer is a disturbance, as everywhere, and no refusal."""
        stand_in.replies["POST"] = Reply(503, "busy")
        with pytest.raises(Disturbance, match="a gateway answered") as raised:
            device.allow(notification)
        assert not isinstance(raised.value, DeviceRefused)


class TestSecrecy:
    """Nothing that proves possession is shown."""

    def test_of_records(
        self, device: Device, transport: Transport, notification: Notification
    ) -> None:
        """Recorded exchanges name secrets and hold none."""
        push = PushCredentials("GCM", "planted-push-token")
        device.allow(notification)
        device.change(name="renamed", push=push)
        device.delete()
        written = json.dumps([each.to_json() for each in transport.recorder.exchanges])
        assert [] == [secret for secret in SECRETS if secret in written]
        assert "ticket#1" in written
        assert "challenge_response#1" in written

    def test_of_texts(
        self, device: Device, transport: Transport, notification: Notification
    ) -> None:
        """What pytest might print later is scrubbed of whatever passed."""
        signed = device.challenge_response(notification, accepted=True)
        device.api.resolve(notification.transaction_token, signed)
        otp = device.otp()
        parts = (signed, otp, BARCODE_URI, TICKET, OTP_SECRET, TRANSACTION_TOKEN)
        text = " ".join((*parts, device.account.token))
        transport.recorder.start_test()
        assert (
            "challenge_response otp barcode_uri ticket otp_secret transaction_token token"
        ) == transport.recorder.redactor.scrub(text)

    def test_of_shown_objects(self, device: Device, notification: Notification) -> None:
        """No `repr` has a secret."""
        push = PushCredentials("GCM", "planted-push-token")
        shown = repr([device, vars(device), device.account, notification, push])
        assert [] == [secret for secret in SECRETS if secret in shown]

    def test_of_refusals(
        self, device: Device, stand_in: StandIn, notification: Notification
    ) -> None:
        """A tenant that quotes a token in its message does not make us print it."""
        stand_in.replies["POST"] = Reply(401, {"message": f"bad token {TRANSACTION_TOKEN}"})
        with pytest.raises(DeviceRefused, match="bad token transaction_token#1") as raised:
            device.allow(notification)
        assert TRANSACTION_TOKEN not in str(raised.value)
