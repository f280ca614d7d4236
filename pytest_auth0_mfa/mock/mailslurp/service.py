"""The account as a whole: one request in, one answer out.

Owns the table of its endpoints and the check of the key. Must not answer anything else itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pytest_auth0_mfa.mock import bodies, headers
from pytest_auth0_mfa.mock.mailslurp import PREFIX, emails, inboxes, phones, refusals, waits
from pytest_auth0_mfa.mock.mailslurp.calls import Call
from pytest_auth0_mfa.mock.mailslurp.parameters import Parameters
from pytest_auth0_mfa.mock.messages import Answer
from pytest_auth0_mfa.mock.problems import RefusalError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pytest_auth0_mfa.mock.messages import Request
    from pytest_auth0_mfa.mock.tenant import Tenant

_ID: Final = "{id}"
_ENDPOINTS: Final[Mapping[str, Mapping[str, Callable[[Call], Answer]]]] = {
    "/inboxes": {"POST": inboxes.create, "GET": inboxes.list_some},
    "/inboxes/withDefaults": {"POST": inboxes.create_with_options},
    "/inboxes/withOptions": {"POST": inboxes.create_with_options},
    "/inboxes/paginated": {"GET": inboxes.list_page},
    "/inboxes/{id}": {"GET": inboxes.show, "DELETE": inboxes.delete},
    "/inboxes/{id}/emails": {"GET": emails.list_previews},
    "/inboxes/{id}/deleteAllInboxEmails": {"DELETE": inboxes.clear},
    "/emails/{id}": {"GET": emails.show, "DELETE": emails.delete},
    "/phone/numbers": {"GET": phones.list_numbers},
    "/phone/numbers/{id}": {"GET": phones.show_number},
    "/phone/numbers/{id}/sms": {"GET": phones.list_previews},
    "/sms/{id}": {"GET": phones.show, "DELETE": phones.delete},
    "/waitForLatestEmail": {"GET": waits.latest_email},
    "/waitForNthEmail": {"GET": waits.nth_email},
    "/waitForMatchingFirstEmail": {"POST": waits.matching_first_email},
    "/waitForLatestSms": {"POST": waits.latest_sms},
    "/waitForSms": {"POST": waits.several_sms},
}


def answer(tenant: Tenant, request: Request) -> Answer:
    """Answer what `mailslurp-client` sends; an answer's `wait_s` is for the caller to keep."""
    try:
        found = _answer(tenant, request)
    except RefusalError as refusal:
        found = refusal.answer
    complete = headers.around(request, found, {})
    return Answer(found.status, found.body, headers=complete, wait_s=found.wait_s)


def _answer(tenant: Tenant, request: Request) -> Answer:
    if request.headers.get("x-api-key") != tenant.mailslurp.api_key:
        raise refusals.wrong_key()
    path = request.path.removeprefix(PREFIX)
    pattern, subject = _pattern(path)
    method = "GET" if request.method == "HEAD" else request.method
    endpoint = _ENDPOINTS.get(pattern, {}).get(method)
    if endpoint is None:
        raise refusals.not_served(request.method, path)
    tenant.mailslurp.collect(tenant.outbox)
    query = Parameters.of_query(request.query)
    return endpoint(Call(tenant, query, _body(request), subject))


def _pattern(path: str) -> tuple[str, str]:
    """Return the path with its id replaced, and the id; none of the ids holds a slash."""
    if path in _ENDPOINTS:
        return path, ""
    segments = path.split("/")
    place = 3 if path.startswith("/phone/") else 2
    if len(segments) <= place:
        return path, ""
    return "/".join([*segments[:place], _ID, *segments[place + 1 :]]), segments[place]


def _body(request: Request) -> Parameters:
    try:
        return Parameters(bodies.read(request).parameters)
    except RefusalError as refusal:
        raise refusals.refusal(refusal.answer.status, "The body is not a JSON object.") from refusal
