"""The tenant under test, as fixtures and suites use it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pytest_auth0_mfa.api import grants
from pytest_auth0_mfa.api.login import Login
from pytest_auth0_mfa.errors import Prerequisite, Untestable
from pytest_auth0_mfa.factors.app import AuthenticatorApp
from pytest_auth0_mfa.factors.delivered import DeliveredCode
from pytest_auth0_mfa.factors.enrolled import associated
from pytest_auth0_mfa.factors.enrollment import Enrollment
from pytest_auth0_mfa.factors.kinds import DELIVERED
from pytest_auth0_mfa.tenant.configuration import requirements_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_auth0_mfa.api.application import Application
    from pytest_auth0_mfa.api.client import TenantClient
    from pytest_auth0_mfa.api.exchange import Answer
    from pytest_auth0_mfa.api.recorder import Recorder
    from pytest_auth0_mfa.api.secret import Secret
    from pytest_auth0_mfa.delivery.inbox import Inbox
    from pytest_auth0_mfa.delivery.inboxes import Inboxes
    from pytest_auth0_mfa.factors.enrolled import EnrolledAuthenticator
    from pytest_auth0_mfa.factors.possession import Possession
    from pytest_auth0_mfa.tenant.access import Access
    from pytest_auth0_mfa.tenant.approvers import Approvers
    from pytest_auth0_mfa.tenant.users import User, UserSource

MFA_SCOPES = "enroll read:authenticators remove:authenticators"
"""The scopes of the MFA audience. Source: https://auth0.com/docs/secure/multi-factor-authentication/manage-mfa-auth0-apis/manage-authenticator-factors-mfa-api"""


@dataclass(frozen=True, slots=True)
class Tenant:
    """One tenant and what this run may do there.

    `url` has no trailing slash; `mock` says whether a control plane is there; `factors` are those
    that the tenant claims to offer; `use_up_tries` allows to run into limits that cost the user.
    """

    url: str
    mock: bool
    client: TenantClient
    access: Access
    users: UserSource
    inboxes: Inboxes
    approvers: Approvers
    factors: tuple[str, ...]
    use_up_tries: bool
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
    def private_key_application(self) -> Application:
        """An application that signs assertions; raises `Untestable` where none was given."""
        if self.access.private_key_application is None:
            raise Untestable(
                "needs an application with a private key: set private_key_client_id and "
                "private_key_file in the profile"
            )
        return self.access.private_key_application()

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
        """Say that a test is about to use up what a user may try, or be sent.

        Raises `Untestable` on a real tenant where nobody asked for that.
        """
        if not (self.mock or self.use_up_tries):
            raise Untestable(
                "uses up the tries or messages of a user, which is done on a real tenant only with "
                "use_up_tries = true in the profile"
            )

    def needs_forwarded_addresses(self) -> None:
        """Say that the tenant must believe where a login says that its user is, as a mock does."""
        if not self.mock:
            raise Untestable(
                "needs a login from another address: an application that the tenant trusts with "
                "the header auth0-forwarded-for, which cannot be seen from here"
            )

    def needs_shared_inbox(self) -> None:
        """Say that messages and calls to a number must arrive in one inbox, as on a mock."""
        if not self.mock:
            raise Untestable("needs a number whose text messages and calls arrive in one inbox")

    def new_user(self, verified_email: str | None = None) -> User:
        """A user of one's own, without authenticators.

        `verified_email` is the address that the user must have proved to own; without it the
        user has an address that is not verified, where the tenant lets us create users.
        """
        return self.users.new(verified_email)

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
        return self.client.token(
            application or self.application,
            {**params, **changes},
            as_json=as_json,
            headers=headers,
            expecting=expecting,
        )

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

    def associate(
        self,
        factor: str = "otp",
        user: User | None = None,
        inbox: Inbox | None = None,
        application: Application | None = None,
        bearer: Secret | None = None,
    ) -> Enrollment:
        """Begin to enroll a user; user, inbox and login are new ones if none are given.

        `bearer` is an access token for the MFA audience, by which to enroll instead of a login.
        A recovery code is enrolled with a one-time password, which it comes with.
        """
        user = user or self.new_user()
        possession = self._possession(factor, user, inbox)
        if bearer is None:
            login = self.login(user, application=application)
        else:
            login = Login(self.client, application or self.application, bearer)
        answer = associated(possession, login)
        return Enrollment(factor, user, login, answer, possession, self)

    def enroll(
        self, factor: str = "otp", user: User | None = None, inbox: Inbox | None = None
    ) -> EnrolledAuthenticator:
        """Enroll a user and confirm it; the arguments are those of `associate`."""
        return self.associate(factor, user, inbox).confirm()

    def associate_further(
        self, enrolled: EnrolledAuthenticator, factor: str, inbox: Inbox | None = None
    ) -> Enrollment:
        """Begin to enroll one more authenticator for a user who has one.

        That takes an access token, which stands for the `mfa_token` until it is confirmed.
        Source: https://community.auth0.com/t/malformed-mfa-token-message-when-trying-to-challenge-an-user-with-mfa/64112
        """
        bearer = self.mfa_access_token(enrolled)
        return self.associate(factor, enrolled.user, inbox, bearer=bearer)

    def enroll_further(
        self, enrolled: EnrolledAuthenticator, factor: str, inbox: Inbox | None = None
    ) -> EnrolledAuthenticator:
        """Enroll one more authenticator and confirm it; as `associate_further`."""
        return self.associate_further(enrolled, factor, inbox).confirm()

    def switch(self, user: User, factor: str, *, enabled: bool) -> None:
        """Enable or disable a factor for one user, as an administrator does for all.

        What the profile leaves out needs no switching off. Raises `Untestable` on a tenant where
        nothing can be changed for a single user.
        """
        if user.configuration.changeable or enabled or factor in self.factors:
            user.configuration.switch(factor, enabled=enabled)

    def open_inbox(self, channel: str) -> Inbox:
        """An inbox of one's own; raises `Untestable` where none can be had."""
        return self.inboxes.open(channel)

    def needs_factor(self, factor: str) -> None:
        """Say that a factor is needed besides; raises `Untestable` where it is not offered."""
        if factor not in self.factors:
            raise Untestable(f"needs the factor {factor!r} as well, which the profile leaves out")

    def jwks(self) -> object:
        """The keys that verify the tenant's tokens, as published now."""
        return self.client.jwks().body

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

    def _possession(self, factor: str, user: User, inbox: Inbox | None) -> Possession:
        if factor in DELIVERED:
            return DeliveredCode(factor, inbox or self.open_inbox(factor), self.learn)
        if factor == "push":
            from pytest_auth0_mfa.factors.push import PushDevice  # noqa: PLC0415 - slow to load

            return PushDevice(self.approvers.open(user), user.clock, self.learn)
        return AuthenticatorApp(user.clock, self.learn)
