"""What brings messages: the two roles that a provider, or a user's own adapter, plays.

Owns their names and promises; must not know any provider. A mailbox hands over what is there,
again and again; telling new from old is the business of the `Inbox` that reads it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytest_auth0_mfa.delivery.message import Message

Channel = Literal["sms", "voice", "email"]

CHANNELS: Final[tuple[Channel, ...]] = ("sms", "voice", "email")


class Mailbox(Protocol):
    """The messages to one address, which is one test's alone while it is open.

    Two attributes are optional: `close()` is called when the test is over; `fresh = True` says
    that nothing can have been sent to the address before, which spares one request.
    """

    address: str
    """A phone number in E.164 form, or an e-mail address."""

    def messages(self, timeout_s: float) -> Iterable[Message]:
        """What is there, old or new, in any order.

        May wait up to `timeout_s` seconds for something new and may as well return at once;
        never waits when it is 0.
        """


class Mailboxes(Protocol):
    """A provider of mailboxes; an optional `close()` is called when the run is over."""

    def open(self, channel: str, name: str) -> Mailbox:
        """A mailbox for one test.

        `channel` is `sms`, `voice` or `email`. `name` is unique to run, worker and test and fit
        for the local part of an e-mail address. Raises `Untestable` where the channel cannot be
        served.
        """


def close(opened: object) -> None:
    """Close a mailbox or a provider, if it can be closed."""
    closing = getattr(opened, "close", None)
    if callable(closing):
        closing()
