"""What becomes of messages: late, twice, overtaken."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pytest_auth0_mfa.mock.hostile.ingredients import Hostility
from pytest_auth0_mfa.mock.hostile.outbox import HostileOutbox
from pytest_auth0_mfa.mock.model import Factor
from pytest_auth0_mfa.mock.outbox import Message
from tests.hostile.conftest import Clock

if TYPE_CHECKING:
    from collections.abc import Callable

MANY = 300


@pytest.fixture
def clock() -> Clock:
    """The clock of a test."""
    return Clock()


@pytest.fixture
def outbox_of(clock: Clock) -> Callable[[str], HostileOutbox]:
    """A maker of outboxes on that clock."""
    return lambda hostile: HostileOutbox(Hostility.parse(hostile), clock)


def sent(outbox: HostileOutbox, clock: Clock, apart_s: float = 0.0, to: str = "+1") -> None:
    """Send many messages, so far apart; each says its number."""
    for number in range(MANY):
        text = str(number)
        outbox.deliver(Message(text, Factor.SMS, to, text, text, sent_at=clock.now))
        clock.now += apart_s


def bodies(outbox: HostileOutbox) -> list[str]:
    """What has arrived, in its order."""
    return [each.body for each in outbox.find("+1")]


def test_late(outbox_of: Callable[[str], HostileOutbox], clock: Clock) -> None:
    """Some arrive after the rest, within the time that is told, and none is lost."""
    outbox = outbox_of("1:late")
    sent(outbox, clock)
    on_time = len(bodies(outbox))
    assert MANY * 0.8 < on_time < MANY
    assert outbox.due_s is not None
    assert 0 < outbox.due_s < outbox.late_s
    clock.now += outbox.late_s
    assert MANY == len(set(bodies(outbox))) == len(bodies(outbox))
    assert outbox.due_s is None


def test_moment_is_that_of_arrival(outbox_of: Callable[[str], HostileOutbox], clock: Clock) -> None:
    """A late message says when it arrived, as those of providers do."""
    outbox = outbox_of("1:late")
    sent(outbox, clock)
    sent_at, seen = clock.now, set(bodies(outbox))
    clock.now += outbox.late_s
    late = [each for each in outbox.find() if each.body not in seen]
    assert late
    assert all(sent_at < each.sent_at < sent_at + outbox.late_s for each in late)
    moments = [each.sent_at for each in outbox.find()]
    assert sorted(moments) == moments


def test_doubled(outbox_of: Callable[[str], HostileOutbox], clock: Clock) -> None:
    """Some arrive twice, the copy later and under an id of its own."""
    outbox = outbox_of("1:doubled")
    sent(outbox, clock)
    assert [str(number) for number in range(MANY)] == bodies(outbox)
    clock.now += outbox.late_s
    found = outbox.find()
    assert MANY < len(found) < MANY * 1.2
    assert MANY == len({each.body for each in found})
    assert len(found) == len({each.id for each in found})


def test_reordered(outbox_of: Callable[[str], HostileOutbox], clock: Clock) -> None:
    """Some are overtaken by the next one to the same address, and by no other."""
    outbox = outbox_of("1:reordered")
    sent(outbox, clock, apart_s=0.01)
    clock.now += outbox.late_s
    order = [int(body) for body in bodies(outbox)]
    assert list(range(MANY)) == sorted(order)
    behind = [number for place, number in enumerate(order[1:], 1) if number < order[place - 1]]
    assert behind
    assert all(order[order.index(number) - 1] == number + 1 for number in behind)


def test_nothing_overtakes_what_stands_alone(
    outbox_of: Callable[[str], HostileOutbox], clock: Clock
) -> None:
    """Where no other comes soon a message arrives all the same."""
    outbox = outbox_of("1:reordered")
    sent(outbox, clock, apart_s=5)
    assert [str(number) for number in range(MANY)] == bodies(outbox)


def test_cleared(outbox_of: Callable[[str], HostileOutbox], clock: Clock) -> None:
    """What was on its way does not arrive after a reset."""
    outbox = outbox_of("1")
    sent(outbox, clock)
    outbox.clear()
    clock.now += outbox.late_s
    assert ([], None) == (bodies(outbox), outbox.due_s)


def test_repeatable(outbox_of: Callable[[str], HostileOutbox], clock: Clock) -> None:
    """The same seed makes the same of the same messages."""
    runs = []
    for _ in range(2):
        outbox = outbox_of("5")
        sent(outbox, clock, apart_s=0.05)
        clock.now += outbox.late_s
        runs.append([(each.id, each.body) for each in outbox.find()])
    assert runs[0] == runs[1]
