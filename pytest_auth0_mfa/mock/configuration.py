"""What an administrator configures.

Owns the settings by which the tenant goes, and their defaults. Must not hold what follows from
them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pytest_auth0_mfa.mock.model import DEFAULT_CONNECTION, Factor, Feature

if TYPE_CHECKING:
    from pytest_auth0_mfa.mock.messages import Json

ALL_APPLICATIONS = "all-applications"
"""The policy that asks for a second factor at every login."""


@dataclass(slots=True)
class BruteForce:
    """How wrong passwords are counted; `max_attempts` of None leaves it to the rules."""

    is_enabled: bool = True
    max_attempts: int | None = None
    counts_by_address: bool = True
    allowed: frozenset[str] = frozenset()


@dataclass(slots=True)
class SignIn:
    """What decides over logins by password, besides the password.

    The sets of clients hold those for which the connection is off, those that need an organization,
    and those that may not say where their users are; the sets of addresses, from where nobody may
    log in, and where no bot is suspected.
    """

    policies: tuple[str, ...] = (ALL_APPLICATIONS,)
    default_directory: str = DEFAULT_CONNECTION
    is_mfa_left_to_action: bool = False
    is_mfa_in_action: bool = False
    is_mfa_enabled_by_action: bool = False
    disabled_clients: set[str] = field(default_factory=set)
    organization_clients: set[str] = field(default_factory=set)
    distrusted_clients: set[str] = field(default_factory=set)
    blocked_addresses: set[str] = field(default_factory=set)
    are_bots_suspected: bool = False
    trusted_addresses: frozenset[str] = frozenset()
    is_connection_guarded: bool = True
    brute_force: BruteForce = field(default_factory=BruteForce)

    @property
    def asks_for_second_factor(self) -> bool:
        """Whether a policy or an Action asks for a second factor."""
        return bool(self.policies) or self.is_mfa_in_action or self.is_mfa_enabled_by_action


@dataclass(slots=True)
class Phones:
    """Which messages go to phones; the factors `sms` and `voice` are on by both of these.

    `message_types` are those that are on as soon as phones are enabled again.
    """

    is_enabled: bool = True
    message_types: tuple[str, ...] = (Factor.SMS.value, Factor.VOICE.value)
    is_unified: bool = False


@dataclass(slots=True)
class TenantSettings:
    """What an administrator configures; `friendly_name` is the issuer that devices show.

    A user is found by searching only once nothing has happened to them for `search_lag_s`.
    Messages of `undelivered` channels are lost; codes are as long, and live as long, as the rules
    have it unless said otherwise. `pages`, `listed` and `details` keep what the
    Management API was told: settings by their path, entries of lists by id, and what it shows of
    clients. `unentitled` names pages that the plan does not have.
    """

    friendly_name: str = "Mock Tenant"
    connection: str = DEFAULT_CONNECTION
    search_lag_s: float = 0.0
    factors: dict[Factor, bool] = field(default_factory=lambda: dict.fromkeys(Factor, True))
    features: dict[Feature, bool] = field(default_factory=lambda: dict.fromkeys(Feature, False))
    sign_in: SignIn = field(default_factory=SignIn)
    phones: Phones = field(default_factory=Phones)
    further_factors: set[str] = field(default_factory=set)
    undelivered: set[Factor] = field(default_factory=set)
    code_lengths: dict[Factor, int] = field(default_factory=dict)
    code_lifetimes_s: dict[Factor, float] = field(default_factory=dict)
    unentitled: set[str] = field(default_factory=set)
    pages: dict[str, dict[str, Json]] = field(default_factory=dict)
    listed: dict[str, dict[str, dict[str, Json]]] = field(default_factory=dict)
    details: dict[str, dict[str, Json]] = field(default_factory=dict)
