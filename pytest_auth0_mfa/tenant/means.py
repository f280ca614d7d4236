"""What a run may do at a tenant, and what it was given for that.

Owns the way in which a lack is told: whatever was not given, or is not allowed, makes a test
`Untestable` with the remedy. Must not send anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pytest_auth0_mfa.errors import Untestable

if TYPE_CHECKING:
    from pytest_auth0_mfa.api.application import Application
    from pytest_auth0_mfa.tenant.access import Access


@dataclass(frozen=True, slots=True)
class Means:
    """What a run has at a tenant.

    `mock` says whether a control plane is there; `factors` are those that the tenant claims to
    offer; `use_up_tries` allows to run into limits that cost the user; `rehearses` says that
    it is a mock with the limits of a real tenant, on which a run at one is tried out.
    """

    mock: bool
    access: Access
    factors: tuple[str, ...]
    use_up_tries: bool
    rehearses: bool

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

    def needs_factor(self, factor: str) -> None:
        """Say that a factor is needed besides; raises `Untestable` where it is not offered."""
        if factor not in self.factors:
            raise Untestable(f"needs the factor {factor!r} as well, which the profile leaves out")

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

    def spend_tries(self) -> None:
        """Say that a test is about to use up what a user may try, or be sent.

        Raises `Untestable` on a real tenant where nobody asked for that.
        """
        if not (self.mock or self.use_up_tries):
            raise Untestable(
                "uses up the tries or messages of a user, which is done on a real tenant only with "
                "use_up_tries = true in the profile"
            )
