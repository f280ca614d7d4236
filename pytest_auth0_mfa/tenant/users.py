"""What a user for tests is, what gives them, and users that exist already."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from pytest_auth0_mfa.errors import Untestable
from pytest_auth0_mfa.tenant.configuration import UserConfiguration

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pytest_auth0_mfa.api.recorder import Recorder
    from pytest_auth0_mfa.api.secret import Secret
    from pytest_auth0_mfa.tenant.clock import UserClock
    from pytest_auth0_mfa.tenant.leftovers import Removal


@dataclass(frozen=True, slots=True)
class User:
    """A user of the tenant who has no authenticator when a test receives it."""

    email: str
    password: Secret
    clock: UserClock
    user_id: str | None = None
    configuration: UserConfiguration = field(default_factory=UserConfiguration, repr=False)


class UserSource(Protocol):
    """Gives each test users of its own; a `renewable` one never runs out of them."""

    renewable: bool

    def new(self, verified_email: str | None = None) -> User:
        """A user that no other test has had, with this address as verified where one is given.

        Raises `Untestable` where there is none left or none with such an address.
        """
        ...

    def prepare(self) -> Removal | None:
        """Look, before the first test of a run, whether users can be had.

        Returns what was removed of runs that died. Raises `TenantError` where the tenant refuses.
        """
        ...

    def close(self) -> None:
        """Give no more users; what this process created may be removed."""
        ...

    def clean_up(self) -> Removal | None:
        """Remove what the run has left on the tenant; called once all its processes are done."""
        ...


@dataclass(frozen=True, slots=True)
class Account:
    """User name and password of a user that already exists."""

    username: str
    password: Secret


class GivenUsers:
    """Users that exist already, each handed out once, because enrolling changes them."""

    renewable = False

    def __init__(
        self,
        accounts: Iterable[Account],
        clock: Callable[[Recorder], UserClock],
        recorder: Recorder,
    ) -> None:
        """Hand out `accounts` in their order, each with a `clock` of its own."""
        self._accounts = list(accounts)
        self._given = len(self._accounts)
        self._clock = clock
        self._recorder = recorder

    def new(self, verified_email: str | None = None) -> User:
        """The next user of the list; none can be given an address."""
        if verified_email is not None:
            raise Untestable(
                "needs a user whose verified e-mail address is that of the test's inbox, and "
                "users that exist already have addresses of their own"
            )
        if not self._accounts:
            raise Untestable(
                f"needs a user without authenticators, and the {self._given} given are used up: "
                "list more under [[user]] in the profile, or set AUTH0_USERNAME and AUTH0_PASSWORD"
            )
        account = self._accounts.pop(0)
        self._recorder.spend.users += 1
        return User(account.username, account.password, self._clock(self._recorder))

    def prepare(self) -> None:
        """Nothing needs to be looked at."""

    def close(self) -> None:
        """Nothing is open."""

    def clean_up(self) -> None:
        """Without the Management API what was enrolled stays."""
