"""Associating a device, and what is listed of it before and after it has enrolled."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, quote, urlsplit

import pytest

from tests.mock.conftest import BASE_URL
from tests.mock.guardian.conftest import refusal

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.mock.conftest import Harness
    from tests.mock.guardian.conftest import Owner


class TestAnswer:
    """What an association answers."""

    def test_fields(self, owner: Owner) -> None:
        """There is no binding method and no secret; recovery codes come with the first one."""
        answer = owner.associate()
        fields = ["authenticator_type", "barcode_uri", "recovery_codes", "oob_channel", "oob_code"]
        assert (200, "associate.push", fields) == (
            answer.status,
            answer.response_id,
            list(answer.body),
        )
        assert ("oob", "auth0") == (answer.body["authenticator_type"], answer.body["oob_channel"])

    def test_second_one_has_no_recovery_codes(self, owner: Owner) -> None:
        """Recovery codes are given out once."""
        owner.associate()
        assert "recovery_codes" not in owner.associate().body

    def test_barcode(self, owner: Owner) -> None:
        """It names tenant and user, and holds a ticket and an address, but no secret."""
        uri = urlsplit(owner.associate().body["barcode_uri"])
        label = f"/Mock%20Tenant:{quote(owner.person.email, safe='')}"
        assert ("otpauth", "totp", label) == (uri.scheme, uri.netloc, uri.path)
        query = parse_qs(uri.query)
        assert {"enrollment_tx_id", "base_url"} == set(query)
        assert [BASE_URL] == query["base_url"]
        assert re.fullmatch(r"[A-Za-z0-9]{32}", query["enrollment_tx_id"][0])

    def test_oob_code_is_as_long_as_others(self, owner: Owner) -> None:
        """Nothing of what it is for shows in its length."""
        assert 620 == len(owner.associate().body["oob_code"])

    def test_switched_off(self, tenant: Harness, owner: Owner) -> None:
        """A tenant without push enrolls no device, and does not begin to."""
        tenant.post("/__mock__/factors/push", {"enabled": False})
        answer = owner.associate()
        assert (400, "error.invalid-enrollment") == (answer.status, answer.response_id)
        assert [] == owner.person.authenticators()

    def test_bare_channel(self, tenant: Harness, owner: Owner) -> None:
        """The channel may stand outside a list, as those of codes may."""
        body = {"authenticator_types": ["oob"], "oob_channels": "auth0"}
        answer = tenant.post("/mfa/associate", body, bearer=owner.login())
        assert "associate.push" == answer.response_id

    def test_second_factor_needs_an_access_token(self, enrolled: Owner) -> None:
        """Once a device has enrolled, an mfa_token enrolls nothing more."""
        assert "error.already-enrolled" == enrolled.associate().response_id
        answer = enrolled.associate(enrolled.access_token())
        assert 200 == answer.status


class TestList:
    """A device is two authenticators."""

    def test_pending(self, owner: Owner) -> None:
        """Both are listed before the scan, neither is active, and neither has a name."""
        owner.associate()
        push, totp, _ = owner.person.authenticators()
        assert {
            "id": push["id"],
            "authenticator_type": "oob",
            "active": False,
            "oob_channel": "auth0",
        } == push
        assert {"id": totp["id"], "authenticator_type": "otp", "active": False} == totp

    def test_ids(self, owner: Owner) -> None:
        """Prefixes and ends of the two ids differ."""
        owner.associate()
        push, totp = (each["id"] for each in owner.person.authenticators()[:2])
        assert re.fullmatch(r"push\|dev_[A-Za-z0-9]{16}", push)
        assert re.fullmatch(r"totp\|dev_[A-Za-z0-9]{16}", totp)
        assert push[5:] != totp[5:]

    def test_enrolled(self, enrolled: Owner) -> None:
        """All are active once the device has enrolled, and push has the device's name."""
        listed = enrolled.person.authenticators()
        assert [True] * 3 == [each["active"] for each in listed]
        assert ["CI device"] == [each["name"] for each in listed if "name" in each]
        assert f"push|{enrolled.device_id}" == listed[0]["id"]


class TestDeletion:
    """Deleting one of the pair deletes both."""

    @pytest.mark.parametrize("index", [0, 1])
    def test_pair(self, tenant: Harness, enrolled: Owner, index: int) -> None:
        """Nothing is left, the device's account included, and MFA is over for the user."""
        token = enrolled.access_token()
        identifier = enrolled.person.authenticators()[index]["id"]
        assert 204 == tenant.delete(f"/mfa/authenticators/{identifier}", bearer=token).status
        assert [] == tenant.get("/mfa/authenticators", bearer=token).body
        path = f"/appliance-mfa/api/device-accounts/{enrolled.device_id}"
        gone = enrolled.send("DELETE", path, None, f"Bearer {enrolled.said['token']}")
        assert "device_account_not_found" == refusal(gone)[1]

    def test_pending(self, tenant: Harness, owner: Owner) -> None:
        """One that waits for its device can be deleted; the device then comes too late."""
        token = owner.access_token()
        owner.associate(token)
        identifier = owner.person.authenticators()[0]["id"]
        assert 204 == tenant.delete(f"/mfa/authenticators/{identifier}", bearer=token).status
        assert "enrollment_transaction_not_found" == refusal(owner.scan())[1]
        assert "error.malformed-oob-code" == owner.poll().response_id

    def test_other_device_stays(self, tenant: Harness, make_owner: Callable[..., Owner]) -> None:
        """Another device of the user is another pair."""
        first = make_owner().enroll()
        second = make_owner(first.person, kind="EC")
        second.associate(first.access_token())
        second.scan()
        token = first.access_token()
        path = f"/mfa/authenticators/push|{first.device_id}"
        assert 204 == tenant.delete(path, bearer=token).status
        listed = tenant.get("/mfa/authenticators", bearer=token).body
        assert ["recovery-code", "push", "totp"] == [each["id"].split("|")[0] for each in listed]
