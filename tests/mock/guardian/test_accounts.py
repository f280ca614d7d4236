"""A device changes its account, or leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.mock.conftest import BASE_URL
from tests.mock.guardian.conftest import MOUNT, refusal

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.mock.conftest import Harness, Reply
    from tests.mock.guardian.conftest import Key, Owner

CREDENTIALS = {"service": "APNS", "token": "another-token"}


def account(owner: Owner, mount: str = MOUNT) -> str:
    """Return the path of a device's account."""
    return f"{mount}/device-accounts/{owner.device_id}"


def opaque(owner: Owner) -> str:
    """Return the bearer that came with the enrollment."""
    return f"Bearer {owner.said['token']}"


def signed(owner: Owner, key: Key | None = None, mount: str = MOUNT, /, **changes: object) -> str:
    """Return a bearer that the device signs for itself."""
    issued_at = int(owner.tenant.clock.now)
    claims: dict[str, object] = {
        "iat": issued_at,
        "exp": issued_at + 7200,
        "aud": f"{BASE_URL}{mount}/device-accounts",
        "iss": owner.device_id,
        "sub": owner.person.user_id,
        **changes,
    }
    return f"Bearer {(key or owner.key).sign(claims)}"


class TestBearer:
    """Who may manage a device: itself."""

    @pytest.mark.parametrize("mount", ["/appliance-mfa/api", "/api"])
    def test_signed(self, enrolled: Owner, mount: str) -> None:
        """A JWT of the device opens its account, at either mount."""
        bearer = signed(enrolled, None, mount)
        answer = enrolled.send("PATCH", account(enrolled, mount), {"name": "x"}, bearer)
        assert 200 == answer.status

    @pytest.mark.parametrize("method", ["PATCH", "DELETE"])
    @pytest.mark.parametrize(
        "changes",
        [
            {"iss": "vendor-uuid-1"},
            {"sub": "auth0|0"},
            {"aud": f"{BASE_URL}/api/device-accounts"},
            {"aud": f"{BASE_URL}{MOUNT}"},
            {"exp": 1_800_000_015 + 7201},
            {"iat": 1_799_999_000, "exp": 1_800_000_010},
            {"exp": None},
            {"iat": 1_800_000_100, "exp": 1_800_000_200},
        ],
        ids=str,
    )
    def test_wrong_claims(self, enrolled: Owner, method: str, changes: dict[str, object]) -> None:
        """Every claim is judged; the account stays as it was."""
        bearer = signed(enrolled, **changes)
        answer = enrolled.send(method, account(enrolled), {"name": "x"}, bearer)
        assert (401, "invalid_token") == refusal(answer)
        assert_unchanged(enrolled)

    def test_other_key(self, enrolled: Owner, keys: dict[str, Key]) -> None:
        """Another key signs for another device."""
        bearer = signed(enrolled, keys["other"])
        answer = enrolled.send("DELETE", account(enrolled), None, bearer)
        assert (401, "invalid_token") == refusal(answer)
        assert_unchanged(enrolled)

    def test_of_another_device(self, enrolled: Owner, make_owner: Callable[..., Owner]) -> None:
        """What opens one account opens no other."""
        other = make_owner(kind="EC").enroll()
        for bearer in (opaque(other), signed(other)):
            answer = enrolled.send("DELETE", account(enrolled), None, bearer)
            assert (401, "invalid_token") == refusal(answer)
        assert_unchanged(enrolled)

    def test_of_the_web_side(self, enrolled: Owner) -> None:
        """Tokens of logins open no device's account."""
        for token in (enrolled.access_token(), enrolled.mfa_token, "é"):
            answer = enrolled.send("DELETE", account(enrolled), None, f"Bearer {token}")
            assert (401, "invalid_token") == refusal(answer)
        assert_unchanged(enrolled)

    @pytest.mark.parametrize("authorization", ["", "Bearer", "Basic eDp5"])
    def test_none(self, enrolled: Owner, authorization: str) -> None:
        """Without a bearer nothing is done."""
        answer = enrolled.send("DELETE", account(enrolled), None, authorization)
        assert (401, "invalid_bearer_format") == refusal(answer)
        assert_unchanged(enrolled)


