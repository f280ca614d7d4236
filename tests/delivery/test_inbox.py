"""Which message an inbox takes for the one that is waited for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from pytest_auth0_mfa.api.secret import Secret
from pytest_auth0_mfa.delivery.inbox import Inbox
from pytest_auth0_mfa.errors import SettingsError, Undelivered
from tests.delivery.conftest import ADDRESS, ScriptedMailbox, sms

if TYPE_CHECKING:
    from pytest_auth0_mfa.api.recorder import Recorder
    from tests.delivery.conftest import FakeTime


class TestArrival:
    """Whether anything comes, whatever it says."""

    def test_receives(self, inbox: Inbox, mailbox: ScriptedMailbox) -> None:
        """A message that comes in time is received once."""
        mailbox.deliver(sms(1), after_s=3)
        assert [True, False] == [inbox.receives(5), inbox.receives(5)]

    def test_quiet(self, inbox: Inbox, mailbox: ScriptedMailbox, time: FakeTime) -> None:
        """A look costs no time; what it sees is out of date afterwards."""
        assert inbox.is_quiet()
        mailbox.deliver(sms(1, "318604"))
        assert [False, True] == [inbox.is_quiet(), inbox.is_quiet()]
        assert [] == time.slept
        with pytest.raises(Undelivered):
            inbox.wait_for_code(1)


class TestNewMessages:
    """Only what is new, for this address, and not read before counts."""

    def test_code(self, inbox: Inbox, mailbox: ScriptedMailbox, recorder: Recorder) -> None:
        """The code is a secret that the redactor knows."""
        mailbox.deliver(sms(1, "318604"))
        code = inbox.wait_for_code()
        assert "318604" == code
        assert isinstance(code, Secret)
        assert "binding_code" == code.kind
        assert "binding_code" in recorder.redactor.scrub("got 318604")

    def test_what_was_there_before(
        self, mailbox: ScriptedMailbox, recorder: Recorder, time: FakeTime
    ) -> None:
        """A message of an earlier test is out of date."""
        mailbox.deliver(sms(1, "318604"))
        inbox = Inbox(mailbox, "sms", recorder, watch=time.watch())
        mailbox.deliver(sms(2, "774093"))
        assert "774093" == inbox.wait_for_code()

    def test_fresh_mailbox(
        self, mailbox: ScriptedMailbox, recorder: Recorder, time: FakeTime
    ) -> None:
        """A mailbox that says it is fresh is not looked into before the first wait."""
        mailbox.fresh = True  # type: ignore[attr-defined]
        Inbox(mailbox, "sms", recorder, watch=time.watch())
        assert [] == mailbox.asked

    def test_never_twice(self, inbox: Inbox, mailbox: ScriptedMailbox) -> None:
        """A mailbox that keeps its messages does not bring one again."""
        mailbox.deliver(sms(1, "318604"))
        inbox.wait_for_code()
        with pytest.raises(Undelivered, match="what did arrive: nothing"):
            inbox.wait_for_code(1)

    def test_duplicate(self, inbox: Inbox, mailbox: ScriptedMailbox) -> None:
        """A message that a carrier delivers twice brings no second code."""
        mailbox.deliver(sms(1, "318604"))
        inbox.wait_for_code()
        mailbox.deliver(sms(2, "318604"))
        mailbox.deliver(sms(3, "774093"), after_s=3)
        assert "774093" == inbox.wait_for_code()

    def test_late_duplicate(self, inbox: Inbox, mailbox: ScriptedMailbox) -> None:
        """A duplicate that comes after the next message was announced gives way to that one."""
        mailbox.deliver(sms(1, "318604"))
        inbox.expect()
        inbox.wait_for_code()
        inbox.expect()
        mailbox.deliver(sms(2, "318604"), after_s=1)
        mailbox.deliver(sms(3, "774093"), after_s=3)
        assert "774093" == inbox.wait_for_code()

    def test_same_code_again(self, inbox: Inbox, mailbox: ScriptedMailbox, time: FakeTime) -> None:
        """A tenant that repeats itself is believed after a while, if a message was announced."""
        mailbox.deliver(sms(1, "318604"))
        inbox.wait_for_code()
        inbox.mark()
        began = time.now
        mailbox.deliver(sms(2, "318604"))
        assert "318604" == inbox.wait_for_code(20)
        assert 2 == pytest.approx(time.now - began)

    def test_same_code_at_once(
        self, mailbox: ScriptedMailbox, recorder: Recorder, time: FakeTime
    ) -> None:
        """Where messages are there before the answer, nobody waits for a better one."""
        inbox = Inbox(mailbox, "sms", recorder, watch=replace(time.watch(), grace=0))
        mailbox.deliver(sms(1, "318604"))
        inbox.wait_for_code()
        inbox.mark()
        mailbox.deliver(sms(2, "318604"))
        assert "318604" == inbox.wait_for_code(20)
        assert [] == time.slept

    def test_without_code(self, inbox: Inbox, mailbox: ScriptedMailbox) -> None:
        """A message without a code is passed over."""
        mailbox.deliver(sms(1))
        mailbox.deliver(sms(2, "774093"), after_s=1)
        assert "774093" == inbox.wait_for_code()

    @pytest.mark.parametrize(
        ("to", "is_ours"),
        [
            ("12025550100", True),
            ("+1 (202) 555-0100", True),
            ("+12025550101", False),
            ("", False),
        ],
    )
    def test_number(
        self, inbox: Inbox, mailbox: ScriptedMailbox, to: str, *, is_ours: bool
    ) -> None:
        """Numbers are compared by their digits."""
        mailbox.deliver(sms(1, "318604", to=to))
        mailbox.deliver(sms(2, "774093"), after_s=1)
        assert ("318604" if is_ours else "774093") == inbox.wait_for_code()

    @pytest.mark.parametrize(
        ("to", "is_ours"),
        [
            ("MFA-1@Example.com", True),
            ("Ines <mfa-1@example.com>", True),
            ("a@example.com, mfa-1@example.com", True),
            ("xmfa-1@example.com", False),
            ("mfa-1@example.com.test", False),
        ],
    )
    def test_address(self, recorder: Recorder, time: FakeTime, to: str, *, is_ours: bool) -> None:
        """Addresses are compared whole, whatever their case, and one of several is enough."""
        mailbox = ScriptedMailbox(time, ADDRESS)
        inbox = Inbox(mailbox, "email", recorder, watch=time.watch())
        mailbox.deliver(sms(1, "318604", to=to))
        mailbox.deliver(sms(2, "774093", to=ADDRESS), after_s=1)
        assert ("318604" if is_ours else "774093") == inbox.wait_for_code()

    def test_pattern(self, mailbox: ScriptedMailbox, recorder: Recorder, time: FakeTime) -> None:
        """The code is what the user's pattern finds."""
        inbox = Inbox(mailbox, "sms", recorder, r"for (\w+)", watch=time.watch())
        mailbox.deliver(sms(1, "318604"))
        assert "Borealis" == inbox.wait_for_code()

    def test_unusable_pattern(self, mailbox: ScriptedMailbox, recorder: Recorder) -> None:
        """An unusable pattern is refused before anything is asked."""
        with pytest.raises(SettingsError, match="code_pattern"):
            Inbox(mailbox, "sms", recorder, "(")
        assert [] == mailbox.asked

    def test_message(self, inbox: Inbox, mailbox: ScriptedMailbox, recorder: Recorder) -> None:
        """A whole message can be had; its code is a secret all the same."""
        mailbox.deliver(sms(1, "318604"))
        assert "1" == inbox.wait_for_message().id
        assert "318604" not in recorder.redactor.scrub("got 318604")


