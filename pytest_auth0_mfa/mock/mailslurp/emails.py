"""Endpoints that list, open and delete e-mails."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_auth0_mfa.mock.mailslurp import documents, refusals, selection
from pytest_auth0_mfa.mock.mailslurp.refusals import TIMEOUT_LIMIT_MS
from pytest_auth0_mfa.mock.mailslurp.selection import PAGE_SIZE_LIMIT, Selection
from pytest_auth0_mfa.mock.messages import Answer

if TYPE_CHECKING:
    from pytest_auth0_mfa.mock.mailslurp.account import Inbox
    from pytest_auth0_mfa.mock.mailslurp.calls import Call
    from pytest_auth0_mfa.mock.outbox import Message


def list_previews(call: Call) -> Answer:
    """List the e-mails of an inbox without opening them; wait for as many as are wanted."""
    inbox, query = call.inbox(call.subject), call.query
    limit = query.whole("limit", PAGE_SIZE_LIMIT, most=PAGE_SIZE_LIMIT)
    size = query.whole("size", limit, most=PAGE_SIZE_LIMIT)
    wanted = query.whole("minCount", 0, most=PAGE_SIZE_LIMIT)
    timeout_ms = query.whole("retryTimeout", 0, most=TIMEOUT_LIMIT_MS)
    found = selection.in_order(Selection.of(query).among(inbox), query)
    if len(found) < wanted:
        return refusals.unsatisfied("email", inbox.id, wanted, timeout_ms)
    return Answer(200, [documents.email_preview(inbox, each) for each in found[:size]])


def show(call: Call) -> Answer:
    """Open the e-mail that the path names."""
    inbox, message = call.email()
    return opened(call, inbox, message)


def opened(call: Call, inbox: Inbox, message: Message) -> Answer:
    """Show an e-mail in full, which marks it as read."""
    inbox.read.add(message.id)
    return Answer(200, documents.email(inbox, message, call.account.user_id))


def delete(call: Call) -> Answer:
    """Delete an e-mail."""
    _, message = call.email()
    call.account.delete(message.id)
    return Answer(204)
