"""Endpoints that list phone numbers, and list, open and delete their text messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_auth0_mfa.mock.mailslurp import documents, selection
from pytest_auth0_mfa.mock.mailslurp.selection import PAGE_SIZE_LIMIT, Selection
from pytest_auth0_mfa.mock.messages import Answer

if TYPE_CHECKING:
    from pytest_auth0_mfa.mock.mailslurp.account import Mailbox
    from pytest_auth0_mfa.mock.mailslurp.calls import Call
    from pytest_auth0_mfa.mock.outbox import Message


def list_numbers(call: Call) -> Answer:
    """List one page of the account's phone numbers."""
    account, searched = call.account, call.query.text("search") or ""
    numbers = [each for each in account.numbers.values() if searched in each.address]
    in_order = numbers if call.query.choice("sort", ("ASC", "DESC")) == "ASC" else numbers[::-1]
    return _page(call, [documents.number(each, account.user_id) for each in in_order])


def show_number(call: Call) -> Answer:
    """Show a phone number."""
    return Answer(200, documents.number(call.number(call.subject), call.account.user_id))


def list_previews(call: Call) -> Answer:
    """List one page of a number's text messages without opening them."""
    number = call.number(call.subject)
    found = selection.in_order(Selection.of(call.query).among(number), call.query)
    return _page(call, [documents.sms(number, each, call.account.user_id) for each in found])


def show(call: Call) -> Answer:
    """Open the text message that the path names."""
    number, message = call.sms()
    return opened(call, number, message)


def opened(call: Call, number: Mailbox, message: Message) -> Answer:
    """Show a text message, which marks it as read."""
    number.read.add(message.id)
    return Answer(200, documents.sms(number, message, call.account.user_id))


def delete(call: Call) -> Answer:
    """Delete a text message."""
    _, message = call.sms()
    call.account.delete(message.id)
    return Answer(204)


def _page(call: Call, everything: list[documents.Document]) -> Answer:
    size = call.query.whole("size", 20, most=PAGE_SIZE_LIMIT)
    index = call.query.whole("page", 0, most=documents.LAST_PAGE)
    return Answer(200, documents.page(everything, index, max(1, size)))
