"""The two kinds of mailboxes at MailSlurp: an e-mail address with a tag, a phone number on lease.

Owns reading them; which of their messages is new, or the right one, is the `Inbox`'s business.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_auth0_mfa.delivery.mailslurp_account import Missed
from pytest_auth0_mfa.delivery.message import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from pytest_auth0_mfa.delivery.mailslurp_account import Account


class Seen:
    """When the latest message to an address that was seen arrived, by MailSlurp's own clock.

    Keeps a wait from returning what was unread long before. It is of use for this address alone:
    a message to another may be older and unread still. So may the message that a copy of an
    earlier one has overtaken, for which copies do not count.
    """

    def __init__(self) -> None:
        """Begin with nothing seen."""
        self.since: str | None = None
        self._contents: set[tuple[str, str]] = set()

    def note(self, record: Mapping[str, object]) -> Mapping[str, object]:
        """Remember when a message arrived; returns it."""
        created_at, content = _text(record, "createdAt"), _content(record)
        is_copy = content in self._contents
        self._contents.add(content)
        if created_at and not is_copy:
            self.since = max(self.since or created_at, created_at)
        return record


class EmailMailbox:
    """One address `local+tag@domain` of an inbox that the whole process shares.

    Opens only what was sent to it, for what one has opened another does not find any more.
    """

    fresh = True

    def __init__(self, account: Account, inbox_id: str, address: str, in_use: set[str]) -> None:
        """Read what the inbox gets for `address`; `in_use` are its addresses, this one included."""
        self.address = address
        self._account = account
        self._inbox_id = inbox_id
        self._in_use = in_use
        self._seen = Seen()

    def messages(self, timeout_s: float) -> Iterable[Message]:
        """The latest unread e-mail, waiting for one; without a wait all that are unread.

        After a wait in vain, what went astray, unopened, for an account of what did arrive.
        """
        if timeout_s <= 0:
            return [self._read(each) for each in self._unread() if _is_to(each, [self.address])]
        since = self._seen.since
        try:
            record = self._account.next_email(self._inbox_id, self.address, since, timeout_s)
        except Missed:
            return self._all()
        return [_email(self._seen.note(record))] if record else self._astray()

    def _all(self) -> list[Message]:
        """Those opened as well: the wait whose answer was lost may have opened one."""
        listed = self._account.emails(self._inbox_id, self._seen.since, unread_only=False)
        return [self._read(each) for each in listed if _is_to(each, [self.address])]

    def _astray(self) -> list[Message]:
        """What was sent to none of the addresses in use; these may have readers of their own."""
        return [_email(each) for each in self._unread() if not _is_to(each, self._in_use)]

    def _unread(self) -> list[Mapping[str, object]]:
        return self._account.emails(self._inbox_id, self._seen.since)

    def _read(self, preview: Mapping[str, object]) -> Message:
        return _email(self._seen.note(self._account.email(_text(preview, "id"))))


class PhoneMailbox:
    """One phone number of the account, which `give_back` returns to the others."""

    def __init__(
        self, account: Account, number: tuple[str, str], seen: Seen, give_back: Callable[[], None]
    ) -> None:
        """Read what the number (id, E.164 form) gets; `seen` belongs to the number."""
        self._account = account
        self._phone_id, self.address = number
        self._seen = seen
        self._give_back = give_back

    def messages(self, timeout_s: float) -> Iterable[Message]:
        """The latest unread message, waiting for one; without a wait all of late."""
        if timeout_s <= 0:
            listed = self._account.texts(self._phone_id, self._seen.since)
            return [self._message(self._seen.note(each)) for each in listed]
        try:
            record = self._account.next_text(self._phone_id, self._seen.since, timeout_s)
        except Missed:
            # It may have opened a message, which no other wait would find; the list shows all.
            return self.messages(0)
        return [self._message(self._seen.note(record))] if record else []

    def close(self) -> None:
        """Give the number back."""
        self._give_back()

    def _message(self, record: Mapping[str, object]) -> Message:
        return Message(
            id=_text(record, "id"),
            to=self.address,
            text=_text(record, "body"),
            arrived_at=_text(record, "createdAt") or None,
        )


def _email(record: Mapping[str, object]) -> Message:
    body = _text(record, "body")
    is_html = record.get("isHTML") is True or record.get("html") is True
    return Message(
        id=_text(record, "id"),
        to=_recipients(record),
        text="" if is_html else body,
        html=body if is_html else "",
        subject=_text(record, "subject"),
        arrived_at=_text(record, "createdAt") or None,
    )


def _is_to(record: Mapping[str, object], addresses: Iterable[str]) -> bool:
    """Whether it was sent to one of these addresses."""
    recipients = _recipients(record).casefold()
    return any(address.casefold() in recipients for address in addresses)


def _recipients(record: Mapping[str, object]) -> str:
    to = record.get("to")
    return ", ".join(str(each) for each in to) if isinstance(to, list) else ""


def _content(record: Mapping[str, object]) -> tuple[str, str]:
    return _text(record, "subject"), _text(record, "body")


def _text(record: Mapping[str, object], field: str) -> str:
    value = record.get(field)
    return value if isinstance(value, str) else ""
