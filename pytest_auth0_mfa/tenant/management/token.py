"""The access token of the Management API: fetched when needed, kept while it is good.

Owns what the token says of its scopes, so that all that are missing can be named together.
Source: https://auth0.com/docs/secure/tokens/access-tokens/management-api-access-tokens
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from pytest_auth0_mfa.api import grants
from pytest_auth0_mfa.errors import TenantError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pytest_auth0_mfa.api.application import Application
    from pytest_auth0_mfa.api.exchange import Answer
    from pytest_auth0_mfa.api.secret import Secret
    from pytest_auth0_mfa.api.transport import Transport

_MARGIN_S: Final = 60
"""How long before its end a token is replaced."""

_WHERE: Final = "dashboard: Applications > APIs > Auth0 Management API > Machine to Machine"


class ManagementToken:
    """The token of one machine-to-machine application for the Management API of one tenant."""

    def __init__(
        self,
        transport: Transport,
        application: Application,
        audience: str,
        now: Callable[[], float] = time.time,
    ) -> None:
        """Ask for nothing yet; `audience` is the API of the tenant's canonical domain."""
        self.audience = audience
        self._transport = transport
        self._application = application
        self._now = now
        self._token: Secret | None = None
        self._good_until = 0.0

    def current(self) -> Secret:
        """A token that is good for a while; raises `TenantError` where none is given."""
        if self._token is None or self._now() >= self._good_until:
            answer = self._asked()
            self._token = answer.secret("access_token")
            lifetime = answer.get("expires_in")
            lasting_s = lifetime if isinstance(lifetime, (int, float)) else 0
            self._good_until = self._now() + lasting_s - _MARGIN_S
        return self._token

    def forget(self) -> None:
        """Ask for another token the next time, for this one was refused."""
        self._token = None

    def need(self, scopes: Iterable[str]) -> None:
        """Raise `TenantError` that names every one of these scopes which the token lacks.

        A token that does not tell its scopes is taken as it is.
        """
        granted = scopes_of(self.current())
        missing = [scope for scope in scopes if granted is not None and scope not in granted]
        if missing:
            raise TenantError(
                f"the application {self._application.client_id} (AUTH0_MANAGEMENT_CLIENT_ID) lacks "
                f"these scopes of the Management API: {' '.join(missing)}. Grant them all "
                f'({_WHERE}), or run with given users: users = "given" in the profile'
            )

    def _asked(self) -> Answer:
        answer = self._transport.send(
            "POST",
            "/oauth/token",
            json={
                "grant_type": grants.CLIENT_CREDENTIALS,
                **self._application.in_body(),
                "audience": self.audience,
            },
        )
        if not answer.accepted:
            raise TenantError(
                f"no token for the Management API ({self.audience}): {answer.summary()}. Check "
                "AUTH0_MANAGEMENT_CLIENT_ID and AUTH0_MANAGEMENT_CLIENT_SECRET, and that the "
                f"application is authorized for that API ({_WHERE}). On a custom domain set "
                "canonical_domain in the profile to the tenant's own domain"
            )
        return answer


def scopes_of(token: str) -> frozenset[str] | None:
    """The scopes in the claim `scope` of a JWT, None where there is no such claim to read."""
    import jwt  # noqa: PLC0415 - slow to load

    try:
        claims = jwt.decode(token, options={"verify_signature": False})
    except jwt.PyJWTError:
        return None
    scope = claims.get("scope")
    return frozenset(scope.split()) if isinstance(scope, str) else None
