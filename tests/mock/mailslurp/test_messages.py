"""Which messages an inbox or a number holds, and how they are read."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from pytest_auth0_mfa.mock.mailslurp import account as account_module
from pytest_auth0_mfa.mock.model import Factor

if TYPE_CHECKING:
    from tests.mock.conftest import Harness
    from tests.mock.mailslurp.conftest import Owner


class TestArrival:
    """Which messages an inbox or a number holds."""

    def test_own_messages_only(self, owner: Owner) -> None:
        """An inbox lists what was sent to its address, oldest first, and nothing else."""
        inbox, other = owner.inbox(), owner.inbox()
        sent = [owner.deliver(inbox["emailAddress"]) for _ in range(2)]
        owner.deliver(other["emailAddress"])
        owner.deliver("nobody@example.com")
        assert sent == owner.seen(inbox)

    def test_nothing_from_before(self, owner: Owner) -> None:
        """What was sent before an inbox existed is not in it."""
        owner.deliver("ada@example.com")
        inbox = owner.inbox(emailAddress="ada@example.com")
        assert [] == owner.seen(inbox)

    def test_tagged_address(self, owner: Owner) -> None:
        """Mail to `local+tag@domain` arrives at `local@domain` and shows where it was sent to."""
        inbox = owner.inbox(emailAddress="ada@example.com")
        message = owner.deliver("ada+one+two@example.com")
        assert ["ada+one+two@example.com"] == owner.get(f"/emails/{message}").body["to"]
        assert [message] == owner.seen(inbox)

    def test_inbox_whose_own_address_is_tagged(self, owner: Owner) -> None:
        """The exact address goes before the one without its tag."""
        plain = owner.inbox(emailAddress="ada@example.com")
        tagged = owner.inbox(emailAddress="ada+tag@example.com")
        message = owner.deliver("ada+tag@example.com")
        assert ([], [message]) == (owner.seen(plain), owner.seen(tagged))

    def test_both_channels_of_a_number(self, owner: Owner) -> None:
        """Text messages and calls show alike, in the order in which they came."""
        number = owner.number()
        owner.deliver(number["phoneNumber"], Factor.SMS, body="text")
        owner.deliver(number["phoneNumber"], Factor.VOICE, body="spoken")
        owner.deliver(owner.number(1)["phoneNumber"], Factor.SMS)
        listed = owner.get(f"/phone/numbers/{number['id']}/sms").body["content"]
        assert ["text", "spoken"] == [each["body"] for each in listed]
        assert number["phoneNumber"] == listed[0]["toNumber"]

    def test_oldest_messages_go(self, owner: Owner, monkeypatch: pytest.MonkeyPatch) -> None:
        """The account keeps the latest messages, whoever they are for."""
        monkeypatch.setattr(account_module, "_MESSAGES_KEPT", 2)
        inbox, number = owner.inbox(), owner.number()
        first = owner.deliver(number["phoneNumber"], Factor.SMS)
        later = [owner.deliver(inbox["emailAddress"]) for _ in range(2)]
        assert later == owner.seen(inbox)
        assert 404 == owner.get(f"/sms/{first}").status

    def test_reset(self, owner: Owner) -> None:
        """A reset drops inboxes and messages; key and phone numbers stay."""
        inbox, number, key = owner.inbox(), owner.number(), owner.key
        message = owner.deliver(number["phoneNumber"], Factor.SMS)
        assert 200 == owner.get(f"/sms/{message}").status
        owner.reset()
        assert (key, number) == (owner.key, owner.number())
        statuses = [owner.get(path).status for path in (f"/inboxes/{inbox['id']}", "/sms/m0")]
        assert [404, 404] == statuses
        later = owner.deliver(number["phoneNumber"], Factor.SMS)
        assert 200 == owner.get(f"/sms/{later}").status


class TestReading:
    """Read state, filters, order and deletion."""

    def test_opening_marks_as_read(self, owner: Owner) -> None:
        """An e-mail is unread until it is opened, however often it was listed."""
        inbox = owner.inbox()
        message = owner.deliver(inbox["emailAddress"], body="<p>1</p>", is_html=True)
        assert [message] == owner.seen(inbox, unreadOnly=True)
        assert [message] == owner.seen(inbox, unreadOnly=True)
        opened = owner.get(f"/emails/{message}").body
        assert ("<p>1</p>", True, True) == (opened["body"], opened["isHTML"], opened["read"])
        assert ([], [message]) == (owner.seen(inbox, unreadOnly=True), owner.seen(inbox))

    def test_opening_a_text_message_marks_it_as_read(self, owner: Owner) -> None:
        """So is a text message."""
        number = owner.number()
        path = f"/phone/numbers/{number['id']}/sms"
        message = owner.deliver(number["phoneNumber"], Factor.SMS)
        assert not owner.get(path, unreadOnly=True).body["content"][0]["read"]
        assert owner.get(f"/sms/{message}").body["read"]
        assert [] == owner.get(path, unreadOnly=True).body["content"]

    @pytest.mark.parametrize(
        ("since", "before", "expected"),
        [
            (None, None, [0, 1, 2]),
            ("2027-01-15T08:00:25Z", None, [1, 2]),
            ("2027-01-15T08:00:25.001Z", None, [2]),
            ("2027-01-15T08:00:25", None, [1, 2]),
            ("2027-01-15T09:00:25+01:00", None, [1, 2]),
            ("2027-01-15T09:00:25.001 01:00", None, [2]),
            (None, "2027-01-15T08:00:25Z", [0, 1]),
            (None, "2027-01-15T08:00:24.999Z", [0]),
            ("2027-01-15T08:00:20Z", "2027-01-15T08:00:30Z", [1]),
        ],
    )
    def test_moments(
        self,
        tenant: Harness,
        owner: Owner,
        since: str | None,
        before: str | None,
        expected: list[int],
    ) -> None:
        """Filters by moment include the moment; without a zone it is UTC."""
        inbox, sent = owner.inbox(), []
        for _ in range(3):
            sent.append(owner.deliver(inbox["emailAddress"]))
            tenant.clock.now += 10
        given_moments = {"since": since, "before": before}
        query = {name: moment for name, moment in given_moments.items() if moment}
        assert [sent[index] for index in expected] == owner.seen(inbox, **query)

    @pytest.mark.skipif(not hasattr(time, "tzset"), reason="this system's zone cannot be changed")
    def test_moments_do_not_depend_on_the_zone_of_the_machine(
        self, owner: Owner, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A moment without a zone is UTC wherever the mock runs."""
        inbox = owner.inbox()
        message = owner.deliver(inbox["emailAddress"])
        monkeypatch.setenv("TZ", "Asia/Tokyo")
        time.tzset()
        found = owner.seen(inbox, since="2027-01-15T08:00:15", before="2027-01-15T08:00:15")
        monkeypatch.undo()
        time.tzset()
        assert [message] == found

    def test_order_and_limit(self, owner: Owner) -> None:
        """The oldest come first unless wished otherwise; the limit applies after that."""
        inbox = owner.inbox()
        sent = [owner.deliver(inbox["emailAddress"]) for _ in range(3)]
        assert sent[:2] == owner.seen(inbox, limit=2)
        assert sent[:0:-1] == owner.seen(inbox, size=2, limit=3, sort="DESC")

    def test_pages_of_text_messages(self, owner: Owner) -> None:
        """Text messages come in pages, of which the last says so."""
        number = owner.number()
        sent = [owner.deliver(number["phoneNumber"], Factor.SMS) for _ in range(3)]
        path = f"/phone/numbers/{number['id']}/sms"
        first, second, past = (owner.get(path, size=2, page=n).body for n in range(3))
        assert sent == [each["id"] for page in (first, second, past) for each in page["content"]]
        assert [False, True, True] == [page["last"] for page in (first, second, past)]
        assert [True, False, False] == [page["first"] for page in (first, second, past)]

    def test_deleting_messages(self, owner: Owner) -> None:
        """A deleted message is gone from lists and waits; clearing deletes all."""
        inbox = owner.inbox()
        first, second = (owner.deliver(inbox["emailAddress"]) for _ in range(2))
        assert 204 == owner.ask("DELETE", f"/emails/{second}").status
        assert [first] == owner.seen(inbox)
        assert 404 == owner.ask("DELETE", f"/emails/{second}").status
        assert 204 == owner.ask("DELETE", f"/inboxes/{inbox['id']}/deleteAllInboxEmails").status
        assert [] == owner.seen(inbox)

    def test_deleting_a_text_message(self, owner: Owner) -> None:
        """A text message is deleted by its own path, and by that of e-mails it is not found."""
        number = owner.number()
        message = owner.deliver(number["phoneNumber"], Factor.SMS)
        statuses = [owner.ask("DELETE", f"/{kind}/{message}").status for kind in ("emails", "sms")]
        assert [404, 204] == statuses
        assert [] == owner.get(f"/phone/numbers/{number['id']}/sms").body["content"]
