"""Keeping and finding delivered messages."""

from __future__ import annotations

from pytest_auth0_mfa.mock.model import Factor
from pytest_auth0_mfa.mock.outbox import Message, Outbox


def message(number: int, to: str = "+15551234567", channel: Factor = Factor.SMS) -> Message:
    """Make a message that is told from others by its id."""
    return Message(str(number), channel, to, "text", "123456", float(number))


def ids(messages: list[Message]) -> list[str]:
    """Return the ids of messages."""
    return [each.id for each in messages]


def test_oldest_come_first() -> None:
    """All messages, and those to one address, are found in order of delivery."""
    outbox = Outbox()
    for number, to in enumerate(["a", "b", "a"]):
        outbox.deliver(message(number, to))
    assert ["0", "1", "2"] == ids(outbox.find())
    assert ["0", "2"] == ids(outbox.find("a"))
    assert [] == outbox.find("c")


def test_several_channels() -> None:
    """Messages by any of the named channels are found."""
    outbox = Outbox()
    for number, channel in enumerate([Factor.SMS, Factor.VOICE, Factor.EMAIL]):
        outbox.deliver(message(number, channel=channel))
    assert ["0", "1"] == ids(outbox.find(None, Factor.SMS, Factor.VOICE))


def test_oldest_is_forgotten() -> None:
    """What no longer fits is not found by address either, and is still counted."""
    outbox = Outbox(kept=2)
    for number, to in enumerate(["a", "b", "b"]):
        outbox.deliver(message(number, to))
    assert ["1", "2"] == ids(outbox.find())
    assert [] == outbox.find("a")
    assert outbox.delivered == 3


def test_cleared() -> None:
    """Nothing is found any more; the count goes on."""
    outbox = Outbox()
    outbox.deliver(message(0))
    outbox.clear()
    outbox.deliver(message(1))
    assert ["1"] == ids(outbox.find()) == ids(outbox.find("+15551234567"))
    assert outbox.delivered == 2
