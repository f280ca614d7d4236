"""What inboxes, e-mails, text messages and phone numbers look like as JSON.

Owns the fields: those that the models of https://github.com/mailslurp/mailslurp-client-python
require, and of the optional ones those that can be told. Must not look anything up.
"""

from __future__ import annotations

from datetime import datetime, timezone
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_auth0_mfa.mock.mailslurp.account import Inbox, Mailbox
    from pytest_auth0_mfa.mock.messages import Json
    from pytest_auth0_mfa.mock.outbox import Message

# Auth0's own e-mail provider: https://auth0.com/docs/customize/email
SENDER: Final = "no-reply@auth0user.net"
"""Who sends the e-mails."""

CALLER: Final = "+13125550199"
"""The number from which text messages and calls come."""

LAST_PAGE: Final = 1_000_000
"""The index of a page that lies past every end."""

Document: TypeAlias = "dict[str, Json]"
"""A JSON object on its way to the client."""

_EXCERPT_LENGTH: Final = 256


def inbox(it: Inbox, user_id: str) -> Document:
    """Describe an inbox (InboxDto, InboxPreview)."""
    local, _, domain = it.address.rpartition("@")
    return {
        "id": it.id,
        "userId": user_id,
        "createdAt": moment(it.created_at),
        "name": it.name,
        "description": it.description,
        "emailAddress": it.address,
        "localPart": local,
        "domain": domain,
        "expiresAt": None if it.expires_at is None else moment(it.expires_at),
        "favourite": it.is_favourite,
        "tags": list(it.tags),
        "inboxType": "HTTP_INBOX",
        "readOnly": False,
        "virtualInbox": it.is_virtual,
        "teamAccess": True,
    }


def email(inbox: Inbox, it: Message, user_id: str) -> Document:
    """Describe an e-mail with its body (Email)."""
    return {
        **email_preview(inbox, it),
        "userId": user_id,
        "replyTo": None,
        "headers": {"From": SENDER, "To": it.to, "Subject": it.subject},
        "body": it.body,
        "bodyExcerpt": it.body[:_EXCERPT_LENGTH],
        "isHTML": it.is_html,
        "html": it.is_html,
        "charset": "utf-8",
        "updatedAt": moment(it.sent_at),
        "teamAccess": False,
    }


def email_preview(inbox: Inbox, it: Message) -> Document:
    """Describe an e-mail without its body (EmailPreview)."""
    return {
        "id": it.id,
        "inboxId": inbox.id,
        "subject": it.subject,
        "to": [it.to],
        "from": SENDER,
        "cc": [],
        "bcc": [],
        "sender": _party(SENDER),
        "recipients": {"to": [_party(it.to)], "cc": [], "bcc": []},
        "attachments": [],
        "bodyPartContentTypes": ["text/html" if it.is_html else "text/plain"],
        "createdAt": moment(it.sent_at),
        "read": it.id in inbox.read,
        "favourite": False,
        "sizeBytes": len(it.body.encode("utf-8", "replace")),
    }


def sms(number: Mailbox, it: Message, user_id: str) -> Document:
    """Describe a text message, or a call as what was spoken (SmsDto, SmsPreview)."""
    return {
        "id": it.id,
        "userId": user_id,
        "phoneNumber": number.id,
        "fromNumber": CALLER,
        "toNumber": number.address,
        "favourite": False,
        "body": it.body,
        "read": it.id in number.read,
        "createdAt": moment(it.sent_at),
        "updatedAt": moment(it.sent_at),
        "media": [],
    }


def number(it: Mailbox, user_id: str) -> Document:
    """Describe a phone number (PhoneNumberDto, PhoneNumberProjection)."""
    return {
        "id": it.id,
        "name": None,
        "tags": [],
        "userId": user_id,
        "phoneNumber": it.address,
        "phoneCountry": "US",
        "phonePlan": "mock",
        "createdAt": moment(it.created_at),
        "updatedAt": moment(it.created_at),
        "favourite": False,
    }


def page(everything: Sequence[Json], index: int, size: int) -> Document:
    """Cut one page out of a list; pages are counted from 0, those past the last are empty."""
    content = everything[index * size : (index + 1) * size]
    pages = -(-len(everything) // size)
    return {
        "content": content,
        "totalPages": pages,
        "totalElements": len(everything),
        "number": index,
        "size": size,
        "numberOfElements": len(content),
        "first": index == 0,
        "last": index >= pages - 1,
        "empty": not content,
    }


def moment(seconds: float) -> str:
    """Write epoch seconds as ISO 8601 in UTC, to the millisecond."""
    written = datetime.fromtimestamp(seconds, timezone.utc).isoformat(timespec="milliseconds")
    return written.replace("+00:00", "Z")


def _party(address: str) -> Document:
    return {"rawValue": address, "emailAddress": address, "name": None}
