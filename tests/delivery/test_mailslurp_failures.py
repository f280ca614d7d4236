"""How failures of MailSlurp are told: with their remedy, and without the key."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest

from pytest_auth0_mfa.errors import Undelivered
from tests.conftest import Reply
from tests.delivery.stand_in import KEY, StandIn

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_auth0_mfa.api.recorder import Recorder
    from pytest_auth0_mfa.delivery.mailslurp import MailSlurp


class TestFailures:
    """What goes wrong is told with its remedy, and without the key."""

    @pytest.mark.parametrize(
        ("status", "remedy"),
        [
            (401, "set MAILSLURP_API_KEY"),
            (402, "plan"),
            (403, "MAILSLURP_API_KEY"),
            (404, "MAILSLURP_URL"),
            (408, "try again later"),
            (429, "quota or rate"),
            (500, "try again later"),
        ],
    )
    def test_status(
        self, mailslurp: MailSlurp, stand_in: StandIn, status: int, remedy: str
    ) -> None:
        """Each refusal has its remedy; neither key nor body of the answer is shown."""
        stand_in.failure = Reply(status, {"message": f"bad key {KEY}"})
        with pytest.raises(Undelivered, match=remedy) as raised:
            mailslurp.open("email", "mfa-1")
        assert f"answered {status}" in str(raised.value)
        assert KEY not in str(raised.value)
        assert (None, None) == (raised.value.__cause__, raised.value.__context__)

    def test_no_json(self, mailslurp: MailSlurp, stand_in: StandIn) -> None:
        """Something else that answers there is recognized."""
        stand_in.failure = Reply(200, "<html>")
        with pytest.raises(Undelivered, match="no JSON; see whether MAILSLURP_URL"):
            mailslurp.open("email", "mfa-1")

    def test_other_json(self, mailslurp: MailSlurp, stand_in: StandIn) -> None:
        """So is JSON of another form."""
        stand_in.failure = Reply(200, [1])
        with pytest.raises(Undelivered, match="list where a JSON object was expected"):
            mailslurp.open("email", "mfa-1")

    def test_not_text(self, mailslurp: MailSlurp, stand_in: StandIn) -> None:
        """A refusal that is no text does not confuse."""
        stand_in.failure = Reply(429, b"\xff\xfe")
        with pytest.raises(Undelivered, match="answered 429"):
            mailslurp.open("email", "mfa-1")

    def test_nobody_there(self, connect: Callable[..., MailSlurp], silent_url: str) -> None:
        """Where nobody answers, the network is named."""
        with pytest.raises(Undelivered, match=r"no answer \(\w+\); see the network"):
            connect(url=silent_url).open("email", "mfa-1")

    def test_logging_is_left_alone(self, mailslurp: MailSlurp) -> None:
        """The client, which silences urllib3 for everyone, is not let."""
        logging.getLogger("urllib3").setLevel(logging.DEBUG)
        mailslurp.open("email", "mfa-1")
        level = logging.getLogger("urllib3").level
        logging.getLogger("urllib3").setLevel(logging.NOTSET)
        assert logging.DEBUG == level

    def test_key_is_learned(self, mailslurp: MailSlurp, recorder: Recorder) -> None:
        """The key is a secret from the beginning."""
        assert KEY not in recorder.redactor.scrub(f"{mailslurp}: {KEY}")


class TestPassing:
    """What may pass is asked for again, within bounds."""

    @pytest.mark.parametrize("status", [429, 502, 503, 504])
    def test_list_is_asked_for_again(
        self, mailslurp: MailSlurp, stand_in: StandIn, status: int
    ) -> None:
        """A busy service is asked four times, then the last answer is told."""
        stand_in.failure = Reply(status, "busy")
        with pytest.raises(Undelivered, match=f"answered {status}"):
            mailslurp.open("sms", "mfa-1")
        assert 4 == len(stand_in.asked("/phone/numbers"))

    def test_refusal_is_final(self, mailslurp: MailSlurp, stand_in: StandIn) -> None:
        """A wrong key does not get right."""
        stand_in.failure = Reply(401, "no")
        with pytest.raises(Undelivered, match="answered 401"):
            mailslurp.open("sms", "mfa-1")
        assert 1 == len(stand_in.asked("/phone/numbers"))

    @pytest.mark.parametrize("channel", ["sms", "email"])
    def test_lost_wait(self, mailslurp: MailSlurp, stand_in: StandIn, channel: str) -> None:
        """A message that a lost answer has opened is found in the list, and waits go on."""
        mailbox = mailslurp.open(channel, "mfa-1")
        to = [mailbox.address]
        stand_in.previews = [{"id": "m1", "to": to, "body": "318604", "subject": "s"}]
        stand_in.texts = [{"id": "m1", "body": "318604"}]
        stand_in.lost = True
        assert ["m1"] == [each.id for each in mailbox.messages(5)]
        assert 1 == sum("/wait" in each.path for each in stand_in.received)
