"""One call to the Management API: its query, its body, and what its ids stand for.

Owns look-ups that refuse unknown ids. Must not hold rules of an endpoint.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from pytest_auth0_mfa.mock.management import refusals
from pytest_auth0_mfa.mock.messages import Answer

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import TypeAlias

    from pytest_auth0_mfa.mock.management.query import Query
    from pytest_auth0_mfa.mock.messages import Json, Request
    from pytest_auth0_mfa.mock.model import User
    from pytest_auth0_mfa.mock.tenant import Tenant

    Endpoints: TypeAlias = "Mapping[str, Mapping[str, Endpoint]]"
    """Endpoints by path and method; `{}` stands for an id in the path."""

NO_CONTENT: Final = Answer(204)


@dataclass(frozen=True, slots=True)
class Call:
    """A request on its way; `ids` are those that the path names, `scopes` those of the bearer."""

    tenant: Tenant
    request: Request
    query: Query
    body: Json = None
    ids: tuple[str, ...] = ()
    scopes: frozenset[str] = field(default_factory=frozenset)

    @property
    def user(self) -> User:
        """The user whom the path names, or the refusal of the call."""
        user_id = self.ids[0]
        if "|" not in user_id:
            raise refusals.invalid_uri(
                f"Object didn't pass validation for format user-id: {user_id}"
            )
        found = self.tenant.users.get(user_id)
        if found is None:
            raise refusals.unknown_user()
        return found


@dataclass(frozen=True, slots=True)
class Endpoint:
    """What a path and method stand for, and the scopes of which a caller needs one."""

    answer: Callable[[Call], Answer]
    scopes: tuple[str, ...]


def endpoint(answer: Callable[[Call], Answer], *scopes: str) -> Endpoint:
    """Return an endpoint that is open to whoever has one of the scopes."""
    return Endpoint(answer, scopes)
