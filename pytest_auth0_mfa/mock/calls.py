"""One call of a client: the request, its parameters, and the tenant it is made to.

Owns access to single parameters and to the bearer token. Must not hold rules of an endpoint.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pytest_auth0_mfa.mock import problems

if TYPE_CHECKING:
    from pytest_auth0_mfa.mock.bodies import Body
    from pytest_auth0_mfa.mock.messages import Request
    from pytest_auth0_mfa.mock.operations import Operation
    from pytest_auth0_mfa.mock.tenant import Tenant

_BEARER = "bearer "


@dataclass(slots=True)
class Call:
    """A request on its way through the tenant; `subject` is the id that the path names."""

    tenant: Tenant
    request: Request
    operation: Operation
    body: Body
    subject: str = ""

    def optional(self, name: str) -> str | None:
        """Return a parameter, None when absent; refuse what is not a string."""
        found = self.body.parameters.get(name)
        if self.tenant.rules.lists_read_as_texts and isinstance(found, list) and found:
            found = found[0]
        if found is not None and not isinstance(found, str):
            raise problems.invalid_request(f"{name} must be a string")
        return found

    def required(self, name: str) -> str:
        """Return a parameter, or refuse the call for its absence."""
        found = self.optional(name)
        if found is None and (self.operation, name) not in self.tenant.rules.unnoticed_omissions:
            raise problems.missing_parameter(name)
        return found or ""

    @property
    def authorization(self) -> str:
        """The Authorization header, empty when there is none."""
        return self.request.headers.get("authorization", "")

    @property
    def bearer(self) -> str | None:
        """The bearer token, or None (https://www.rfc-editor.org/rfc/rfc6750#section-2.1)."""
        header = self.authorization
        if not header.lower().startswith(_BEARER):
            return None
        return header[len(_BEARER) :].strip() or None
