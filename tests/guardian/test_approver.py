"""Whoever holds a device: which prompt is answered, and what is said where none can be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pytest_auth0_mfa.errors import Malformed, Prerequisite, Undelivered, Untestable
from pytest_auth0_mfa.guardian import (
    DeviceKey,
    DeviceRefused,
    HeadlessApprover,
    MockReceiver,
    NoReceiver,
    PushCredentials,
)
from tests.conftest import Reply
from tests.guardian.stand_in import ACCOUNT, BARCODE_URI, NOW, PUSH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_auth0_mfa.api.transport import Transport
    from pytest_auth0_mfa.guardian import Notification
    from tests.guardian.stand_in import StandIn


@pytest.fixture
def approver(transport: Transport, rsa_key: DeviceKey) -> HeadlessApprover:
    """A device that hears of what the stand-in keeps."""
    receiver = MockReceiver(transport)
    return HeadlessApprover(transport, receiver, key=lambda: rsa_key, now=lambda: NOW)


def prompt(number: int) -> dict[str, object]:
    """A payload that differs from others in token and challenge."""
    return {"mfa": {**PUSH, "txtkn": f"planted-{number}", "c": f"challenge-{number}"}}


class TestScan:
    """The barcode of an association."""

    def test_enrolls(self, approver: HeadlessApprover, stand_in: StandIn) -> None:
        """The device is enrolled, with the key that it was given and a made-up push token."""
        approver.scan(BARCODE_URI)
        assert ACCOUNT["id"] == approver.device.id
        assert "GCM" == stand_in.body()["push_credentials"]["service"]

    def test_before(self, approver: HeadlessApprover) -> None:
        """Nothing can be answered before."""
        with pytest.raises(Prerequisite, match="the device has not enrolled: it scanned no"):
            approver.allow()

    def test_refused(self, approver: HeadlessApprover, stand_in: StandIn) -> None:
        """A refusal is told with its code; the bare answer can be had too."""
        stand_in.replies["POST"] = Reply(409, {"errorCode": "enrollment_conflict"})
        with pytest.raises(DeviceRefused, match="enrollment_conflict"):
            approver.scan(BARCODE_URI)
        assert 409 == approver.introduce(BARCODE_URI).status

    def test_incomplete(self, approver: HeadlessApprover, stand_in: StandIn) -> None:
        """An account that lacks a field is judged from the answer, and no device."""
        stand_in.replies["POST"] = Reply(200, {"id": "dev_1"})
        assert approver.introduce(BARCODE_URI).accepted
        with pytest.raises(Prerequisite, match="gave no user_id"):
            _ = approver.device

    def test_again(self, approver: HeadlessApprover, stand_in: StandIn) -> None:
        """A second scan is a new device, with a name and a key of its own."""
        approver.scan(BARCODE_URI)
        first = approver.device.identifier
        approver.introduce(BARCODE_URI, name="second", key=DeviceKey.generate("EC"))
        assert "second" == stand_in.body()["name"]
        assert (True, "ES256") == (
            first != approver.device.identifier,
            approver.device.key.algorithm,
        )

    def test_credentials_of_the_receiver(self, transport: Transport, stand_in: StandIn) -> None:
        """Where a receiver has push credentials the device enrolls them."""

        class Receiver(NoReceiver):
            def push_credentials(self) -> PushCredentials:  # type: ignore[override]
                return PushCredentials("APNS", "planted-token")

        HeadlessApprover(transport, Receiver()).scan(BARCODE_URI)
        assert {"service": "APNS", "token": "planted-token"} == stand_in.body()["push_credentials"]


class TestPrompts:
    """The notifications of challenges."""

    def test_newest_is_answered(self, approver: HeadlessApprover, stand_in: StandIn) -> None:
        """Of two prompts the newer one is allowed."""
        approver.scan(BARCODE_URI)
        stand_in.pushes += [prompt(1), prompt(2)]
        approver.allow()
        assert ["challenge-2"] == [claims["sub"] for claims in stand_in.claims]

    def test_older_ones_are_out_of_date(
        self, approver: HeadlessApprover, stand_in: StandIn
    ) -> None:
        """What was there before the challenge is not answered."""
        approver.scan(BARCODE_URI)
        stand_in.pushes.append(prompt(1))
        approver.expect()
        with pytest.raises(
            Undelivered, match=r"no push notification came to the device dev_.*30 s"
        ):
            approver.allow()
        stand_in.pushes.append(prompt(2))
        approver.reject()
        (claims,) = stand_in.claims
        assert ("challenge-2", False) == (claims["sub"], claims["auth0_guardian_accepted"])

    def test_unreadable(self, approver: HeadlessApprover, stand_in: StandIn) -> None:
        """A prompt in another form can be judged: it is malformed."""
        approver.scan(BARCODE_URI)
        stand_in.pushes.append({"mfa": {"dai": ACCOUNT["id"]}})
        with pytest.raises(Malformed, match="in the field txtkn, got nothing"):
            approver.prompt()


class TestNoReceiver:
    """Nothing receives notifications."""

    def test_enrolls_and_is_challenged(self, transport: Transport, rsa_key: DeviceKey) -> None:
        """What needs no prompt works."""
        approver = HeadlessApprover(transport, NoReceiver(), key=lambda: rsa_key)
        approver.scan(BARCODE_URI)
        approver.expect()
        assert ACCOUNT["id"] == approver.device.id

    def test_says_how_to_answer(self, transport: Transport, rsa_key: DeviceKey) -> None:
        """Who waits for a prompt is told the three ways at once."""
        approver = HeadlessApprover(transport, NoReceiver(), key=lambda: rsa_key)
        approver.scan(BARCODE_URI)
        with pytest.raises(Untestable) as raised:
            approver.allow()
        for way in ("[push]", "pytest_auth0_push_approver", "--auth0-interactive"):
            assert way in str(raised.value)


def test_a_mailbox_may_give_any_sequence(transport: Transport, rsa_key: DeviceKey) -> None:
    """An empty tuple is as good as an empty list."""

    class Quiet:
        def notifications(self, timeout_s: float) -> Sequence[Notification]:
            del timeout_s
            return ()

    class Receiver:
        def push_credentials(self) -> None: ...

        def mailbox(self, device_id: str) -> Quiet:
            del device_id
            return Quiet()

    approver = HeadlessApprover(transport, Receiver(), key=lambda: rsa_key)
    approver.scan(BARCODE_URI)
    with pytest.raises(Undelivered, match="gd_send_pn"):
        approver.prompt(0.5)
