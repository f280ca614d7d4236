"""Which messages of a mailbox a client asks for.

Owns the filters, all on what can be seen of a message: read state, moment, sender, recipient,
subject, body. Must not change what it selects from.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pytest_auth0_mfa.mock.mailslurp import documents

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from pytest_auth0_mfa.mock.mailslurp.account import Mailbox
    from pytest_auth0_mfa.mock.mailslurp.parameters import Parameters
    from pytest_auth0_mfa.mock.outbox import Message

PAGE_SIZE_LIMIT = 100
"""The largest page, as the client's documentation has it."""

_EMAIL_FIELDS: Mapping[str, Callable[[Message], str]] = {
    "SUBJECT": lambda message: message.subject or "",
    "TO": lambda message: message.to,
    "FROM": lambda _: documents.SENDER,
}
_SMS_FIELDS: Mapping[str, Callable[[Message], str]] = {
    "BODY": lambda message: message.body,
    "FROM": lambda _: documents.CALLER,
}


@dataclass(frozen=True, slots=True)
class Selection:
    """Filters by read state and moment; the moments are written as the client sees them."""

    unread_only: bool
    since: str
    before: str

    @classmethod
    def of(cls, wanted: Parameters) -> Selection:
        """Read the filters that every list and every wait takes."""
        since, before = wanted.moment("since"), wanted.moment("before")
        return cls(
            wanted.flag("unreadOnly"),
            "" if since is None else documents.moment(since),
            "~" if before is None else documents.moment(before),
        )

    def among(self, mailbox: Mailbox) -> list[Message]:
        """Select from a mailbox, oldest first; the moments themselves are included."""
        return [each for each in mailbox.messages.values() if self._fits(each, mailbox)]

    def _fits(self, message: Message, mailbox: Mailbox) -> bool:
        if self.unread_only and message.id in mailbox.read:
            return False
        return self.since <= documents.moment(message.sent_at) <= self.before


def of_emails(messages: list[Message], wanted: Parameters) -> list[Message]:
    """Keep the e-mails to which every one of the given matches applies."""
    return _matching(messages, wanted.each("matches"), _EMAIL_FIELDS)


def of_sms(messages: list[Message], wanted: Parameters) -> list[Message]:
    """Keep the text messages to which every one of the given matches applies."""
    return _matching(messages, wanted.each("matches"), _SMS_FIELDS)


def in_order(messages: list[Message], wanted: Parameters, name: str = "sort") -> list[Message]:
    """Put what is oldest first into the order that is asked for."""
    return messages if wanted.choice(name, ("ASC", "DESC")) == "ASC" else messages[::-1]


def _matching(
    messages: list[Message],
    matches: Iterable[Parameters],
    fields: Mapping[str, Callable[[Message], str]],
) -> list[Message]:
    for match in matches:
        read = fields[match.choice("field", tuple(fields))]
        value, is_equal = match.required("value"), _wants_equality(match)
        messages = [
            each for each in messages if (read(each) == value if is_equal else value in read(each))
        ]
    return messages


def _wants_equality(match: Parameters) -> bool:
    return match.choice("should", ("CONTAIN", "EQUAL")) == "EQUAL"
