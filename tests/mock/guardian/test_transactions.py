"""Transaction tokens: what an answer is awaited under, and for how long."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.mock.guardian.conftest import RESOLVE, assert_changed_nothing, refusal

if TYPE_CHECKING:
    from tests.mock.conftest import Harness, Reply
    from tests.mock.guardian.conftest import Owner

BAD_CHALLENGE = (401, "invalid_challenge")
NOT_AWAITED = (404, "login_transaction_not_found")


class TestTransaction:
    """Transaction tokens, and what is over."""

    @pytest.mark.parametrize("authorization", ["", "Bearer", "Basic eDp5", 'Ticket id="x"'])
    def test_no_bearer(self, prompted: Owner, authorization: str) -> None:
        """The transaction token is the bearer."""
        assert (401, "invalid_bearer_format") == refusal(send(prompted, authorization))
        assert_changed_nothing(prompted)

    def test_unknown(self, prompted: Owner) -> None:
        """A token that was not sent to a device is refused."""
        assert (401, "invalid_token") == refusal(send(prompted, "Bearer invented"))

    def test_ticket(self, owner: Owner, prompted: Owner) -> None:
        """An enrollment ticket is no transaction token."""
        assert (401, "invalid_token") == refusal(send(prompted, f"Bearer {owner.ticket}"))

    @pytest.mark.parametrize("first", [True, False])
    @pytest.mark.parametrize("second", [True, False])
    def test_second_answer(self, prompted: Owner, *, first: bool, second: bool) -> None:
        """The first answer counts: none follows it, least of all approval after rejection."""
        prompted.resolve(auth0_guardian_accepted=first)
        answer = prompted.resolve(auth0_guardian_accepted=second)
        assert NOT_AWAITED == refusal(answer)
        assert (200 if first else 400) == prompted.poll().status

    def test_replayed(self, prompted: Owner) -> None:
        """The same answer once more, after it has logged in, does nothing."""
        response = prompted.key.sign(prompted.claims())
        prompted.resolve(response)
        prompted.poll()
        assert NOT_AWAITED == refusal(prompted.resolve(response))
        assert "error.malformed-oob-code" == prompted.poll().response_id

    def test_expired(self, tenant: Harness, prompted: Owner) -> None:
        """After five minutes nobody waits for the answer."""
        tenant.clock.now += 299
        assert BAD_CHALLENGE == refusal(prompted.resolve(sub="x"))
        tenant.clock.now += 1
        assert NOT_AWAITED == refusal(prompted.resolve())

    def test_expired_and_cleared_away(self, tenant: Harness, prompted: Owner) -> None:
        """What is over is forgotten when its user is prompted anew, and refused as unknown."""
        expired = prompted.prompt["txtkn"]
        tenant.clock.now += 300
        prompted.challenge()
        assert (401, "invalid_token") == refusal(send(prompted, f"Bearer {expired}"))
        assert_changed_nothing(prompted)

    def test_device_removed(self, prompted: Owner) -> None:
        """A device that is gone answers nothing."""
        path = f"/api/device-accounts/{prompted.device_id}"
        prompted.send("DELETE", path, None, f"Bearer {prompted.said['token']}")
        assert NOT_AWAITED == refusal(prompted.resolve())

    @pytest.mark.parametrize(
        "body", [{}, {"challenge_response": 7}, {"challenge_response": ""}, []]
    )
    def test_no_answer(self, prompted: Owner, body: object) -> None:
        """A body without an answer is refused as such."""
        bearer = f"Bearer {prompted.prompt['txtkn']}"
        assert (400, "invalid_body") == refusal(prompted.send("POST", RESOLVE, body, bearer))
        assert_changed_nothing(prompted)


def send(owner: Owner, authorization: str) -> Reply:
    """Send the right answer under any authorization."""
    body = {"challenge_response": owner.key.sign(owner.claims())}
    return owner.send("POST", RESOLVE, body, authorization)
