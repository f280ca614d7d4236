"""`/users` and `/users-by-email`: finds users.

A search may lag behind, as on a real tenant; the look-up by address never does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pytest_auth0_mfa.mock.management import refusals, search, users
from pytest_auth0_mfa.mock.management.calls import endpoint
from pytest_auth0_mfa.mock.management.paging import Page
from pytest_auth0_mfa.mock.management.user_document import document
from pytest_auth0_mfa.mock.messages import Answer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_auth0_mfa.mock.management.calls import Call, Endpoints
    from pytest_auth0_mfa.mock.messages import Json
    from pytest_auth0_mfa.mock.model import User

# https://auth0.com/docs/manage-users/user-search/view-search-results-by-page
_SEARCH_LIMIT: Final = 1000
_ORDERS: Final = {"1": False, "-1": True}


def find(call: Call) -> Answer:
    """Find users by a query, a page at a time."""
    query, page = call.query, Page.of(call.query)
    if query.text("search_engine") not in {None, "v3"}:
        complaint = f"No enum match for: {query.text('search_engine')}"
        raise refusals.invalid_query(complaint, "search_engine")
    if page.start + page.size > _SEARCH_LIMIT:
        raise refusals.beyond_search()
    matches = search.matcher(query.text("q") or "")
    described = (document(call.tenant, each) for each in _visible(call))
    found = _in_order(call, [each for each in described if matches(each)])
    shown: list[Json] = [query.shown(each) for each in found[page.start : page.start + page.size]]
    if not page.with_totals:
        return Answer(200, shown)
    told = {"start": page.start, "limit": page.size, "length": len(shown)}
    return Answer(200, {**told, "users": shown, "total": len(found)})


def find_by_email(call: Call) -> Answer:
    """Find the users of one address at once."""
    email = call.query.text("email")
    if email is None:
        raise refusals.invalid_query("Missing required property: email", "email")
    user = call.tenant.user_by_email(email)
    found = [] if user is None else [call.query.shown(document(call.tenant, user))]
    return Answer(200, found)


def _visible(call: Call) -> Iterator[User]:
    """Yield those whom a search knows: not yet the newest, and still the newly deleted."""
    tenant = call.tenant
    known_until = tenant.now() - tenant.settings.search_lag_s
    tenant.removed_users = [each for each in tenant.removed_users if each[0] > known_until]
    everyone = [*tenant.users.values(), *(user for _, user in tenant.removed_users)]
    return (each for each in everyone if each.created_at <= known_until)


def _in_order(call: Call, found: list[dict[str, Json]]) -> list[dict[str, Json]]:
    """Sort as `sort` says, such as `created_at:-1`."""
    sort = call.query.text("sort")
    if sort is None:
        return found
    name, _, order = sort.rpartition(":")
    if not name or order not in _ORDERS:
        raise refusals.invalid_query("String does not match pattern ^((-?1)|[^:]+:(-?1))$", "sort")
    return sorted(found, key=lambda each: search.text_at(each, name), reverse=_ORDERS[order])


ENDPOINTS: Final[Endpoints] = {
    "users": {
        "GET": endpoint(find, "read:users", "read:user_idp_tokens"),
        "POST": endpoint(users.create, "create:users"),
    },
    "users-by-email": {"GET": endpoint(find_by_email, "read:users")},
}
