"""Messages that come late, twice, or after the next one was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pytest_auth0_mfa.delivery.inbox import Inbox
from pytest_auth0_mfa.delivery.mailslurp import MailSlurp
from pytest_auth0_mfa.delivery.waiting import Watch
from tests.delivery.conftest import FakeTime, ScriptedMailbox, sms
from tests.delivery.stand_in import KEY, StandIn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytest_auth0_mfa.api.recorder import Recorder
    from tests.conftest import Received, Reply

REST_S = 3.0


class TestUnread:
    """A message that was sent, and that nobody has read when the next is asked for."""

    def test_is_awaited_before_the_next(
        self, inbox: Inbox, mailbox: ScriptedMailbox, time: FakeTime
    ) -> None:
        """Otherwise its code would be taken for that of the next."""
        inbox.expect()
        mailbox.deliver(sms(1, "318604"), after_s=2)
        inbox.sent()
        inbox.expect()
        assert time.now >= 1002
        mailbox.deliver(sms(2, "774093"))
        inbox.sent()
        assert "774093" == inbox.wait_for_code()

    def test_is_not_awaited_for_ever(self, inbox: Inbox, time: FakeTime) -> None:
        """Some never come; then it is a few seconds, once."""
        inbox.expect()
        inbox.sent()
        inbox.expect()
        assert 1005 == pytest.approx(time.now)
        inbox.expect()
        assert 1005 == pytest.approx(time.now)

    def test_is_counted_as_waiting(self, inbox: Inbox, recorder: Recorder) -> None:
        """The report says what it cost."""
        inbox.expect()
        inbox.sent()
        inbox.mark()
        assert 5 == pytest.approx(recorder.spend.waited_s)

    def test_that_was_refused_is_not_awaited(self, inbox: Inbox, time: FakeTime) -> None:
        """Where the tenant sent nothing there is nothing to wait for."""
        inbox.expect()
        inbox.expect()
        assert [] == time.slept

    def test_where_messages_come_at_once(
        self, mailbox: ScriptedMailbox, recorder: Recorder, time: FakeTime
    ) -> None:
        """Nobody waits where a mock has delivered before it answers."""
        watch = Watch(lambda: time.now, time.sleep, grace=0, patience_s=0)
        inbox = Inbox(mailbox, "sms", recorder, watch=watch)
        inbox.expect()
        inbox.sent()
        inbox.expect()
        assert [] == time.slept


class TestCopies:
    """A message that comes twice."""

    def test_does_not_stand_for_the_next(self, inbox: Inbox, mailbox: ScriptedMailbox) -> None:
        """The code that is read is the new one, although the old one came again first."""
        inbox.expect()
        mailbox.deliver(sms(1, "318604"))
        inbox.sent()
        assert "318604" == inbox.wait_for_code()
        inbox.expect()
        mailbox.deliver(sms(2, "318604"))
        mailbox.deliver(sms(3, "774093"), after_s=1)
        inbox.sent()
        assert "774093" == inbox.wait_for_code()

    def test_is_no_news(self, inbox: Inbox, mailbox: ScriptedMailbox) -> None:
        """An inbox in which a copy arrives is quiet; one with another message is not."""
        mailbox.deliver(sms(1, "318604"))
        inbox.wait_for_code()
        mailbox.deliver(sms(2, "318604"))
        assert inbox.is_quiet()
        mailbox.deliver(sms(3, "774093"))
        assert not inbox.is_quiet()

    def test_what_is_due_is_no_news(self, inbox: Inbox, mailbox: ScriptedMailbox) -> None:
        """A message that was sent and comes late has not gone astray; one more has."""
        inbox.sent()
        mailbox.deliver(sms(1, "318604"))
        assert inbox.is_quiet()
        mailbox.deliver(sms(2, "774093"))
        assert not inbox.is_quiet()


class TestNumbers:
    """A phone number that several tests have, one after the other."""

    @pytest.fixture
    def resting(
        self,
        time: FakeTime,
        stand_in: StandIn,
        serve: Callable[[Callable[[Received], Reply]], str],
        recorder: Recorder,
    ) -> Iterator[MailSlurp]:
        """An account with two numbers, which rest."""
        stand_in.numbers = ["+12025550101", "+12025550102"]
        opened = MailSlurp(
            serve(stand_in.answer),
            KEY,
            ca_file=None,
            learn=recorder.redactor.learn,
            channels=("sms",),
            share=(0, 1),
            rest_s=REST_S,
            watch=time.watch(),
        )
        yield opened
        opened.close()

    def test_rests(self, resting: MailSlurp, time: FakeTime) -> None:
        """What comes late for one test reaches no other."""
        for _ in range(2):
            resting.open("sms", "x").close()  # type: ignore[attr-defined]
        assert [] == time.slept
        resting.open("sms", "x")
        assert [REST_S] == time.slept

    def test_that_rested_longest_comes_first(self, resting: MailSlurp) -> None:
        """Every number is used before one is used again."""
        used = []
        for _ in range(4):
            mailbox = resting.open("sms", "x")
            used.append(mailbox.address)
            mailbox.close()  # type: ignore[attr-defined]
        assert used[:2] == used[2:]
        assert 2 == len(set(used))
