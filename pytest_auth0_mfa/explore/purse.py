"""What an exploration takes of the budget of its run: asked for before it is spent.

Counted in the ledger of the run, so that tests that run meanwhile or afterwards see it. Must not
know what a call is for.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pytest_auth0_mfa.tenant.budget import Budget
from pytest_auth0_mfa.tenant.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def _unlimited() -> Ledger:
    return Ledger(Budget())


@dataclass(frozen=True, slots=True)
class Purse:
    """Pays from a ledger; `per_user` is what it takes to have a user."""

    ledger: Ledger = field(default_factory=_unlimited)
    per_user: Mapping[str, int] = field(default_factory=lambda: {"users": 1})

    def forbids(self, kinds: Iterable[str]) -> bool:
        """Whether the budget has nothing at all for one of these."""
        return any(self.ledger.forbids(kind) for kind in kinds)

    def take(self, cost: Mapping[str, int]) -> None:
        """Set aside what a call may spend; raises `Untestable` where too little is left."""
        self.ledger.reserve(cost, "the exploration")

    def settle(self, cost: Mapping[str, int], spent: Mapping[str, int]) -> None:
        """Replace what was set aside by what was spent."""
        self.ledger.settle(cost, spent)
