"""The application (OAuth client) in whose name requests are made, and how it proves itself."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from pytest_auth0_mfa.api.assertion import ClientKey
    from pytest_auth0_mfa.api.secret import Secret

AuthMethod = Literal["client_secret_post", "client_secret_basic", "private_key_jwt", "none"]
"""Names of token endpoint authentication methods as OpenID Connect Core, section 9, has them."""

ASSERTION_TYPE: Final = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
"""The only `client_assertion_type`. Source: https://www.rfc-editor.org/rfc/rfc7523#section-2.2"""


@dataclass(frozen=True, slots=True)
class Application:
    """An application of the tenant; a public one has no secret and the method `none`.

    `key` signs the assertions of one with the method `private_key_jwt`.
    """

    client_id: str
    client_secret: Secret | None = None
    method: AuthMethod = "client_secret_post"
    key: ClientKey | None = None

    def using(self, method: AuthMethod) -> Application:
        """The same application, authenticating in another way."""
        return replace(self, method=method)

    def with_secret(self, client_secret: Secret) -> Application:
        """The same application with another secret."""
        return replace(self, client_secret=client_secret)

    def with_key(self, key: ClientKey) -> Application:
        """The same application, proving itself by assertions signed with `key`."""
        return replace(self, method="private_key_jwt", key=key)

    def asserting(self, **claims: object) -> Application:
        """The same application with other claims in its assertions; `OMIT` leaves one out."""
        return self.with_key(self._present_key().asserting(**claims))

    def with_another_key(self) -> Application:
        """The same application, signing with a key that the tenant was not told."""
        return self.with_key(self._present_key().another())

    def with_another_algorithm(self) -> Application:
        """The same application, signing in a way that its key was not registered for."""
        return self.with_key(self._present_key().signing_otherwise())

    def named(self, client_id: str) -> Application:
        """The same application under another id."""
        return replace(self, client_id=client_id)

    def _present_key(self) -> ClientKey:
        if self.key is None:
            raise TypeError(f"the application {self.client_id} has no key to sign assertions with")
        return self.key

    def in_body(self) -> dict[str, object]:
        """The parameters by which it authenticates in the body of a request."""
        if self.method == "client_secret_basic":
            return {}
        if self.method == "private_key_jwt" and self.key is not None:
            return {
                "client_id": self.client_id,
                "client_assertion_type": ASSERTION_TYPE,
                "client_assertion": self.key.assertion(self.client_id),
            }
        if self.method == "none" or self.client_secret is None:
            return {"client_id": self.client_id}
        return {"client_id": self.client_id, "client_secret": self.client_secret}

    def in_header(self) -> tuple[str, str] | None:
        """User name and password of HTTP Basic authentication, None where it is not used."""
        if self.method != "client_secret_basic" or self.client_secret is None:
            return None
        return self.client_id, self.client_secret
