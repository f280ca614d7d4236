"""The grant `mfa-oob` for devices: what a client that polls is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.mock.conftest import Harness, Reply
    from tests.mock.guardian.conftest import Owner

PENDING = (
    400,
    "authorization_pending",
    "Authorization pending: please repeat the request in a few seconds.",
)
REJECTED = (400, "access_denied", "MFA Authorization rejected.")


def refusal(answer: Reply) -> tuple[int, str, str]:
    """Return what a refusal says."""
    return answer.status, answer.body["error"], answer.body["error_description"]


class TestConfirmation:
    """Polling while a barcode waits to be scanned."""

    def test_before_the_scan(self, owner: Owner) -> None:
        """Nothing but patience is asked for."""
        owner.associate()
        assert PENDING == refusal(owner.poll())

    def test_after_the_scan(self, owner: Owner) -> None:
        """The scan logs the user in, once."""
        owner.associate()
        owner.scan()
        answer = owner.poll()
        fields = ["access_token", "id_token", "expires_in", "scope", "token_type"]
        assert (200, "token.oob", fields) == (answer.status, answer.response_id, list(answer.body))
        assert "error.malformed-oob-code" == owner.poll().response_id

    def test_binding_code_is_ignored(self, owner: Owner) -> None:
        """A client that sends one is not sent away."""
        owner.associate()
        assert PENDING == refusal(owner.poll(binding_code="123456"))
        owner.scan()
        assert 200 == owner.poll(binding_code="123456").status

    def test_with_an_access_token(self, enrolled: Owner) -> None:
        """A further device is confirmed with the token under which it was associated."""
        enrolled.associate(enrolled.access_token())
        assert PENDING == refusal(enrolled.poll())
        assert 200 == enrolled.scan().status
        assert 200 == enrolled.poll().status

    def test_window(self, tenant: Harness, owner: Owner) -> None:
        """After five minutes the oob_code is over."""
        owner.associate()
        tenant.clock.now += 299
        assert PENDING == refusal(owner.poll())
        tenant.clock.now += 1
        assert (403, "expired_token", "oob_code is expired") == refusal(owner.poll())


class TestLogin:
    """Polling while a prompt waits to be answered."""

    def test_unanswered(self, prompted: Owner) -> None:
        """The same answer as before a scan."""
        assert PENDING == refusal(prompted.poll())

    def test_allowed(self, prompted: Owner) -> None:
        """Tokens, once."""
        prompted.poll()
        prompted.resolve()
        answer = prompted.poll()
        assert (200, "token.oob") == (answer.status, answer.response_id)
        assert "error.malformed-oob-code" == prompted.poll().response_id

    def test_rejected(self, prompted: Owner) -> None:
        """No tokens, however often the client asks."""
        prompted.reject()
        assert [REJECTED] * 2 == [refusal(prompted.poll()) for _ in range(2)]

    def test_two_prompts(self, prompted: Owner) -> None:
        """Each oob_code is answered by its own prompt."""
        first = prompted.oob_code
        prompted.challenge()
        prompted.resolve()
        assert PENDING == refusal(prompted.poll(oob_code=first))
        assert 200 == prompted.poll().status

    @pytest.mark.parametrize("verdict", [True, False])
    def test_expired(self, tenant: Harness, prompted: Owner, verdict: object) -> None:
        """After five minutes no answer helps."""
        prompted.resolve(auth0_guardian_accepted=verdict)
        tenant.clock.now += 300
        assert "error.expired-oob-code" == prompted.poll().response_id

    def test_other_login(self, prompted: Owner) -> None:
        """An oob_code is good with the mfa_token of its own login."""
        prompted.resolve()
        answer = prompted.poll(mfa_token=prompted.person.mfa_token())
        assert "error.foreign-oob-code" == answer.response_id

    def test_device_removed_meanwhile(self, prompted: Owner) -> None:
        """What was allowed on a device that is gone logs nobody in."""
        prompted.resolve()
        path = f"/api/device-accounts/{prompted.device_id}"
        bearer = f"Bearer {prompted.said['token']}"
        assert 204 == prompted.send("DELETE", path, None, bearer).status
        assert "error.malformed-oob-code" == prompted.poll().response_id

    def test_wrong_codes_do_not_matter(self, enrolled: Owner) -> None:
        """Who has used up the tries with codes can still be prompted."""
        for _ in range(10):
            enrolled.person.verify(enrolled.mfa_token, otp="12345")
        enrolled.challenge()
        enrolled.resolve()
        assert 200 == enrolled.poll().status


class TestPace:
    """Twelve polls at once, and one more every five seconds, for each `oob_code`."""

    def test_too_fast(self, prompted: Owner) -> None:
        """The thirteenth poll is one too many, and is told when to come back."""
        assert [PENDING] * 12 == [refusal(prompted.poll()) for _ in range(12)]
        answer = prompted.poll()
        assert (429, "slow_down") == (answer.status, answer.body["error"])
        assert "5" == answer.headers["retry-after"]

    def test_too_fast_for_the_answer(self, tenant: Harness, prompted: Owner) -> None:
        """An answer that is there is not given to who is too fast, and given five seconds later."""
        exhaust(prompted)
        prompted.resolve()
        assert "error.slow-down" == prompted.poll().response_id
        tenant.clock.now += 4
        assert "error.slow-down" == prompted.poll().response_id
        tenant.clock.now += 1
        assert 200 == prompted.poll().status

    def test_one_comes_back_on_the_users_clock(self, tenant: Harness, prompted: Owner) -> None:
        """Time that moves for one user gives back one poll every five seconds."""
        exhaust(prompted)
        advance = {"advance_s": 5, "user_id": prompted.person.user_id}
        tenant.post("/__mock__/clock", advance)
        assert [400, 429] == [prompted.poll().status for _ in range(2)]

    def test_every_five_seconds_is_never_too_fast(self, tenant: Harness, prompted: Owner) -> None:
        """A client that keeps the pace polls until the prompt expires."""
        for _ in range(59):
            assert PENDING == refusal(prompted.poll())
            tenant.clock.now += 5

    def test_counted_for_each_oob_code(self, prompted: Owner) -> None:
        """The next prompt starts with all its polls."""
        exhaust(prompted)
        prompted.challenge()
        assert PENDING == refusal(prompted.poll())

    def test_while_a_barcode_waits(self, owner: Owner) -> None:
        """The limit holds before a scan too."""
        owner.associate()
        exhaust(owner)
        assert "error.slow-down" == owner.poll().response_id


def exhaust(owner: Owner) -> None:
    """Use up the polls of an `oob_code`."""
    for _ in range(12):
        owner.poll()


class TestCompanion:
    """The one-time passwords of the device."""

    def test_logs_in(self, enrolled: Owner) -> None:
        """The secret that the device was told gives codes that log in."""
        assert 200 == enrolled.person.verify(enrolled.mfa_token).status

    def test_can_be_challenged(self, enrolled: Owner) -> None:
        """It is an authenticator app as any other."""
        totp = enrolled.person.authenticators()[1]["id"]
        answer = enrolled.challenge(authenticator_id=totp, challenge_type="otp")
        assert "challenge.otp" == answer.response_id

    def test_of_another_device(self, make_owner: Callable[..., Owner], enrolled: Owner) -> None:
        """Each device has a secret of its own."""
        other = make_owner().enroll()
        code = other.person.code()
        assert (
            "error.invalid-otp" == enrolled.person.verify(enrolled.mfa_token, otp=code).response_id
        )
