"""Enrolling, listing, confirming and deleting authenticators."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, quote, urlsplit

import pytest

if TYPE_CHECKING:
    from tests.mock.conftest import Harness, Person

LIST = "/mfa/authenticators"


class TestAssociation:
    """`POST /mfa/associate`."""

    def test_fields_of_the_first_association(self, user: Person) -> None:
        """The secret comes as text and as barcode, and one recovery code with it."""
        body = user.associate().body
        fields = ["authenticator_type", "secret", "barcode_uri", "recovery_codes"]
        assert fields == list(body)
        assert re.fullmatch(r"[A-Z2-7]{32}", body["secret"])
        assert [user.recovery_code] == body["recovery_codes"]
        assert re.fullmatch(r"[1-9A-HJ-NP-Z]{24}", user.recovery_code)

    def test_barcode(self, user: Person) -> None:
        """The barcode holds the same secret, in the spelling recorded from real tenants."""
        body = user.associate().body
        uri = urlsplit(body["barcode_uri"])
        assert uri.path == f"/Mock%20Tenant:{quote(user.email, safe='')}"
        expected = {
            "secret": [body["secret"]],
            "issuer": ["Mock Tenant"],
            "algorithm": ["SHA1"],
            "digits": ["6"],
            "period": ["30"],
        }
        assert expected == parse_qs(uri.query)

    def test_second_association_has_no_recovery_code(self, user: Person) -> None:
        """One token associates twice; only the first answer has a recovery code."""
        token = user.mfa_token()
        first, second = user.associate(token).body, user.associate(token).body
        assert "recovery_codes" not in second
        assert first["secret"] != second["secret"]

    def test_confirmed_factor_blocks_the_mfa_token(self, tenant: Harness, user: Person) -> None:
        """A stolen password cannot add a factor of its own."""
        user.enroll()
        body = {"authenticator_types": ["otp"]}
        answer = tenant.post("/mfa/associate", body, bearer=user.mfa_token())
        assert (answer.status, answer.response_id) == (403, "error.already-enrolled")

    @pytest.mark.parametrize(
        "types", [None, "otp", [], ["carrier-pigeon"], ["otp", "otp"], {}, [1], 7]
    )
    def test_unusable_types(self, tenant: Harness, user: Person, types: object) -> None:
        """Anything but the list of one known type is a bad request."""
        body = {"authenticator_types": types}
        answer = tenant.post("/mfa/associate", body, bearer=user.mfa_token())
        assert (answer.status, answer.response_id) == (400, "error.invalid-enrollment")

    def test_disabled_factor(self, tenant: Harness, user: Person) -> None:
        """A factor that is switched off cannot be enrolled."""
        tenant.post("/__mock__/factors/otp", {"enabled": False})
        body = {"authenticator_types": ["otp"]}
        assert tenant.post("/mfa/associate", body, bearer=user.mfa_token()).status == 400

    def test_disabled_recovery_codes(self, tenant: Harness, user: Person) -> None:
        """With recovery codes off, an association comes without one."""
        tenant.post("/__mock__/factors/recovery-code", {"enabled": False})
        assert "recovery_codes" not in user.associate().body

    def test_client_credentials_are_checked_when_sent(self, tenant: Harness, user: Person) -> None:
        """They are optional, but wrong ones are refused."""
        body = {"authenticator_types": ["otp"], **tenant.client}
        token = user.mfa_token()
        assert tenant.post("/mfa/associate", body, bearer=token).status == 200
        wrong = {**body, "client_secret": "wrong"}
        assert tenant.post("/mfa/associate", wrong, bearer=token).status == 401

    def test_access_token_needs_the_scope(self, tenant: Harness, user: Person) -> None:
        """An access token without enroll does not enroll."""
        token = user.access_token(scope="read:authenticators")
        body = {"authenticator_types": ["otp"]}
        answer = tenant.post("/mfa/associate", body, bearer=token)
        assert (answer.status, answer.body["error"]) == (403, "insufficient_scope")


class TestConfirmation:
    """The first right code."""

    def test_everything_turns_active(self, user: Person) -> None:
        """The factor and the recovery code are pending before, active after, with the same ids."""
        user.associate()
        before = user.authenticators()
        assert user.verify().status == 200
        after = user.authenticators()
        assert [False, False] == [each["active"] for each in before]
        assert [{**each, "active": True} for each in before] == after

    def test_listed_fields(self, user: Person) -> None:
        """An item has id, type and state; the id's prefix is totp although the type is otp."""
        user.associate()
        otp, recovery_code = user.authenticators()
        assert re.fullmatch(r"totp\|dev_[A-Za-z0-9]{16}", otp.pop("id"))
        assert {"authenticator_type": "otp", "active": False} == otp
        assert re.fullmatch(r"recovery-code\|dev_[A-Za-z0-9]{16}", recovery_code.pop("id"))
        assert {"authenticator_type": "recovery-code", "active": False} == recovery_code

    def test_wrong_code_confirms_nothing(self, user: Person) -> None:
        """After a wrong code everything is still pending."""
        user.associate()
        assert user.verify(otp="12345").status == 403
        assert not any(each["active"] for each in user.authenticators())

    def test_nothing_enrolled(self, user: Person) -> None:
        """A code of a user who has no device."""
        user.secret = "A" * 32
        answer = user.verify()
        assert (answer.status, answer.body["error"]) == (401, "unsupported_challenge_type")

    def test_user_without_authenticators_has_an_empty_list(self, user: Person) -> None:
        """The list is an empty array."""
        assert user.authenticators() == []

    def test_others_are_not_listed(self, tenant: Harness, user: Person) -> None:
        """A user sees their own authenticators only."""
        tenant.person().enroll()
        assert user.authenticators() == []


