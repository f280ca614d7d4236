"""The tenant's state: who and what it knows, its time and its randomness.

Owns look-ups, creation of users and authenticators, and the clocks. Must not read requests or
make answers. All of it is used from one thread (the event loop's), so nothing is locked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_auth0_mfa.mock import draws
from pytest_auth0_mfa.mock.assertions import UsedAssertions
from pytest_auth0_mfa.mock.configuration import TenantSettings
from pytest_auth0_mfa.mock.guardian.approvals import Approvals
from pytest_auth0_mfa.mock.keys import SigningKey
from pytest_auth0_mfa.mock.limits import Bucket
from pytest_auth0_mfa.mock.mailslurp.account import Account
from pytest_auth0_mfa.mock.model import Authenticator, Factor, User
from pytest_auth0_mfa.mock.outbox import Outbox
from pytest_auth0_mfa.mock.seal import Sealer

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from random import Random

    from pytest_auth0_mfa.mock.model import ApiResource, Client, ClientGrant, Feature
    from pytest_auth0_mfa.mock.rules import Rules


class Tenant:
    """One tenant with everything it knows."""

    def __init__(self, clock: Callable[[], float], entropy: Random, rules: Rules) -> None:
        """Start a tenant without clients and users; `clock` gives epoch seconds."""
        self._clock = clock
        self.entropy = entropy
        self.rules = rules
        self.sealer = Sealer(entropy, padded=rules.mfa_token_padded)
        self.signing_key = SigningKey(entropy)
        self.clients: dict[str, Client] = {}
        self.client_grants: dict[str, ClientGrant] = {}
        self._registered: list[tuple[Client, Sequence[ClientGrant]]] = []
        self.used_assertions = UsedAssertions()
        self.apis: dict[str, ApiResource] = {}
        self.settings = TenantSettings()
        self.limits_enforced = False
        self.outbox = Outbox()
        self.pushes = Outbox()
        self.approvals = Approvals()
        self.management_calls = Bucket()
        self.mailslurp = Account(entropy)
        self.forget_users()

    def register(self, client: Client, *grants: ClientGrant) -> None:
        """Enter a client and its grants, to stay for as long as the tenant."""
        self._registered.append((client, grants))
        self.clients[client.client_id] = client
        self.client_grants.update({each.id: each for each in grants})

    def restore_clients(self) -> None:
        """Undo whatever became of clients since they were registered."""
        self.clients = {client.client_id: client for client, _ in self._registered}
        self.client_grants = {each.id: each for _, grants in self._registered for each in grants}

    def forget_users(self) -> None:
        """Drop every user, what belongs or was sent to them, and every advance of the clock."""
        self.outbox.clear()
        self.pushes.clear()
        self.approvals.clear()
        self.mailslurp.forget()
        self.users: dict[str, User] = {}
        self.users_by_email: dict[str, User] = {}
        self.owners: dict[str, User] = {}
        self.removed_users: list[tuple[float, User]] = []
        self.clock_offset_s = 0.0

    def now(self, user: User | None = None) -> float:
        """Return the time in epoch seconds, for the tenant or as `user` lives it."""
        now = self._clock() + self.clock_offset_s
        return now if user is None else now + user.clock_offset_s

    def offers(self, factor: Factor, user: User) -> bool:
        """Tell whether a factor is enabled: for `user` if that is said, else on the tenant."""
        own = {} if user.exceptions is None else user.exceptions.factors
        return own.get(factor, self.settings.factors[factor])

    def has(self, feature: Feature, user: User) -> bool:
        """Tell whether a feature is on: for `user` if that is said, else on the tenant."""
        own = {} if user.exceptions is None else user.exceptions.features
        return own.get(feature, self.settings.features[feature])

    def add_user(self, email: str, password: str, user_id: str | None = None) -> User:
        """Create a user of the default connection; neither address nor id may be taken."""
        user_id = user_id or draws.user_id(self.entropy)
        user = User(user_id, email.lower(), password, created_at=self.now())
        self.users[user_id] = user
        self.users_by_email[user.email] = user
        return user

    def remove_user(self, user: User) -> None:
        """Drop a user with all that belongs to them; their tokens name nobody any more."""
        del self.users[user.user_id]
        del self.users_by_email[user.email]
        entries = [*user.authenticators]
        if user.verified_email is not None:
            entries.append(user.verified_email.id)
        for each in entries:
            self.owners.pop(each, None)
        self.approvals.forget(user)
        if self.settings.search_lag_s:
            self.removed_users.append((self.now(), user))

    def rename_user(self, user: User, email: str) -> None:
        """Give a user another address, which must not be taken."""
        del self.users_by_email[user.email]
        user.email = email.lower()
        self.users_by_email[user.email] = user
        if user.verified_email is not None:
            user.verified_email.address = user.email

    def user_by_email(self, email: str) -> User | None:
        """Return the user with this address in whatever case, or None."""
        return self.users_by_email.get(email.lower())

    def draw_enrollment(self) -> str:
        """Draw what marks an enrollment, and ends the ids of its authenticators."""
        return draws.text(self.entropy, self.rules.authenticator_id_length)

    def enroll(
        self,
        user: User,
        factor: Factor,
        secret: str = "",
        *,
        address: str = "",
        enrollment: str | None = None,
    ) -> Authenticator:
        """Give `user` a new, pending authenticator, of an `enrollment` of its own unless named."""
        enrollment = self.draw_enrollment() if enrollment is None else enrollment
        authenticator = Authenticator(authenticator_id(factor, enrollment), factor, secret)
        authenticator.address, authenticator.enrollment = address, enrollment
        authenticator.enrolled_at = self.now(user)
        self.keep(user, authenticator)
        return authenticator

    def keep(self, user: User, authenticator: Authenticator) -> None:
        """Enter an authenticator under its id."""
        user.authenticators[authenticator.id] = authenticator
        self.owners[authenticator.id] = user

    def forget(self, user: User, authenticator: Authenticator) -> None:
        """Drop an authenticator that was removed, so that nothing piles up."""
        del user.authenticators[authenticator.id]
        del self.owners[authenticator.id]


def authenticator_id(factor: Factor, suffix: str) -> str:
    """Return an id such as `totp|dev_` and sixteen letters and digits."""
    prefix = "totp" if factor is Factor.OTP else factor.value
    return f"{prefix}|dev_{suffix}"