class TestChange:
    """`PATCH` of an account."""

    @pytest.mark.parametrize(
        "changes",
        [
            {"name": "Another name"},
            {"identifier": "vendor-uuid-2"},
            {"push_credentials": CREDENTIALS},
            {"name": "x", "identifier": "y", "push_credentials": CREDENTIALS},
            {},
        ],
    )
    def test_any(self, enrolled: Owner, changes: dict[str, object]) -> None:
        """What is sent is changed, the rest stays, and all of it is told."""
        answer = enrolled.send("PATCH", account(enrolled), changes, opaque(enrolled))
        before = {
            "id": enrolled.device_id,
            "identifier": enrolled.identifier,
            "name": "CI device",
            "push_credentials": {"service": "GCM", "token": "push-token"},
        }
        assert (200, {**before, **changes}) == (answer.status, answer.body)

    def test_name_is_listed(self, enrolled: Owner) -> None:
        """The list of authenticators shows the new name."""
        enrolled.send("PATCH", account(enrolled), {"name": "Another name"}, opaque(enrolled))
        assert "Another name" == enrolled.person.authenticators()[0]["name"]

    def test_identifier_signs(self, enrolled: Owner) -> None:
        """Answers to prompts go by the new identifier, not by the old one."""
        changes = {"identifier": "vendor-uuid-2"}
        enrolled.send("PATCH", account(enrolled), changes, opaque(enrolled))
        enrolled.challenge()
        assert (401, "invalid_challenge") == refusal(enrolled.resolve())
        assert 204 == enrolled.resolve(iss="vendor-uuid-2").status

    def test_prompts_go_by_the_new_service(self, enrolled: Owner) -> None:
        """A device that has moved to another service receives that one's form."""
        changes = {"push_credentials": CREDENTIALS}
        enrolled.send("PATCH", account(enrolled), changes, opaque(enrolled))
        enrolled.challenge()
        assert "aps" in enrolled.payloads()[-1]

    @pytest.mark.parametrize(
        "changes",
        [{"name": 7}, {"identifier": []}, {"push_credentials": {}}, {"push_credentials": "x"}, []],
    )
    def test_bad_body(self, enrolled: Owner, changes: object) -> None:
        """Nothing is changed by a body of which a part is wrong."""
        sent = {"name": "x", **changes} if isinstance(changes, dict) else changes
        answer = enrolled.send("PATCH", account(enrolled), sent, opaque(enrolled))
        assert (400, "invalid_body") == refusal(answer)
        assert_unchanged(enrolled)


class TestRemoval:
    """`DELETE` of an account."""

    @pytest.mark.parametrize("bearer", [opaque, signed])
    @pytest.mark.parametrize("mount", ["/appliance-mfa/api", "/api"])
    def test_pair(self, enrolled: Owner, bearer: Callable[..., str], mount: str) -> None:
        """Both authenticators go, and the recovery code with the last factor."""
        authorization = opaque(enrolled) if bearer is opaque else signed(enrolled, None, mount)
        answer = enrolled.send("DELETE", account(enrolled, mount), None, authorization)
        assert (204, None) == (answer.status, answer.body)
        assert [] == enrolled.person.authenticators()

    def test_twice(self, enrolled: Owner) -> None:
        """A device that is gone is not found."""
        enrolled.send("DELETE", account(enrolled), None, opaque(enrolled))
        answer = enrolled.send("DELETE", account(enrolled), None, opaque(enrolled))
        assert (404, "device_account_not_found") == refusal(answer)

    def test_one_time_passwords_end(self, enrolled: Owner) -> None:
        """The codes of a device that is gone log nobody in."""
        enrolled.send("DELETE", account(enrolled), None, opaque(enrolled))
        assert "error.not-enrolled" == enrolled.person.verify(enrolled.mfa_token).response_id

    def test_enrolling_again(self, enrolled: Owner) -> None:
        """The user may start from the beginning, as another device."""
        before = enrolled.device_id
        enrolled.send("DELETE", account(enrolled), None, opaque(enrolled))
        assert before != enrolled.enroll().device_id

    @pytest.mark.parametrize("identifier", ["dev_0123456789abcdef", "x", "dev_/x"])
    def test_unknown(self, enrolled: Owner, identifier: str) -> None:
        """A device that never was is not found."""
        path = f"{MOUNT}/device-accounts/{identifier}"
        answer = enrolled.send("DELETE", path, None, opaque(enrolled))
        assert (404, "device_account_not_found") == refusal(answer)

    def test_pending(self, tenant: Harness, owner: Owner) -> None:
        """A device that has yet to enroll has no account."""
        owner.associate()
        identifier = owner.person.authenticators()[0]["id"].partition("|")[2]
        path = f"{MOUNT}/device-accounts/{identifier}"
        assert (404, "device_account_not_found") == refusal(
            owner.send("DELETE", path, None, "Bearer x")
        )
        assert 3 == len(tenant.get("/mfa/authenticators", bearer=owner.mfa_token).body)


def assert_unchanged(owner: Owner) -> Reply:
    """The account still exists, under its first name and identifier."""
    answer = owner.send("PATCH", account(owner), {}, opaque(owner))
    told = answer.status, answer.body["name"], answer.body["identifier"]
    assert (200, "CI device", owner.identifier) == told
    return answer
