"""The grant `mfa-oob`: codes that were delivered, and every way in which one is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.mock.conftest import Harness, Recipient, Reply

EXTENSION = "http://auth0.com/oauth/grant-type/"


def refusal(answer: Reply) -> tuple[int, str, str]:
    """Return what a refusal says."""
    return answer.status, answer.body["error"], answer.body["error_description"]


@pytest.fixture
def challenged(recipient: Recipient) -> Recipient:
    """Return an enrolled user who has just been sent a code."""
    recipient.enroll().challenge()
    return recipient


class TestRightCode:
    """What logs in."""

    def test_token_set(self, challenged: Recipient) -> None:
        """The tokens are those of any login."""
        answer = challenged.verify()
        fields = ["access_token", "id_token", "expires_in", "scope", "token_type"]
        assert (200, "token.oob", fields) == (answer.status, answer.response_id, list(answer.body))

    def test_json_body(self, tenant: Harness, challenged: Recipient) -> None:
        """JSON is read as well as a form, and a needless bearer is ignored."""
        body = {
            "grant_type": f"{EXTENSION}mfa-oob",
            "mfa_token": challenged.mfa_token,
            "oob_code": challenged.oob_code,
            "binding_code": challenged.code(),
            **tenant.client,
        }
        assert tenant.post("/oauth/token", body, bearer="whatever").status == 200

    def test_after_a_wrong_one(self, challenged: Recipient) -> None:
        """A wrong code leaves mfa_token and oob_code good."""
        answers = [challenged.verify(binding_code="letter"), challenged.verify()]
        assert [403, 200] == [answer.status for answer in answers]

    def test_earlier_challenge_stays_good(self, challenged: Recipient) -> None:
        """A later message does not make an earlier one useless."""
        oob_code, code = challenged.oob_code, challenged.code()
        challenged.challenge()
        assert challenged.verify(oob_code=oob_code, binding_code=code).status == 200
        assert challenged.verify().status == 200

    def test_until_it_expires(self, tenant: Harness, challenged: Recipient) -> None:
        """A second before five minutes are over, the code logs in."""
        tenant.clock.now += 299
        assert challenged.verify().status == 200


class TestBindingCode:
    """Codes that are refused as codes."""

    WRONG = (403, "invalid_grant", "Invalid binding_code.")

    @pytest.mark.parametrize("code", ["letter", "12345", "1234567", "12 345", "١٢٣٤٥٦", "-12345"])
    def test_malformed(self, challenged: Recipient, code: str) -> None:
        """What cannot be a code is a wrong code."""
        assert self.WRONG == refusal(challenged.verify(binding_code=code))

    def test_wrong(self, challenged: Recipient) -> None:
        """Another code of six digits is wrong."""
        code = f"{(int(challenged.code()) + 1) % 1_000_000:06d}"
        assert self.WRONG == refusal(challenged.verify(binding_code=code))

    def test_used(self, challenged: Recipient) -> None:
        """A code works once."""
        assert challenged.verify().status == 200
        assert self.WRONG == refusal(challenged.verify())

    def test_code_that_confirmed(self, recipient: Recipient) -> None:
        """The confirming code does not log in again."""
        recipient.associate()
        assert recipient.verify().status == 200
        assert self.WRONG == refusal(recipient.verify())

    def test_of_another_user(self, tenant: Harness, challenged: Recipient) -> None:
        """Another user's code does not work."""
        other = tenant.recipient(challenged.channel)
        other.associate()
        assert self.WRONG == refusal(challenged.verify(binding_code=other.code()))

    def test_of_another_challenge(self, challenged: Recipient) -> None:
        """A code goes with the oob_code of its own challenge."""
        code = challenged.code()
        challenged.challenge()
        assert self.WRONG == refusal(challenged.verify(binding_code=code))

    @pytest.mark.parametrize("code", [None, ""])
    def test_missing(self, challenged: Recipient, code: str | None) -> None:
        """A missing code is told apart from a wrong one."""
        expected = (400, "invalid_request", "Missing required parameter: binding_code")
        assert expected == refusal(challenged.verify(binding_code=code))

    def test_used_codes_are_forgotten_once_expired(
        self, tenant: Harness, challenged: Recipient
    ) -> None:
        """What is remembered of used codes does not grow with use."""
        user = tenant.engine.tenant.users[challenged.person.user_id]
        for _ in range(3):
            assert challenged.verify().status == 200
            tenant.clock.now += 3600
            challenged.login()
            challenged.challenge()
        assert 1 == len(user.sent_codes.used_codes)


