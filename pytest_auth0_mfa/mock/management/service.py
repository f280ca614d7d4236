"""The API as a whole: one request in, one answer out.

Owns the way of a call through rate limit, routing, bearer, scope and body. Must not answer
anything else itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_auth0_mfa.mock import draws, headers
from pytest_auth0_mfa.mock.management import PREFIX, access, fields, refusals, table, throttle
from pytest_auth0_mfa.mock.management.calls import Call
from pytest_auth0_mfa.mock.management.query import Query
from pytest_auth0_mfa.mock.messages import Answer
from pytest_auth0_mfa.mock.problems import RefusalError

if TYPE_CHECKING:
    from pytest_auth0_mfa.mock.messages import Request
    from pytest_auth0_mfa.mock.tenant import Tenant


def answer(tenant: Tenant, request: Request) -> Answer:
    """Answer what an administrator's client sends."""
    try:
        found = _answer(tenant, request)
    except RefusalError as refusal:
        found = refusal.answer
    complete = headers.around(request, found, throttle.headers(tenant))
    complete["x-auth0-requestid"] = draws.request_id(tenant.entropy)
    return Answer(found.status, found.body, headers=complete)


def _answer(tenant: Tenant, request: Request) -> Answer:
    if request.method == "OPTIONS":
        return Answer(204, headers=headers.PREFLIGHT)
    throttle.admit(tenant)
    method = "GET" if request.method == "HEAD" else request.method
    found = table.find(request.path.removeprefix(PREFIX), method)
    if found is None:
        raise refusals.not_served()
    scopes = access.scopes(tenant, request)
    access.check(scopes, found.endpoint.scopes)
    body = None if method == "GET" else fields.read(request)
    call = Call(tenant, request, Query(request.query), body, found.ids, scopes)
    return found.endpoint.answer(call)
