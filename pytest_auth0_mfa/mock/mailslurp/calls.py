"""One call to the MailSlurp account: its parameters, and what its ids stand for.

Owns look-ups that refuse unknown ids. Must not hold rules of an endpoint.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pytest_auth0_mfa.mock.mailslurp import refusals

if TYPE_CHECKING:
    from pytest_auth0_mfa.mock.mailslurp.account import Account, Inbox, Mailbox
    from pytest_auth0_mfa.mock.mailslurp.parameters import Parameters
    from pytest_auth0_mfa.mock.outbox import Message
    from pytest_auth0_mfa.mock.tenant import Tenant


@dataclass(frozen=True, slots=True)
class Call:
    """A request on its way; `subject` is the id that the path names, empty where it names none."""

    tenant: Tenant
    query: Parameters
    body: Parameters
    subject: str

    @property
    def account(self) -> Account:
        """The account."""
        return self.tenant.mailslurp

    def inbox(self, inbox_id: str) -> Inbox:
        """Return an inbox, or refuse the call."""
        found = self.account.inboxes.get(inbox_id)
        if found is None:
            raise refusals.unknown("inbox", inbox_id)
        return found

    def number(self, number_id: str) -> Mailbox:
        """Return a phone number, or refuse the call."""
        found = self.account.numbers.get(number_id)
        if found is None:
            raise refusals.unknown("phone number", number_id)
        return found

    def email(self) -> tuple[Inbox, Message]:
        """Return the e-mail that the path names and its inbox, or refuse the call."""
        holder = self.account.holder(self.subject)
        inbox = None if holder is None else self.account.inboxes.get(holder.id)
        if inbox is None:
            raise refusals.unknown("email", self.subject)
        return inbox, inbox.messages[self.subject]

    def sms(self) -> tuple[Mailbox, Message]:
        """Return the text message that the path names and its number, or refuse the call."""
        holder = self.account.holder(self.subject)
        if holder is None or holder.id not in self.account.numbers:
            raise refusals.unknown("SMS", self.subject)
        return holder, holder.messages[self.subject]
