"""How long an inbox waits, and what it says when nothing came."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest

from pytest_auth0_mfa.delivery.codes import AmbiguousCode
from pytest_auth0_mfa.delivery.inbox import Inbox, NoDelivery
from pytest_auth0_mfa.delivery.message import Message
from pytest_auth0_mfa.delivery.nowhere import Nowhere
from pytest_auth0_mfa.errors import Disturbance, Undelivered, Untestable
from tests.delivery.conftest import ADDRESS, PHONE, ScriptedMailbox, sms

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytest_auth0_mfa.api.recorder import Recorder
    from tests.delivery.conftest import FakeTime


class TestWaiting:
    """One deadline, and no hammering."""

    def test_pauses_grow(self, inbox: Inbox, time: FakeTime) -> None:
        """A mailbox that does not wait is looked into ever less often, until the deadline."""
        with pytest.raises(Undelivered):
            inbox.wait_for_code(30)
        assert [0.1, 0.16, 0.256] == pytest.approx(time.slept[:3])
        assert 2.0 == max(time.slept)
        assert 30 == pytest.approx(sum(time.slept))

    def test_long_poll(self, recorder: Recorder, time: FakeTime) -> None:
        """A mailbox that waits itself is given all the time that is left, and no pauses."""
        mailbox = ScriptedMailbox(time, polls_s=60)
        inbox = Inbox(mailbox, "sms", recorder, watch=time.watch())
        mailbox.deliver(sms(1, "318604"), after_s=12)
        inbox.wait_for_code(30)
        assert [0, 30] == mailbox.asked
        assert [] == time.slept

    def test_last_look_is_at_the_deadline(self, inbox: Inbox, mailbox: ScriptedMailbox) -> None:
        """What arrives during the last pause is found."""
        mailbox.deliver(sms(1, "318604"), after_s=29.999)
        assert "318604" == inbox.wait_for_code(30)

    def test_waiting_is_counted(
        self, inbox: Inbox, mailbox: ScriptedMailbox, recorder: Recorder
    ) -> None:
        """The time that was waited is part of what the run cost, found or not."""
        mailbox.deliver(sms(1, "318604"), after_s=0.1)
        inbox.wait_for_code()
        assert 0.1 == pytest.approx(recorder.spend.waited_s)
        with pytest.raises(Undelivered):
            inbox.wait_for_code(5)
        assert 5.1 == pytest.approx(recorder.spend.waited_s)

    @pytest.mark.parametrize("timeout", [0, -1, math.nan, math.inf, "30", None, True])
    def test_unusable_timeout(self, inbox: Inbox, timeout: object) -> None:
        """What cannot be waited for is refused, and the message says what to pass."""
        with pytest.raises(ValueError, match=r"expected seconds above 0, such as 30\.0"):
            inbox.wait_for_code(timeout)  # type: ignore[arg-type]

    def test_close(self, inbox: Inbox, mailbox: ScriptedMailbox) -> None:
        """Closing the inbox closes its mailbox."""
        inbox.close()
        assert 1 == mailbox.closed

    def test_mailbox_that_returns_nothing(self, recorder: Recorder, time: FakeTime) -> None:
        """A mailbox may return None where it has no messages."""

        class Silent:
            address = ADDRESS

            def messages(self, timeout_s: float) -> None:
                """Return nothing at all."""

        inbox = Inbox(Silent(), "email", recorder, watch=time.watch())  # type: ignore[arg-type]
        with pytest.raises(Undelivered, match="what did arrive: nothing"):
            inbox.wait_for_code(1)

    def test_close_what_cannot_be_closed(self, recorder: Recorder) -> None:
        """A mailbox need not have a close."""

        class Bare:
            address = ADDRESS

            def messages(self, timeout_s: float) -> Iterable[Message]:
                return [sms(1, str(timeout_s))]

        Inbox(Bare(), "email", recorder).close()


class TestUndelivered:
    """What is said when no code came."""

    def test_account(self, recorder: Recorder, time: FakeTime) -> None:
        """It says what was waited for, what arrived instead, and where to look."""
        mailbox = ScriptedMailbox(time, ADDRESS)
        mailbox.deliver(sms(1, "111111", to=ADDRESS))
        inbox = Inbox(mailbox, "email", recorder, watch=time.watch())
        mailbox.deliver(sms(2, "222222", to="other@example.org"))
        mailbox.deliver(Message("3", ADDRESS, "none", subject="Order 4711 shipped"))
        with pytest.raises(Undelivered) as raised:
            inbox.wait_for_code(12.5)
        assert (
            "no code came by email to m***@example.com within 12.5 s; what did arrive: "
            'out of date: 1; for other addresses: 1 ("o***@example.org"); '
            'without a code: 1 ("Order **** shipped"). See whether the tenant\'s log has '
            "gd_send_email for this user and what the provider of the inbox shows; where delivery "
            "is merely slow, pass a longer timeout"
        ) == str(raised.value)

    def test_duplicates_are_told(self, inbox: Inbox, mailbox: ScriptedMailbox) -> None:
        """A code that came again is counted, not shown."""
        mailbox.deliver(sms(1, "318604"))
        inbox.wait_for_code()
        mailbox.deliver(sms(2, "318604"))
        with pytest.raises(Undelivered, match="repeating an earlier code: 1") as raised:
            inbox.wait_for_code(1)
        assert "318604" not in str(raised.value)

    def test_number_is_masked(self, inbox: Inbox) -> None:
        """A telephone number shows its last four digits."""
        with pytest.raises(Undelivered, match=r"by sms to \*{8}0100 within 1 s"):
            inbox.wait_for_code(1)

    def test_ambiguous(self, inbox: Inbox, mailbox: ScriptedMailbox, recorder: Recorder) -> None:
        """A message that may be read in two ways stops the wait; both readings are secrets."""
        mailbox.deliver(Message("1", PHONE, "Code: 318604. Other code: 774 093."))
        with pytest.raises(AmbiguousCode, match="2 numbers"):
            inbox.wait_for_code()
        shown = recorder.redactor.scrub("318604, 774093, 774 093")
        assert not any(each.isdigit() for each in shown.replace("binding_code", ""))

    def test_kind(self) -> None:
        """An undelivered code disturbs a judgement and breaks no requirement."""
        assert issubclass(AmbiguousCode, Undelivered)
        assert issubclass(Undelivered, Disturbance)


class TestNothingDelivered:
    """Factors without delivery, and runs without an inbox."""

    def test_waiting_is_untestable(self) -> None:
        """There is nothing to wait for, however long."""
        for wait in (NoDelivery("otp").wait_for_code, NoDelivery("otp").wait_for_message):
            with pytest.raises(Untestable, match="wait 30 s for"):
                wait()

    def test_address_is_untestable(self) -> None:
        """There is no address either."""
        with pytest.raises(Untestable, match="no address"):
            _ = NoDelivery("otp").address

    def test_rest_is_harmless(self) -> None:
        """A test that serves several factors may mark and close."""
        inbox = NoDelivery("otp")
        inbox.mark()
        inbox.expect()
        inbox.close()
        assert NoDelivery("otp") == inbox

    def test_nowhere(self) -> None:
        """A run without an inbox says how to get one."""
        with pytest.raises(Untestable, match=r"MAILSLURP_API_KEY.*pytest_auth0_inbox"):
            Nowhere().open("sms", "mfa-1")
