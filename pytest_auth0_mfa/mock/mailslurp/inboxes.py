"""Endpoints that create, show and delete inboxes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pytest_auth0_mfa.mock import draws
from pytest_auth0_mfa.mock.mailslurp import documents, refusals
from pytest_auth0_mfa.mock.mailslurp.account import Inbox
from pytest_auth0_mfa.mock.mailslurp.selection import PAGE_SIZE_LIMIT
from pytest_auth0_mfa.mock.messages import Answer

if TYPE_CHECKING:
    from pytest_auth0_mfa.mock.mailslurp.calls import Call
    from pytest_auth0_mfa.mock.mailslurp.parameters import Parameters

# Never registered: https://www.rfc-editor.org/rfc/rfc2606#section-2
_DOMAIN: Final = "mailslurp.test"
_ADDRESS: Final = re.compile(r"[^@\s]+@[^@\s]+")
_LONGEST_LIFE_MS: Final = 10**12


def create(call: Call) -> Answer:
    """Create an inbox as the query describes it."""
    return _create(call, call.query)


def create_with_options(call: Call) -> Answer:
    """Create an inbox as the body describes it, or one without wishes."""
    return _create(call, call.body)


def show(call: Call) -> Answer:
    """Show an inbox."""
    return Answer(200, documents.inbox(call.inbox(call.subject), call.account.user_id))


def delete(call: Call) -> Answer:
    """Delete an inbox with all that is in it."""
    call.account.remove(call.inbox(call.subject))
    return Answer(204)


def clear(call: Call) -> Answer:
    """Delete every e-mail of an inbox."""
    call.account.clear(call.inbox(call.subject))
    return Answer(204)


def list_some(call: Call) -> Answer:
    """List inboxes without pages."""
    size = call.query.whole("size", PAGE_SIZE_LIMIT, most=PAGE_SIZE_LIMIT)
    return Answer(200, _found(call)[:size])


def list_page(call: Call) -> Answer:
    """List one page of the inboxes."""
    size = call.query.whole("size", 20, most=PAGE_SIZE_LIMIT)
    index = call.query.whole("page", 0, most=documents.LAST_PAGE)
    return Answer(200, documents.page(_found(call), index, max(1, size)))


def _found(call: Call) -> list[documents.Document]:
    searched, tag = call.query.text("search") or "", call.query.text("tag")
    found = [
        documents.inbox(each, call.account.user_id)
        for each in call.account.inboxes.values()
        if searched in f"{each.name or ''} {each.address}" and (tag is None or tag in each.tags)
    ]
    return found if call.query.choice("sort", ("ASC", "DESC")) == "ASC" else found[::-1]


def _create(call: Call, wishes: Parameters) -> Answer:
    account = call.account
    if account.inbox_quota is not None and account.is_quota_used_up:
        raise refusals.quota_used_up(account.inbox_quota)
    inbox = _described(call, wishes)
    if not account.add(inbox):
        raise refusals.bad_parameter("emailAddress", f"one that is free; {inbox.address} is not")
    return Answer(201, documents.inbox(inbox, account.user_id))


def _described(call: Call, wishes: Parameters) -> Inbox:
    inbox_id, now = draws.uuid(call.tenant.entropy), call.tenant.now()
    return Inbox(
        inbox_id,
        _address(inbox_id, wishes),
        now,
        name=wishes.text("name"),
        description=wishes.text("description"),
        tags=wishes.texts("tags"),
        is_favourite=wishes.flag("favourite"),
        is_virtual=wishes.flag("virtualInbox"),
        expires_at=_end(now, wishes),
    )


def _address(inbox_id: str, wishes: Parameters) -> str:
    prefix, domain = wishes.text("prefix"), wishes.text("domainName") or _DOMAIN
    drawn = f"{prefix}-{inbox_id}@{domain}" if prefix else f"{inbox_id}@{domain}"
    address = wishes.text("emailAddress") or drawn
    if not _ADDRESS.fullmatch(address):
        raise refusals.bad_parameter("emailAddress", "local@domain")
    return address.lower()


def _end(now: float, wishes: Parameters) -> float | None:
    life_ms = wishes.whole("expiresIn", 0, most=_LONGEST_LIFE_MS)
    return now + life_ms / 1000 if life_ms else wishes.moment("expiresAt")
