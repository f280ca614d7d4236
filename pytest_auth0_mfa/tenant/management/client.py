"""The few calls of the Management API that users for tests need.

Each raises `Disturbance` where the API did not do what it was asked for: nothing about it is
judged here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlencode

from pytest_auth0_mfa.errors import Disturbance

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from pytest_auth0_mfa.api.exchange import Answer
    from pytest_auth0_mfa.api.spend import Spend
    from pytest_auth0_mfa.api.transport import Transport
    from pytest_auth0_mfa.tenant.management.pace import Pace
    from pytest_auth0_mfa.tenant.management.token import ManagementToken

Record = dict[str, object]
"""A user or an authentication method as the API describes it."""

_ROOT: Final = "/api/v2"
_TRIES: Final = 4
_PAGE: Final = 50
_REACHABLE: Final = 1000
"""A search shows no more than so many users.
Source: https://auth0.com/docs/manage-users/user-search/retrieve-users-with-get-users-endpoint"""

_UNAUTHORIZED: Final = 401
_NOT_FOUND: Final = 404
_TOO_MANY: Final = 429


class ManagementClient:
    """Speaks the Management API of one tenant, in a measured pace.

    Its exchanges are not those of the tenant under test, so `transport` should record them
    elsewhere; `spend` gives what counts the calls.
    """

    def __init__(
        self,
        transport: Transport,
        token: ManagementToken,
        pace: Pace,
        spend: Callable[[], Spend],
    ) -> None:
        """Send everything through `transport`, with this token and at this pace."""
        self._transport = transport
        self.token = token
        self._pace = pace
        self._spend = spend

    def read(self, path: str) -> Answer:
        """`GET` a page below `/api/v2`; the last answer, whatever it is.

        Raises `Disturbance` where there is none, `TenantError` where no token is given.
        """
        return self._answered("GET", path)

    def create_user(self, **profile: object) -> str:
        """`POST /users`; returns the id of the user."""
        return self._done("POST", "/users", json=profile).text("user_id")

    def delete_user(self, user_id: str) -> None:
        """`DELETE /users/{id}`, which is no error for a user who is gone."""
        self._done("DELETE", f"/users/{quote(user_id, safe='')}")

    def users_by_email(self, email: str) -> list[Record]:
        """`GET /users-by-email`, which sees a user as soon as it is created."""
        query = urlencode({"email": email.lower()})
        return _records(self._done("GET", f"/users-by-email?{query}"))

    def search_users(self, query: str) -> Iterator[Record]:
        """`GET /users`, page after page, as far as a search reaches; it may lag behind."""
        for page in range(_REACHABLE // _PAGE):
            params = {
                "q": query,
                "search_engine": "v3",
                "include_totals": "true",
                "per_page": _PAGE,
                "page": page,
            }
            found = _records(self._done("GET", f"/users?{urlencode(params)}"), "users")
            yield from found
            if len(found) < _PAGE:
                return

    def authentication_methods(self, user_id: str) -> list[Record]:
        """`GET /users/{id}/authentication-methods`."""
        path = f"/users/{quote(user_id, safe='')}/authentication-methods?per_page={_PAGE}"
        return _records(self._done("GET", path), "authenticators")

    def delete_authentication_method(self, user_id: str, method_id: str) -> None:
        """`DELETE /users/{id}/authentication-methods/{id}`; it may be gone with another."""
        user, method = quote(user_id, safe=""), quote(method_id, safe="")
        self._done("DELETE", f"/users/{user}/authentication-methods/{method}", may_be_gone=True)

    def _done(
        self,
        method: str,
        path: str,
        json: Mapping[str, object] | None = None,
        *,
        may_be_gone: bool = False,
    ) -> Answer:
        """Send one request; raises `Disturbance` unless it was carried out."""
        answer = self._answered(method, path, json)
        if not (answer.accepted or (may_be_gone and answer.status == _NOT_FOUND)):
            raise Disturbance(f"Management API: {answer.exchange}: {_told(answer)}")
        return answer

    def _answered(self, method: str, path: str, json: Mapping[str, object] | None = None) -> Answer:
        """Send one request until it is neither throttled nor refused for an old token."""
        for left in reversed(range(_TRIES)):
            answer = self._sent(method, path, json)
            again = self._pace.heed(answer.status, answer.headers)
            if answer.status == _UNAUTHORIZED and left == _TRIES - 1:
                self.token.forget()
            elif not (again and left):
                break
        return answer

    def _sent(self, method: str, path: str, json: Mapping[str, object] | None) -> Answer:
        headers = {"Authorization": f"Bearer {self.token.current()}"}
        self._pace.take()
        self._spend().management += 1
        # Throttling is the pace's business here.
        return self._transport.send(method, _ROOT + path, json=json, headers=headers)


def _records(answer: Answer, envelope: str = "") -> list[Record]:
    """The list in an answer, bare or in its envelope."""
    body = answer.get(envelope) if envelope and isinstance(answer.body, dict) else answer.body
    if isinstance(body, list) and all(isinstance(each, dict) for each in body):
        return body
    raise Disturbance(f"Management API: {answer.exchange} gave no list: {answer.summary()}")


def _told(answer: Answer) -> str:
    """What the API says of a refusal."""
    if answer.status == _TOO_MANY:
        return "its rate limit is used up; run fewer workers, or wait a minute"
    message = answer.get("message")
    return f"status {answer.status}, {message}" if isinstance(message, str) else answer.summary()
