"""Which message an inbox takes, how long it waits, and what it says when nothing came."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest

from pytest_auth0_mfa.api.recorder import Recorder
from pytest_auth0_mfa.api.secret import Secret
from pytest_auth0_mfa.delivery.codes import AmbiguousCode
from pytest_auth0_mfa.delivery.inbox import Inbox, NoDelivery
from pytest_auth0_mfa.delivery.message import Message
from pytest_auth0_mfa.delivery.nowhere import Nowhere
from pytest_auth0_mfa.errors import Disturbance, SettingsError, Undelivered, Untestable
from tests.delivery.conftest import PHONE, ScriptedMailbox

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.delivery.conftest import FakeTime

ADDRESS = "mfa-1@example.com"


@pytest.fixture
def recorder() -> Recorder:
    """The recorder of the running test."""
    return Recorder()


@pytest.fixture
def inbox(mailbox: ScriptedMailbox, recorder: Recorder, time: FakeTime) -> Inbox:
    """An inbox of text messages, empty at first."""
    return Inbox(mailbox, "sms", recorder, watch=time.watch())


def sms(number: int, code: str = "", at: float | None = None, to: str = PHONE) -> Message:
    """A text message with this id, and with this code if one is given."""
    text = f"{code} is your verification code for Borealis." if code else "Welcome to Borealis, 7!"
    return Message(str(number), to, text, arrived_at=at)


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

    def test_ambiguous(self, inbox: Inbox, mailbox: ScriptedMailbox) -> None:
        """A message that may be read in two ways stops the wait."""
        mailbox.deliver(Message("1", PHONE, "Code: 318604. Other code: 774093."))
        with pytest.raises(AmbiguousCode, match="2 numbers"):
            inbox.wait_for_code()

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
