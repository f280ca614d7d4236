"""MailSlurp as a provider: what is created, leased and given back."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from pytest_auth0_mfa.api.recorder import Recorder
from pytest_auth0_mfa.delivery.inbox import Inbox
from pytest_auth0_mfa.errors import Undelivered, Untestable
from tests.conftest import Reply
from tests.delivery.stand_in import KEY, StandIn, email, text

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_auth0_mfa.delivery.mailbox import Mailbox
    from pytest_auth0_mfa.delivery.mailslurp import MailSlurp


class TestEmail:
    """One inbox for each process, one tag for each test."""

    def test_one_inbox(self, mailslurp: MailSlurp, stand_in: StandIn) -> None:
        """Two tests share the inbox, and no address; it expires if nobody deletes it."""
        boxes = [mailslurp.open("email", name) for name in ("mfa-1", "mfa-2")]
        assert ["9f7b+mfa-1@mailslurp.example", "9f7b+mfa-2@mailslurp.example"] == [
            box.address for box in boxes
        ]
        (created,) = stand_in.asked("/inboxes/withOptions")
        assert 12 * 3600 * 1000 == json.loads(created.body)["expiresIn"]
        assert KEY == created.headers["x-api-key"]

    def test_long_name(self, mailslurp: MailSlurp) -> None:
        """A name for which a local part has no room is replaced by something as unique."""
        names = ("x" * 80 + "1", "x" * 80 + "2")
        locals_ = [mailslurp.open("email", name).address.partition("@")[0] for name in names]
        assert [64, 64] == [len(each) for each in locals_]
        assert locals_[0] != locals_[1]

    @pytest.mark.parametrize("address", ["no-address", f"{'x' * 60}@mailslurp.example"])
    def test_no_room_for_a_tag(self, mailslurp: MailSlurp, stand_in: StandIn, address: str) -> None:
        """An address that takes no tag would mix tests up, and is refused."""
        stand_in.failure = Reply(body={"id": "box", "emailAddress": address})
        with pytest.raises(Undelivered, match="no tag of 12 characters"):
            mailslurp.open("email", "mfa-1")

    def test_wait(self, mailslurp: MailSlurp, stand_in: StandIn) -> None:
        """A wait asks for what the address has unread, in milliseconds; HTML is known as such."""
        box = mailslurp.open("email", "mfa-1")
        stand_in.waiting = [email(1, box.address, "<b>code</b>", isHTML=True)]
        (message,) = box.messages(2.5)
        assert ("<b>code</b>", "", "s") == (message.html, message.text, message.subject)
        (asked,) = stand_in.asked("/waitForMatchingFirstEmail")
        assert {
            "timeout": ["2500"],
            "unreadOnly": ["True"],
            "inboxId": ["box"],
            "sort": ["DESC"],
        } == parse_qs(urlsplit(asked.path).query)
        match = {"field": "TO", "should": "CONTAIN", "value": box.address}
        assert {"matches": [match]} == json.loads(asked.body)

    def test_wait_is_cut(self, mailslurp: MailSlurp, stand_in: StandIn) -> None:
        """A wait of minutes is made of several, for proxies end long ones."""
        list(mailslurp.open("email", "mfa-1").messages(600))
        assert "timeout=30000" in stand_in.asked("/waitForMatchingFirstEmail")[0].path

    def test_nothing(self, mailslurp: MailSlurp) -> None:
        """A wait that ends with 408 found nothing."""
        assert [] == list(mailslurp.open("email", "mfa-1").messages(1))

    def test_list(self, mailslurp: MailSlurp, stand_in: StandIn) -> None:
        """Without a wait, only what is addressed to the test is opened."""
        box = mailslurp.open("email", "mfa-1")
        stand_in.previews = [email(1, box.address), email(2, "9f7b+mfa-2@mailslurp.example")]
        assert ["m1"] == [each.id for each in box.messages(0)]
        assert 1 == len(stand_in.asked("/emails/m1"))
        assert [] == stand_in.asked("/emails/m2")

    def test_older_than_seen(self, mailslurp: MailSlurp, stand_in: StandIn) -> None:
        """What is older than a message that was seen is not asked for again, by its address."""
        boxes = [mailslurp.open("email", name) for name in ("mfa-1", "mfa-2")]
        stand_in.waiting = [email(3, boxes[0].address)]
        for box in (boxes[0], boxes[0], boxes[1]):
            list(box.messages(1))
        asked = stand_in.asked("/waitForMatchingFirstEmail")
        since = [parse_qs(urlsplit(each.path).query).get("since") for each in asked]
        assert [None, ["2026-11-22T06:31:03.000Z"], None] == since

    def test_close(self, mailslurp: MailSlurp, stand_in: StandIn) -> None:
        """At the end of the run the inbox is deleted, once."""
        mailslurp.open("email", "mfa-1")
        mailslurp.close()
        mailslurp.close()
        assert ["DELETE"] == [each.method for each in stand_in.asked("/inboxes/box")]

    def test_close_of_a_failing_account(self, mailslurp: MailSlurp, stand_in: StandIn) -> None:
        """An inbox that cannot be deleted expires; the run ends well."""
        mailslurp.open("email", "mfa-1")
        stand_in.failure = Reply(500, "no")
        mailslurp.close()

    def test_close_of_what_was_not_used(self, mailslurp: MailSlurp, stand_in: StandIn) -> None:
        """A run that delivered nothing asks nothing."""
        mailslurp.close()
        assert [] == stand_in.received


class TestPhones:
    """Numbers are leased and given back."""

    def test_each_its_own(self, mailslurp: MailSlurp, stand_in: StandIn) -> None:
        """Two mailboxes that are open at the same time have two numbers."""
        stand_in.numbers = ["+12025550102", "+12025550101"]
        boxes: list[Mailbox] = [mailslurp.open("sms", "mfa-1"), mailslurp.open("sms", "mfa-2")]
        assert {"+12025550101", "+12025550102"} == {box.address for box in boxes}
        assert 1 == len(stand_in.asked("/phone/numbers"))

    def test_none_left(self, mailslurp: MailSlurp) -> None:
        """When all are taken, a further test is not possible, and is told why."""
        mailslurp.open("sms", "mfa-1")
        with pytest.raises(Untestable, match="all 1 phone numbers"):
            mailslurp.open("sms", "mfa-2")

    def test_given_back(self, mailslurp: MailSlurp) -> None:
        """A closed mailbox gives its number back."""
        Inbox(mailslurp.open("sms", "mfa-1"), "sms", Recorder()).close()
        assert "+12025550101" == mailslurp.open("sms", "mfa-2").address

    def test_share(self, connect: Callable[..., MailSlurp], stand_in: StandIn) -> None:
        """Each of several processes has numbers of its own, on however many pages they are."""
        stand_in.numbers = [f"+1202555{number:04}" for number in range(250)]
        shares = [connect(share=(index, 2)).open("sms", "mfa-1").address for index in (0, 1)]
        assert [0, 1] == [int(number) % 2 for number in shares]
        assert 6 == len(stand_in.asked("/phone/numbers"))

    def test_runs_at_the_same_time(
        self, connect: Callable[..., MailSlurp], stand_in: StandIn
    ) -> None:
        """Runs that know nothing of each other do not all begin with the same number."""
        stand_in.numbers = [f"+1202555{number:04}" for number in range(100)]
        begun = {connect().open("sms", "mfa-1").address for _ in range(8)}
        assert len(begun) > 1

    def test_too_many_processes(self, connect: Callable[..., MailSlurp]) -> None:
        """A process for which there is no number says how many there are."""
        with pytest.raises(Untestable, match=r"has 1 phone number.* for 3 workers"):
            connect(share=(2, 3)).open("sms", "mfa-1")

    def test_messages(self, mailslurp: MailSlurp, stand_in: StandIn) -> None:
        """Messages are listed without a wait, and waited for as e-mails are."""
        box = mailslurp.open("sms", "mfa-1")
        stand_in.texts = [text(1, "code 318604")]
        assert ["code 318604"] == [each.text for each in box.messages(0)]
        stand_in.waiting = [text(2, "code 774093")]
        assert ["code 774093"] == [each.text for each in box.messages(1)]
        assert {
            "phoneNumberId": "id+12025550101",
            "timeout": 1000,
            "unreadOnly": True,
            "since": "2026-11-22T06:31:01.000Z",
        } == json.loads(stand_in.asked("/waitForLatestSms")[0].body)

    def test_voice(self, mailslurp: MailSlurp) -> None:
        """An account that answers no calls says so, and names the way out."""
        with pytest.raises(
            Untestable, match=r"sms, email here and not 'voice'.*pytest_auth0_inbox"
        ):
            mailslurp.open("voice", "mfa-1")


def test_import_is_light() -> None:
    """The client, which takes long to import, is not imported before a mailbox is opened."""
    script = (
        "import sys; from pytest_auth0_mfa.delivery.mailslurp import MailSlurp; "
        "MailSlurp(None, 'k', ca_file=None, learn=lambda v, k: v, channels=(), share=(0, 1)); "
        "print('mailslurp_client' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert "False" == run.stdout.strip()