class TestDeletion:
    """`DELETE /mfa/authenticators/{id}`."""

    def test_last_factor(self, tenant: Harness, user: Person) -> None:
        """It is gone with its recovery code, and the user may enroll from the start."""
        user.enroll()
        answer = tenant.delete(f"{LIST}/{factor_id(user)}", bearer=user.access_token())
        assert (answer.status, answer.body) == (204, None)
        assert user.authenticators() == []
        assert user.verify().response_id == "error.not-enrolled"
        assert "recovery_codes" in user.associate().body

    def test_pending_factor(self, tenant: Harness, user: Person) -> None:
        """What was never confirmed can be deleted; the recovery code stays."""
        user.associate()
        path = f"{LIST}/{factor_id(user)}"
        assert tenant.delete(path, bearer=user.access_token()).status == 204
        assert ["recovery-code"] == [each["authenticator_type"] for each in user.authenticators()]

    def test_twice(self, tenant: Harness, user: Person) -> None:
        """What is gone is not found."""
        user.associate()
        path, token = f"{LIST}/{factor_id(user)}", user.access_token()
        assert [204, 404] == [tenant.delete(path, bearer=token).status for _ in range(2)]

    def test_foreign_factor(self, tenant: Harness, user: Person) -> None:
        """Another user's is not found, and stays."""
        other = tenant.person().enroll()
        path = f"{LIST}/{factor_id(other)}"
        assert tenant.delete(path, bearer=user.access_token()).status == 404
        assert other.verify().status == 200

    def test_recovery_code(self, tenant: Harness, user: Person) -> None:
        """Recovery codes cannot be deleted through this API."""
        user.associate()
        path = f"{LIST}/{user.authenticators()[1]['id']}"
        assert tenant.delete(path, bearer=user.access_token()).status == 404

    def test_mfa_token_is_not_enough(self, tenant: Harness, user: Person) -> None:
        """Deleting takes an access token."""
        user.associate()
        answer = tenant.delete(f"{LIST}/{factor_id(user)}", bearer=user.mfa_token())
        assert (answer.status, answer.response_id) == (403, "error.insufficient-scope")

    def test_scope_is_needed(self, tenant: Harness, user: Person) -> None:
        """So is the scope for it."""
        user.associate()
        path = f"{LIST}/{factor_id(user)}"
        assert tenant.delete(path, bearer=user.access_token(scope="enroll")).status == 403


class TestBearers:
    """What is refused as a bearer, wherever one is needed."""

    CALLS = (("POST", "/mfa/associate"), ("GET", LIST), ("DELETE", f"{LIST}/totp|dev_0"))

    @pytest.mark.parametrize(("method", "path"), CALLS)
    @pytest.mark.parametrize(
        ("header", "response_id"),
        [
            ("", "error.missing-bearer"),
            ("Bearer", "error.missing-bearer"),
            ("Basic eDp5", "error.missing-bearer"),
            ("Bearer invented", "error.invalid-bearer"),
            ("Bearer a.b.c", "error.invalid-bearer"),
            ("Bearer Fe26.2*a*b*c*d*e*f*g", "error.invalid-bearer"),
        ],
    )
    def test_unusable_bearer(
        self, tenant: Harness, method: str, path: str, header: str, response_id: str
    ) -> None:
        """The answer is 401, with the text that clients know."""
        answer = tenant.request(method, path, headers={"authorization": header})
        assert (answer.status, answer.response_id) == (401, response_id)
        assert answer.body["error"] == "invalid_grant"

    @pytest.mark.parametrize(("method", "path"), CALLS)
    def test_expired_bearer(self, tenant: Harness, user: Person, method: str, path: str) -> None:
        """Ten minutes after the login the token is over."""
        tokens = [user.mfa_token(), user.access_token()]
        tenant.clock.now += 600
        headers = [{"authorization": f"Bearer {token}"} for token in tokens]
        answers = [tenant.request(method, path, headers=each) for each in headers]
        assert ["error.expired-bearer"] * 2 == [answer.response_id for answer in answers]

    def test_token_lives_until_then(self, tenant: Harness, user: Person) -> None:
        """A second before, the token is good."""
        token = user.mfa_token()
        tenant.clock.now += 599
        assert tenant.get(LIST, bearer=token).status == 200

    def test_access_token_for_an_api_is_no_bearer(self, tenant: Harness, user: Person) -> None:
        """A token for another audience does not open the MFA API."""
        user.enroll()
        token = user.mfa_token(audience=str(tenant.info["audience"]))
        access_token = user.verify(token).body["access_token"]
        assert tenant.get(LIST, bearer=access_token).response_id == "error.invalid-bearer"


def factor_id(user: Person) -> str:
    """Return the id of the user's first factor."""
    return str(user.authenticators()[0]["id"])