class TestOrder:
    """Of several new messages the newest counts."""

    def test_newest(self, inbox: Inbox, mailbox: ScriptedMailbox) -> None:
        """The newest by the provider's clock, in whatever order they are listed."""
        mailbox.deliver(sms(2, "774093", at=200.0))
        mailbox.deliver(sms(1, "318604", at=100.0))
        assert "774093" == inbox.wait_for_code()

    def test_newest_with_a_code(self, inbox: Inbox, mailbox: ScriptedMailbox) -> None:
        """A greeting that comes after the code does not hide it."""
        mailbox.deliver(sms(1, "318604", at=100.0))
        mailbox.deliver(sms(2, at=200.0))
        assert "318604" == inbox.wait_for_code()

    @pytest.mark.parametrize("moments", [(None, None), (100.0, None), (100.0, 100.0)])
    def test_no_order(
        self, inbox: Inbox, mailbox: ScriptedMailbox, moments: tuple[float | None, ...]
    ) -> None:
        """Without an order there is no guess."""
        mailbox.deliver(sms(1, "318604", at=moments[0]))
        mailbox.deliver(sms(2, "774093", at=moments[1]))
        with pytest.raises(Undelivered, match="which came last"):
            inbox.wait_for_code()

    def test_same_code(self, inbox: Inbox, mailbox: ScriptedMailbox) -> None:
        """Two messages that say the same need no order."""
        mailbox.deliver(sms(1, "318604"))
        mailbox.deliver(sms(2, "318604"))
        assert "318604" == inbox.wait_for_code()


class TestMark:
    """What has arrived can be declared out of date."""

    def test_mark(self, inbox: Inbox, mailbox: ScriptedMailbox) -> None:
        """An unread message of the enrollment is not taken for that of the challenge."""
        mailbox.deliver(sms(1, "318604"))
        inbox.mark()
        mailbox.deliver(sms(2, "774093"), after_s=5)
        assert "774093" == inbox.wait_for_code()

    def test_expect_looks_only_for_what_is_unread(
        self, inbox: Inbox, mailbox: ScriptedMailbox
    ) -> None:
        """Where each message is read, announcing the next one costs nothing."""
        inbox.expect()
        mailbox.deliver(sms(1, "318604"))
        inbox.wait_for_code()
        looks = len(mailbox.asked)
        inbox.expect()
        assert looks == len(mailbox.asked)

    def test_expect_passes_over_what_is_unread(
        self, inbox: Inbox, mailbox: ScriptedMailbox
    ) -> None:
        """Where a message was not read, it is out of date when the next is announced."""
        inbox.expect()
        mailbox.deliver(sms(1, "318604"))
        inbox.expect()
        mailbox.deliver(sms(2, "774093"), after_s=5)
        assert "774093" == inbox.wait_for_code()
