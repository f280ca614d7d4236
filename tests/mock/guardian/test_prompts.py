"""Challenges of a device, and the prompts that it receives."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from tests.mock.conftest import BASE_URL

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.mock.conftest import Harness
    from tests.mock.guardian.conftest import Owner


class TestChallenge:
    """What a challenge answers."""

    @pytest.mark.parametrize("types", ["oob", "otp oob", None])
    def test_by_type(self, enrolled: Owner, types: str | None) -> None:
        """There is no binding method; the device is chosen before its one-time passwords."""
        answer = enrolled.challenge(challenge_type=types)
        assert (200, "challenge.push") == (answer.status, answer.response_id)
        assert {"challenge_type": "oob", "oob_code": enrolled.oob_code} == answer.body

    def test_by_id(self, enrolled: Owner) -> None:
        """The device that was named is prompted."""
        answer = enrolled.challenge(authenticator_id=f"push|{enrolled.device_id}")
        assert "challenge.push" == answer.response_id
        assert 1 == len(enrolled.payloads())

    def test_pending(self, tenant: Harness, owner: Owner) -> None:
        """A device that has yet to enroll is not prompted."""
        owner.associate()
        assert "error.association-required" == owner.challenge().response_id
        assert [] == tenant.request("GET", "/__mock__/pushes").body

    def test_switched_off(self, tenant: Harness, enrolled: Owner) -> None:
        """Without push, the device still has its one-time passwords."""
        tenant.post("/__mock__/factors/push", {"enabled": False})
        assert "error.unsupported-challenge-type" == enrolled.challenge().response_id
        assert "challenge.otp" == enrolled.challenge(challenge_type=None).response_id

    def test_foreign_device(self, make_owner: Callable[..., Owner], enrolled: Owner) -> None:
        """Another user's device is not prompted."""
        other = make_owner().enroll()
        answer = enrolled.challenge(authenticator_id=f"push|{other.device_id}")
        assert "error.invalid-authenticator" == answer.response_id
        assert [] == other.payloads()


class TestPayload:
    """What a device receives."""

    def test_by_google(self, prompted: Owner) -> None:
        """Every value is a text; what is structured is JSON inside one."""
        [payload] = prompted.payloads()
        assert ["mfa"] == list(payload)
        assert {"dai", "txtkn", "c", "d", "sh", "s"} == set(payload["mfa"])
        assert all(isinstance(each, str) for each in payload["mfa"].values())
        assert {"b", "os"} == set(json.loads(payload["mfa"]["s"]))
        assert (prompted.device_id, BASE_URL) == (payload["mfa"]["dai"], payload["mfa"]["sh"])

    def test_by_apple(self, make_owner: Callable[..., Owner]) -> None:
        """The system's part names the category that the SDK looks for; values keep their form."""
        owner = make_owner(service="APNS").enroll()
        owner.challenge()
        [payload] = owner.payloads()
        assert "com.auth0.notification.authentication" == payload["aps"]["category"]
        assert {"title", "body"} == set(payload["aps"]["alert"])
        assert {"n", "v"} == set(payload["mfa"]["s"]["b"]) == set(payload["mfa"]["s"]["os"])

    def test_browser(self, tenant: Harness, enrolled: Owner) -> None:
        """The software that asked is named, as far as it names itself."""
        body = {"mfa_token": enrolled.mfa_token, "challenge_type": "oob", **tenant.client}
        sent = {"user-agent": "Firefox/140.0 (X11)", "content-type": "application/json"}
        tenant.request("POST", "/mfa/challenge", body=json.dumps(body).encode(), headers=sent)
        assert {"n": "Firefox", "v": "140.0"} == json.loads(enrolled.prompt["s"])["b"]

    def test_date(self, tenant: Harness, enrolled: Owner) -> None:
        """It is the moment of the challenge in UTC, as its user lives it."""
        tenant.post("/__mock__/clock", {"advance_s": 60, "user_id": enrolled.person.user_id})
        enrolled.challenge()
        told = datetime.strptime(enrolled.prompt["d"], "%Y-%m-%dT%H:%M:%S.%f%z")
        assert enrolled.prompt["d"].endswith("Z")
        assert tenant.clock.now + 60 == told.timestamp()

    def test_each_is_its_own(self, prompted: Owner) -> None:
        """No challenge and no transaction token is ever used twice."""
        prompted.challenge()
        first, second = (each["mfa"] for each in prompted.payloads())
        assert first["c"] != second["c"]
        assert first["txtkn"] != second["txtkn"]


class TestView:
    """`GET /__mock__/pushes`."""

    def test_of_one_device(self, tenant: Harness, make_owner: Callable[..., Owner]) -> None:
        """Each device's own, or all of them, oldest first."""
        owners = [make_owner().enroll() for _ in range(2)]
        for owner in (*owners, owners[0]):
            owner.challenge()
        assert [2, 1] == [len(owner.payloads()) for owner in owners]
        listed = tenant.request("GET", "/__mock__/pushes").body
        ids = [owner.device_id for owner in owners]
        assert [*ids, ids[0]] == [each["mfa"]["dai"] for each in listed]

    def test_unknown_device(self, tenant: Harness, prompted: Owner) -> None:
        """A device that does not exist has received nothing."""
        assert 1 == len(prompted.payloads())
        assert [] == tenant.request("GET", "/__mock__/pushes", query="device=dev_0").body

    def test_reset(self, tenant: Harness, prompted: Owner) -> None:
        """A tenant that starts anew has sent nothing."""
        assert 1 == len(prompted.payloads())
        tenant.post("/__mock__/reset")
        assert [] == tenant.request("GET", "/__mock__/pushes").body

    def test_apart_from_messages(self, tenant: Harness, prompted: Owner) -> None:
        """Prompts are no messages with codes."""
        assert 1 == len(prompted.payloads())
        assert [] == tenant.messages()


class TestLimit:
    """Five prompts at once, and one more every twelve seconds, for each user."""

    def test_one_too_many(self, enrolled: Owner) -> None:
        """The sixth is refused and not sent."""
        assert [200] * 5 == [enrolled.challenge().status for _ in range(5)]
        answer = enrolled.challenge()
        assert (429, "invalid_request") == (answer.status, answer.body["error"])
        sent = "Too many push notifications sent by the user."
        expected = f"{sent} Wait for some minutes before retrying."
        assert expected == answer.body["error_description"]
        assert 5 == len(enrolled.payloads())

    def test_one_comes_back(self, tenant: Harness, enrolled: Owner) -> None:
        """Not a second before its time, and only one."""
        for _ in range(5):
            enrolled.challenge()
        tenant.clock.now += 11
        assert 429 == enrolled.challenge().status
        tenant.clock.now += 1
        assert [200, 429] == [enrolled.challenge().status for _ in range(2)]

    def test_associations_send_nothing(self, owner: Owner) -> None:
        """Barcodes are not counted."""
        assert [200] * 6 == [owner.associate().status for _ in range(6)]

    def test_others_are_not_affected(
        self, make_owner: Callable[..., Owner], enrolled: Owner
    ) -> None:
        """The count is kept for each user."""
        other = make_owner().enroll()
        for _ in range(6):
            enrolled.challenge()
        assert 200 == other.challenge().status
