"""The application (OAuth client) in whose name requests are made, and how it proves itself."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from pytest_auth0_mfa.api.secret import Secret

AuthMethod = Literal["client_secret_post", "client_secret_basic", "none"]
"""Names of token endpoint authentication methods as OpenID Connect Core, section 9, has them."""


@dataclass(frozen=True, slots=True)
class Application:
    """An application of the tenant; a public one has no secret and the method `none`."""

    client_id: str
    client_secret: Secret | None = None
    method: AuthMethod = "client_secret_post"

    def using(self, method: AuthMethod) -> Application:
        """The same application, authenticating in another way."""
        return replace(self, method=method)

    def with_secret(self, client_secret: Secret) -> Application:
        """The same application with another secret."""
        return replace(self, client_secret=client_secret)

    def named(self, client_id: str) -> Application:
        """The same application under another id."""
        return replace(self, client_id=client_id)

    def in_body(self) -> dict[str, object]:
        """The parameters by which it authenticates in the body of a request."""
        if self.method == "client_secret_basic":
            return {}
        if self.method == "none" or self.client_secret is None:
            return {"client_id": self.client_id}
        return {"client_id": self.client_id, "client_secret": self.client_secret}

    def in_header(self) -> tuple[str, str] | None:
        """User name and password of HTTP Basic authentication, None where it is not used."""
        if self.method != "client_secret_basic" or self.client_secret is None:
            return None
        return self.client_id, self.client_secret
