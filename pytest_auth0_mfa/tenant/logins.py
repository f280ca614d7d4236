"""Logins at a tenant: by the password alone, up to the second factor, and past it.

Owns how a user's password is presented and what a login must come to. Must not know how factors
are enrolled.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pytest_auth0_mfa.api import grants
from pytest_auth0_mfa.api.login import Login
from pytest_auth0_mfa.errors import Prerequisite
from pytest_auth0_mfa.tenant import domains
from pytest_auth0_mfa.tenant.configuration import requirements_in
from pytest_auth0_mfa.tenant.means import Means

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_auth0_mfa.api.application import Application
    from pytest_auth0_mfa.api.client import TenantClient
    from pytest_auth0_mfa.api.exchange import Answer
    from pytest_auth0_mfa.api.secret import Secret
    from pytest_auth0_mfa.factors.enrolled import EnrolledAuthenticator
    from pytest_auth0_mfa.tenant.users import User

MFA_SCOPES = "enroll read:authenticators remove:authenticators"
"""The scopes of the MFA audience. Source: https://auth0.com/docs/secure/multi-factor-authentication/manage-mfa-auth0-apis/manage-authenticator-factors-mfa-api"""


@dataclass(frozen=True, slots=True)
class Logins(Means):
    """The logins of a run at one tenant; `url` has no trailing slash."""

    url: str
    client: TenantClient

    @property
    def issuer(self) -> str:
        """The issuer that the tenant's tokens must name: its URL with a trailing slash."""
        return f"{self.url}/"

    @property
    def canonical_url(self) -> str:
        """What the tenant's own audiences begin with: its URL, unless that is a custom domain."""
        canonical_domain = self.access.canonical_domain
        return f"https://{canonical_domain}" if canonical_domain else self.url

    @property
    def mfa_audience(self) -> str:
        """The audience for managing one's own authenticators."""
        return f"{self.canonical_url}/mfa/"

    def password(
        self,
        user: User,
        *,
        application: Application | None = None,
        as_json: bool = False,
        headers: Mapping[str, str] | None = None,
        expecting: str | None = None,
        **changes: object,
    ) -> Answer:
        """Ask for tokens with the user's password; `changes` override single parameters.

        `expecting` names an error code that one wants to look at, as `TenantClient.token` has it.
        Raises `Prerequisite` where the MFA audience is refused and may be that of a custom domain.
        """
        realm = self.access.connection if self.access.realm_needed else None
        params: dict[str, object] = {
            "grant_type": grants.PASSWORD_REALM if realm else grants.PASSWORD,
            "username": user.email,
            "password": user.password,
            "scope": "openid profile",
        }
        if realm:
            params["realm"] = realm
        answer = self.client.token(
            application or self.application,
            {**params, **changes},
            as_json=as_json,
            headers=headers,
            expecting=expecting,
        )
        if changes.get("audience") == self.mfa_audience and self._may_be_custom:
            domains.raise_if_unknown(answer, self.mfa_audience)
        return answer

    def login(
        self, user: User, *, application: Application | None = None, **changes: object
    ) -> Login:
        """Pass the password and stop at the second factor."""
        answer = self._interrupted(user, application, **changes)
        return Login(self.client, application or self.application, answer.secret("mfa_token"))

    def mfa_requirements(self, user: User) -> tuple[Answer, Mapping[str, object]]:
        """An interrupted login and what it tells of the factors of its user.

        Raises `Inapplicable` where the tenant does not have the feature "Customize MFA".
        """
        if user.configuration.changeable:
            user.configuration.customize_mfa()
        answer = self._interrupted(user)
        return answer, requirements_in(answer, must_be=user.configuration.changeable)

    def unenrolled_access_token(self, user: User, scope: str = MFA_SCOPES) -> Secret:
        """An access token for the MFA audience, as a user without authenticators gets it."""
        return self.password(user, audience=self.mfa_audience, scope=scope).secret("access_token")

    def mfa_access_token(self, enrolled: EnrolledAuthenticator, scope: str = MFA_SCOPES) -> Secret:
        """An access token for the MFA audience, gained with the second factor if that is asked."""
        answer = self.password(enrolled.user, audience=self.mfa_audience, scope=scope)
        if answer.error == "mfa_required":
            login = Login(self.client, self.application, answer.secret("mfa_token"))
            answer = enrolled.step_up(login)
        return answer.secret("access_token")

    @property
    def _may_be_custom(self) -> bool:
        known = self.mock or self.access.canonical_domain is not None
        return not known and domains.may_be_custom(self.url)

    def _interrupted(
        self, user: User, application: Application | None = None, **changes: object
    ) -> Answer:
        """Log in with the password; raises `Prerequisite` unless a second factor is asked for."""
        answer = self.password(user, application=application, **changes)  # type: ignore[arg-type]
        if answer.error != "mfa_required":
            raise Prerequisite(
                f"{answer.exchange}: the login did not ask for a second factor "
                f"({answer.summary()}). Check that the tenant's MFA policy is 'Always', that the "
                "factor is enabled and that the user's password is right"
            )
        return answer
