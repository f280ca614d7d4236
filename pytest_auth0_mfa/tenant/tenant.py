"""The tenant under test, as fixtures and suites use it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pytest_auth0_mfa.api import grants
from pytest_auth0_mfa.api.login import Login
from pytest_auth0_mfa.errors import Prerequisite, Untestable
from pytest_auth0_mfa.factors.enrolled import LISTED_AS, EnrolledAuthenticator
from pytest_auth0_mfa.factors.totp import Totp

if TYPE_CHECKING:
    from pytest_auth0_mfa.api.application import Application
    from pytest_auth0_mfa.api.client import TenantClient
    from pytest_auth0_mfa.api.exchange import Answer
    from pytest_auth0_mfa.api.recorder import Recorder
    from pytest_auth0_mfa.api.secret import Secret
    from pytest_auth0_mfa.tenant.access import Access
    from pytest_auth0_mfa.tenant.users import User, UserSource

MFA_SCOPES = "enroll read:authenticators remove:authenticators"
"""The scopes of the MFA audience. Source: https://auth0.com/docs/secure/multi-factor-authentication/manage-mfa-auth0-apis/manage-authenticator-factors-mfa-api"""


@dataclass(frozen=True, slots=True)
class Tenant:
    """One tenant and what this run may do there.

    `url` has no trailing slash; `mock` says whether a control plane is there.
    """

    url: str
    mock: bool
    client: TenantClient
    access: Access
    users: UserSource
    recorder: Recorder

    @property
    def issuer(self) -> str:
        """The issuer that the tenant's tokens must name: its URL with a trailing slash."""
        return f"{self.url}/"

    @property
    def mfa_audience(self) -> str:
        """The audience for managing one's own authenticators."""
        return f"{self.url}/mfa/"

    @property
    def application(self) -> Application:
        """The application in whose name the run speaks."""
        return self.access.application

    @property
    def public_application(self) -> Application:
        """An application without a secret; raises `Untestable` where none was given."""
        if self.access.public_application is None:
            raise Untestable("needs a public application: set public_client_id in the profile")
        return self.access.public_application

    @property
    def management_application(self) -> Application:
        """A machine-to-machine application, which has no MFA grants."""
        if self.access.management_application is None:
            raise Untestable(
                "needs an application without the MFA grants: set AUTH0_MANAGEMENT_CLIENT_ID and "
                "AUTH0_MANAGEMENT_CLIENT_SECRET"
            )
        return self.access.management_application

    @property
    def confidential_application(self) -> Application:
        """The application of the run; raises `Untestable` where it has no secret."""
        if self.access.application.client_secret is None:
            raise Untestable("needs an application with a secret: set AUTH0_CLIENT_SECRET")
        return self.access.application

    @property
    def connection(self) -> str:
        """The name of the users' database; raises `Untestable` where none was given."""
        if self.access.connection is None:
            raise Untestable("needs the name of the database connection: set AUTH0_CONNECTION")
        return self.access.connection

    @property
    def audience(self) -> str:
        """An API registered on the tenant; raises `Untestable` where none was given."""
        if self.access.audience is None:
            raise Untestable("needs an API of the tenant: set AUTH0_AUDIENCE")
        return self.access.audience

    def learn(self, value: str, kind: str) -> Secret:
        """Mark a value as a secret of this kind, never to be shown."""
        return self.recorder.redactor.learn(value, kind)

    def spend_tries(self) -> None:
        """Say that a test is about to use up a user's tries; only on a mock is that done."""
        if not self.mock:
            raise Untestable("uses up a user's tries, which is done on a mock tenant only")

    def new_user(self) -> User:
        """A user of one's own, without authenticators."""
        return self.users.new()

    def password(
        self,
        user: User,
        *,
        application: Application | None = None,
        as_json: bool = False,
        **changes: object,
    ) -> Answer:
        """Ask for tokens with the user's password; `changes` override single parameters."""
        realm = self.access.connection if self.access.realm_needed else None
        params: dict[str, object] = {
            "grant_type": grants.PASSWORD_REALM if realm else grants.PASSWORD,
            "username": user.email,
            "password": user.password,
            "scope": "openid profile",
        }
        if realm:
            params["realm"] = realm
        return self.client.token(
            application or self.application, {**params, **changes}, as_json=as_json
        )

    def login(
        self, user: User, *, application: Application | None = None, **changes: object
    ) -> Login:
        """Pass the password and stop at the second factor."""
        answer = self.password(user, application=application, **changes)  # type: ignore[arg-type]
        if answer.error != "mfa_required":
            raise Prerequisite(
                f"{answer.exchange}: the login did not ask for a second factor "
                f"({answer.summary()}). Check that the tenant's MFA policy is 'Always', that the "
                "factor is enabled and that the user's password is right"
            )
        return Login(self.client, application or self.application, answer.secret("mfa_token"))

    def enroll(self, factor: str = "otp", user: User | None = None) -> EnrolledAuthenticator:
        """A user with a confirmed authenticator; recovery codes come with a one-time password."""
        if factor not in LISTED_AS:
            raise Untestable(f"enrolls {' or '.join(LISTED_AS)}, not {factor!r}, in this version")
        user = user or self.new_user()
        login = self.login(user)
        enrollment = login.associate()
        totp = self.generator(enrollment, user)
        confirmation = self.confirm(login, totp)
        return EnrolledAuthenticator(
            factor, user, totp, recovery_code_of(enrollment), confirmation, self, login
        )

    def confirm(self, login: Login, totp: Totp) -> Answer:
        """Confirm an enrollment with the generator's first code; the answer has the tokens."""
        answer = login.verify_otp(totp.code())
        if not answer.accepted:
            raise Prerequisite(
                f"{answer.exchange}: the enrollment was not confirmed ({answer.summary()})"
            )
        return answer

    def generator(self, enrollment: Answer, user: User) -> Totp:
        """The one-time password generator that an enrollment gave to the user."""
        return Totp(enrollment.secret("secret"), user.clock, self.learn)

    def jwks(self) -> object:
        """The keys that verify the tenant's tokens, as published now."""
        return self.client.jwks().body

    def unenrolled_access_token(self, user: User, scope: str = MFA_SCOPES) -> Secret:
        """An access token for the MFA audience, as a user without authenticators gets it."""
        return self.password(user, audience=self.mfa_audience, scope=scope).secret("access_token")

    def mfa_access_token(self, enrolled: EnrolledAuthenticator, scope: str = MFA_SCOPES) -> Secret:
        """An access token for the MFA audience, gained with the second factor."""
        login = enrolled.login(audience=self.mfa_audience, scope=scope)
        answer = enrolled.verify(login, enrolled.code())
        return answer.secret("access_token")


def recovery_code_of(enrollment: Answer) -> Secret | None:
    """The recovery code that an enrollment brought, None where it brought none."""
    codes = enrollment.get("recovery_codes")
    first = codes[0] if isinstance(codes, list) and codes else None
    return first if isinstance(first, str) else None  # type: ignore[return-value]
