"""Endpoints that answer as soon as something is there.

Each looks once: an answer with a `wait_s` asks its caller to come again with the same request
when something has been delivered. Must not wait itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pytest_auth0_mfa.mock.mailslurp import documents, emails, phones, refusals, selection
from pytest_auth0_mfa.mock.mailslurp.refusals import TIMEOUT_LIMIT_MS
from pytest_auth0_mfa.mock.mailslurp.selection import PAGE_SIZE_LIMIT, Selection
from pytest_auth0_mfa.mock.messages import Answer

if TYPE_CHECKING:
    from pytest_auth0_mfa.mock.mailslurp.calls import Call
    from pytest_auth0_mfa.mock.mailslurp.parameters import Parameters

# How long the real service waits for a client that does not say is not documented.
_TIMEOUT_MS: Final = 60_000


def latest_email(call: Call) -> Answer:
    """Open the newest e-mail of an inbox, or wait for one."""
    inbox = call.inbox(call.query.required("inboxId"))
    found = Selection.of(call.query).among(inbox)
    if not found:
        return refusals.unsatisfied("email", inbox.id, 1, _timeout_ms(call.query))
    return emails.opened(call, inbox, found[-1])


def nth_email(call: Call) -> Answer:
    """Open the e-mail with an index, counted from 0, or wait for it."""
    inbox = call.inbox(call.query.required("inboxId"))
    index = call.query.whole("index", 0, most=PAGE_SIZE_LIMIT)
    found = selection.in_order(Selection.of(call.query).among(inbox), call.query)
    if len(found) <= index:
        return refusals.unsatisfied("email", inbox.id, index + 1, _timeout_ms(call.query))
    return emails.opened(call, inbox, found[index])


def matching_first_email(call: Call) -> Answer:
    """Open the first e-mail to which all matches apply, or wait for one."""
    inbox = call.inbox(call.query.required("inboxId"))
    selected = selection.of_emails(Selection.of(call.query).among(inbox), call.body)
    found = selection.in_order(selected, call.query)
    if not found:
        return refusals.unsatisfied("email", inbox.id, 1, _timeout_ms(call.query))
    return emails.opened(call, inbox, found[0])


def latest_sms(call: Call) -> Answer:
    """Open the newest text message of a number, or wait for one."""
    number = call.number(call.body.required("phoneNumberId"))
    found = Selection.of(call.body).among(number)
    if not found:
        return refusals.unsatisfied("SMS", number.id, 1, _timeout_ms(call.body))
    return phones.opened(call, number, found[-1])


def several_sms(call: Call) -> Answer:
    """List text messages of a number, without opening them, once there are enough."""
    wanted = call.body
    number = call.number(wanted.required("phoneNumberId"))
    count = wanted.whole("count", 1, most=PAGE_SIZE_LIMIT)
    limit = wanted.whole("limit", PAGE_SIZE_LIMIT, most=PAGE_SIZE_LIMIT)
    is_exact = wanted.choice("countType", ("ATLEAST", "EXACTLY")) == "EXACTLY"
    selected = selection.of_sms(Selection.of(wanted).among(number), wanted)
    found = selection.in_order(selected, wanted, "sortDirection")
    if len(found) < count or (is_exact and len(found) > count):
        return refusals.unsatisfied("SMS", number.id, count, _timeout_ms(wanted))
    shown = [documents.sms(number, each, call.account.user_id) for each in found[:limit]]
    return Answer(200, shown)


def _timeout_ms(wanted: Parameters) -> int:
    return wanted.whole("timeout", _TIMEOUT_MS, most=TIMEOUT_LIMIT_MS)
