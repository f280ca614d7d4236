"""The account: its key, its inboxes, its phone numbers, and what has arrived in each.

Owns which message belongs where and which of them were read. Must not know requests or JSON.
Inboxes do not expire: whoever moves the tenant's clock would lose them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from pytest_auth0_mfa.mock import draws

if TYPE_CHECKING:
    from random import Random

    from pytest_auth0_mfa.mock.outbox import Message, Outbox

# Reserved for fiction: https://nationalnanpa.com/number_resource_info/555_numbers.html
_NUMBERS: Final = tuple(f"+12025550{last}" for last in range(100, 200))
_MESSAGES_KEPT: Final = 10_000
_INBOXES_KEPT: Final = 10_000


@dataclass(slots=True)
class Mailbox:
    """A phone number or an e-mail address, with its messages by id, oldest first."""

    id: str
    address: str
    created_at: float
    messages: dict[str, Message] = field(default_factory=dict)
    read: set[str] = field(default_factory=set)

    def drop(self, message_id: str) -> None:
        """Forget a message."""
        del self.messages[message_id]
        self.read.discard(message_id)


@dataclass(slots=True)
class Inbox(Mailbox):
    """An e-mail address as its creator described it; `expires_at` in epoch seconds."""

    name: str | None = None
    description: str | None = None
    tags: tuple[str, ...] = ()
    is_favourite: bool = False
    is_virtual: bool = False
    expires_at: float | None = None


class Account:
    """The only account there is; `inbox_quota` limits how many inboxes may be created."""

    def __init__(self, entropy: Random) -> None:
        """Draw key and ids."""
        self.api_key = draws.text(entropy, 64)
        self.user_id = draws.uuid(entropy)
        self.inbox_quota: int | None = None
        self._number_ids = tuple(draws.uuid(entropy) for _ in _NUMBERS)
        self.forget()

    def forget(self) -> None:
        """Drop inboxes and messages; key and phone numbers stay."""
        self.inboxes: dict[str, Inbox] = {}
        self.numbers = {
            number_id: Mailbox(number_id, number, created_at=0.0)
            for number_id, number in zip(self._number_ids, _NUMBERS, strict=True)
        }
        self._by_address: dict[str, Mailbox] = {
            each.address: each for each in self.numbers.values()
        }
        self._holders: dict[str, Mailbox] = {}
        self._collected = self._created = 0

    def collect(self, outbox: Outbox) -> None:
        """Sort what was delivered since the last time; what has no mailbox yet is lost."""
        for message in outbox.after(self._collected):
            self._take(message)
        self._collected = outbox.delivered

    @property
    def is_quota_used_up(self) -> bool:
        """Whether no inbox may be created any more; those that are gone count too."""
        return self.inbox_quota is not None and self._created >= self.inbox_quota

    def add(self, inbox: Inbox) -> bool:
        """Open an inbox, or return False because its address is taken."""
        if inbox.address in self._by_address:
            return False
        if len(self.inboxes) >= _INBOXES_KEPT:
            self.remove(next(iter(self.inboxes.values())))
        self.inboxes[inbox.id] = self._by_address[inbox.address] = inbox
        self._created += 1
        return True

    def remove(self, inbox: Inbox) -> None:
        """Close an inbox; what was in it goes, too."""
        self.clear(inbox)
        del self.inboxes[inbox.id], self._by_address[inbox.address]

    def clear(self, mailbox: Mailbox) -> None:
        """Delete every message of a mailbox."""
        for message_id in list(mailbox.messages):
            self.delete(message_id)

    def delete(self, message_id: str) -> None:
        """Delete a message that is there."""
        self._holders.pop(message_id).drop(message_id)

    def holder(self, message_id: str) -> Mailbox | None:
        """Return the mailbox in which a message is."""
        return self._holders.get(message_id)

    def _take(self, message: Message) -> None:
        mailbox = self._by_address.get(message.to) or self._by_address.get(_untagged(message.to))
        if mailbox is None:
            return
        mailbox.messages[message.id] = message
        self._holders[message.id] = mailbox
        if len(self._holders) > _MESSAGES_KEPT:
            self.delete(next(iter(self._holders)))


def _untagged(address: str) -> str:
    """Return `local@domain` for `local+tag@domain`."""
    local, at, domain = address.rpartition("@")
    return f"{local.partition('+')[0]}{at}{domain}"
