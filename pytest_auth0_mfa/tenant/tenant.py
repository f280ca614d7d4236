"""The tenant under test, as fixtures and suites use it.

Owns users, their inboxes and devices, and how an enrollment begins. What a run was given is
`means`' part, logging in is `logins`'.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from pytest_auth0_mfa.api.login import Login
from pytest_auth0_mfa.factors.app import AuthenticatorApp
from pytest_auth0_mfa.factors.delivered import DeliveredCode
from pytest_auth0_mfa.factors.enrolled import associated
from pytest_auth0_mfa.factors.enrollment import Enrollment
from pytest_auth0_mfa.factors.kinds import DELIVERED
from pytest_auth0_mfa.tenant.logins import Logins

if TYPE_CHECKING:
    from pytest_auth0_mfa.api.application import Application
    from pytest_auth0_mfa.api.recorder import Recorder
    from pytest_auth0_mfa.api.secret import Secret
    from pytest_auth0_mfa.delivery.inbox import Inbox
    from pytest_auth0_mfa.delivery.inboxes import Inboxes
    from pytest_auth0_mfa.factors.enrolled import EnrolledAuthenticator
    from pytest_auth0_mfa.factors.possession import Possession
    from pytest_auth0_mfa.factors.steps import Steps
    from pytest_auth0_mfa.tenant.approvers import Approvers
    from pytest_auth0_mfa.tenant.users import User, UserSource


@dataclass(frozen=True, slots=True)
class Tenant(Logins):
    """One tenant and what this run does there."""

    users: UserSource
    inboxes: Inboxes
    approvers: Approvers
    recorder: Recorder
    steps: Steps

    def learn(self, value: str, kind: str) -> Secret:
        """Mark a value as a secret of this kind, never to be shown."""
        return self.recorder.redactor.learn(value, kind)

    def new_user(self, verified_email: str | None = None) -> User:
        """A user of one's own, without authenticators.

        `verified_email` is the address that the user must have proved to own; without it the
        user has an address that is not verified, where the tenant lets us create users.
        """
        return self.users.new(verified_email)

    def open_inbox(self, channel: str) -> Inbox:
        """An inbox of one's own; raises `Untestable` where none can be had."""
        return self.inboxes.open(channel)

    def switch(self, user: User, factor: str, *, enabled: bool) -> None:
        """Enable or disable a factor for one user, as an administrator does for all.

        What the profile leaves out needs no switching off. Raises `Untestable` on a tenant where
        nothing can be changed for a single user.
        """
        if user.configuration.changeable or enabled or factor in self.factors:
            user.configuration.switch(factor, enabled=enabled)

    def jwks(self) -> object:
        """The keys that verify the tenant's tokens, as published now."""
        return self.client.jwks().body

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

    def _possession(self, factor: str, user: User, inbox: Inbox | None) -> Possession:
        if factor in DELIVERED:
            return DeliveredCode(factor, inbox or self.open_inbox(factor), self.learn)
        claim = partial(self.steps.claim, user.email)
        if factor == "push":
            from pytest_auth0_mfa.factors.push import PushDevice  # noqa: PLC0415 - slow to load

            return PushDevice(self.approvers.open(user), user.clock, self.learn, claim)
        return AuthenticatorApp(user.clock, self.learn, claim)