class TestOobCode:
    """oob_codes that are refused, whatever the code."""

    def test_missing(self, challenged: Recipient) -> None:
        """Without oob_code nobody knows which code is meant."""
        expected = (400, "invalid_request", "Missing required parameter: oob_code")
        assert expected == refusal(challenged.verify(oob_code=None))

    @pytest.mark.parametrize("change", [lambda _: "invented", lambda text: text[:-1] + "!"])
    def test_malformed(self, challenged: Recipient, change: Callable[[str], str]) -> None:
        """One that was invented or changed is malformed."""
        answer = challenged.verify(oob_code=change(challenged.oob_code))
        assert (403, "invalid_grant", "Malformed oob_code") == refusal(answer)

    def test_mfa_token_is_none(self, challenged: Recipient) -> None:
        """An mfa_token is sealed too, but for another purpose."""
        answer = challenged.verify(oob_code=challenged.mfa_token)
        assert answer.response_id == "error.malformed-oob-code"

    def test_expired(self, tenant: Harness, challenged: Recipient) -> None:
        """After five minutes it is over, though the mfa_token is not."""
        tenant.clock.now += 300
        assert (403, "expired_token", "oob_code is expired") == refusal(challenged.verify())
        challenged.challenge()
        assert challenged.verify().status == 200

    def test_of_another_login(self, challenged: Recipient) -> None:
        """It is good with the mfa_token under which it was given."""
        challenged.login()
        expected = (400, "invalid_request", "The oob_code doesn't match the mfa_token")
        assert expected == refusal(challenged.verify())

    def test_of_another_user(self, tenant: Harness, challenged: Recipient) -> None:
        """Another user's is refused for the same reason."""
        other = tenant.recipient(challenged.channel).enroll()
        other.challenge()
        answer = challenged.verify(oob_code=other.oob_code, binding_code=other.code())
        assert answer.response_id == "error.foreign-oob-code"

    def test_of_a_forgotten_user(self, tenant: Harness, challenged: Recipient) -> None:
        """After a reset old oob_codes mean nothing."""
        tenant.post("/__mock__/reset")
        fresh = tenant.recipient("sms")
        fresh.associate()
        answer = fresh.verify(oob_code=challenged.oob_code)
        assert answer.response_id == "error.malformed-oob-code"


class TestMfaToken:
    """mfa_tokens that are refused before the oob_code is looked at."""

    @pytest.mark.parametrize(
        ("token", "response_id"),
        [(None, "error.missing-parameter"), ("invented", "error.malformed-mfa-token")],
    )
    def test_unusable(self, challenged: Recipient, token: str | None, response_id: str) -> None:
        """Missing and malformed ones are told apart."""
        answer = challenged.verify(mfa_token=token, oob_code="invented")
        assert response_id == answer.response_id

    def test_expired(self, tenant: Harness, challenged: Recipient) -> None:
        """An expired mfa_token is named rather than the oob_code that expired before it."""
        tenant.clock.now += 600
        assert challenged.verify().response_id == "error.expired-mfa-token"

    def test_of_another_client(self, tenant: Harness, challenged: Recipient) -> None:
        """An mfa_token is good for the client that it was issued to."""
        public = str(tenant.info["public_client_id"])
        answer = challenged.verify(client_id=public, client_secret=None)
        assert (400, "error.foreign-mfa-token") == (answer.status, answer.response_id)

    def test_grant_that_the_client_lacks(self, tenant: Harness, challenged: Recipient) -> None:
        """The grant must be enabled on the client."""
        answer = challenged.verify(**tenant.info["management"])
        assert (403, "error.unauthorized-client") == (answer.status, answer.response_id)

    def test_grant_is_announced(self, tenant: Harness) -> None:
        """Discovery names the grant."""
        supported = tenant.get("/.well-known/openid-configuration").body["grant_types_supported"]
        assert f"{EXTENSION}mfa-oob" in supported
