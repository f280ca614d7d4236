"""Users for tests, created through the Management API, and given ones that are restored by it.

Owns what a created user is like and that the journal knows of it before the tenant does. What was
created is removed by `leftovers`, when the process that created it is done or dead.
"""

from __future__ import annotations

import re
from itertools import count
from secrets import token_urlsafe
from typing import TYPE_CHECKING, Final

from pytest_auth0_mfa.errors import Auth0MfaError, Disturbance, TenantError
from pytest_auth0_mfa.tenant.leftovers import Removal, finish_journals
from pytest_auth0_mfa.tenant.marks import new_mark

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytest_auth0_mfa.api.recorder import Recorder
    from pytest_auth0_mfa.api.secret import Secret
    from pytest_auth0_mfa.tenant.journal import Journal
    from pytest_auth0_mfa.tenant.management.client import ManagementClient
    from pytest_auth0_mfa.tenant.users import GivenUsers, User

    MakeUser = Callable[[str, Secret, str], User]

CREATING: Final = ("create:users", "read:users", "delete:users")
SWEEPING: Final = ("read:users", "delete:users")
RESTORING: Final = (
    "read:users",
    "read:authentication_methods",
    "delete:authentication_methods",
)

_DEFAULT_CONNECTION: Final = "Username-Password-Authentication"
_THREE_ALIKE: Final = re.compile(r"(.)\1\1")


class ManagedUsers:
    """Creates a user for each test that wants one."""

    renewable = True

    def __init__(  # noqa: PLR0913 - what a user is made of, all by name
        self,
        client: ManagementClient,
        journal: Journal,
        *,
        folder: Path,
        recorder: Recorder,
        run: str,
        prefix: str,
        domain: str,
        connection: str | None,
        make_user: MakeUser,
    ) -> None:
        """Name users by `prefix`, unique to run and worker, at a `domain` that gets no mail.

        `folder` holds the journals of all processes; `make_user` makes the user that a test
        receives from e-mail address, password and id.
        """
        self._client = client
        self._journal = journal
        self._folder = folder
        self._recorder = recorder
        self._run = run
        self._names = (f"{prefix}-{number}@{domain}" for number in count(1))
        self._connection = connection or _DEFAULT_CONNECTION
        self._make_user = make_user

    def new(self, verified_email: str | None = None) -> User:
        """Create a user without authenticators; it is marked as this run's.

        A verified address is an authenticator where e-mail is a factor, so it is verified only
        if it was asked for.
        """
        self._client.token.need(CREATING)
        email = verified_email or next(self._names)
        password = self._recorder.redactor.learn(new_password(), "password")
        self._journal.creating(email)
        user_id = self._client.create_user(
            connection=self._connection,
            email=email,
            password=password,
            email_verified=verified_email is not None,
            verify_email=False,
            app_metadata=new_mark(self._run).to_json(),
        )
        self._journal.created(email, user_id)
        self._recorder.spend.users += 1
        return self._make_user(email, password, user_id)

    def prepare(self) -> Removal:
        """Look whether users can be created, and finish what dead runs left.

        Raises `TenantError` where the Management API cannot be used.
        """
        self._client.token.need(CREATING)
        return finish_journals(self._client, self._folder)

    def close(self) -> None:
        """Create no more: what was created may be removed from now on."""
        self._journal.close()

    def clean_up(self) -> Removal:
        """Remove what the processes that are done have created."""
        return finish_journals(self._client, self._folder)


class RestoredUsers:
    """Given users, from whom what a run enrolled is taken away at its end.

    Needs the Management API; where that cannot be used, users are given all the same and keep
    what was enrolled, as the summary tells.
    """

    renewable = False

    def __init__(
        self, users: GivenUsers, client: ManagementClient, journal: Journal, folder: Path
    ) -> None:
        """Hand out `users`."""
        self._users = users
        self._client = client
        self._journal = journal
        self._folder = folder
        self._kept: dict[str, str] = {}

    def new(self, verified_email: str | None = None) -> User:
        """The next user, once what it has already is written down."""
        user = self._users.new(verified_email)
        try:
            user_id = self._id_of(user.email)
            methods = self._client.authentication_methods(user_id)
        except (Disturbance, TenantError) as error:
            self._kept[user.email] = str(error)
        else:
            self._journal.using(user.email, user_id, [str(each.get("id")) for each in methods])
        return user

    def prepare(self) -> Removal:
        """Finish what dead runs left, if the Management API lets us."""
        try:
            self._client.token.need(RESTORING)
            return finish_journals(self._client, self._folder)
        except Auth0MfaError:
            return Removal()

    def close(self) -> None:
        """Hand out no more."""
        self._journal.close()

    def clean_up(self) -> Removal:
        """Take away what was enrolled."""
        removal = finish_journals(self._client, self._folder)
        removal.kept.update(self._kept)
        return removal

    def _id_of(self, username: str) -> str:
        found = self._client.users_by_email(username)
        if len(found) != 1:
            raise Disturbance(f"{len(found)} users have the e-mail address {username}")
        return str(found[0].get("user_id"))


def new_password() -> str:
    """A random password that every strength a connection may demand lets pass.

    Source: https://auth0.com/docs/authenticate/database-connections/password-strength
    """
    while True:
        password = f"{token_urlsafe(18)}-aZ7"
        if not _THREE_ALIKE.search(password):
            return password
