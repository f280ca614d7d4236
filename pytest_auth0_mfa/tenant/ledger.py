"""What a run has spent of its budget so far, over all its processes.

The plan is an estimate: a test that would go beyond the budget is not run. Owns the count, in a
file under a lock where several processes spend from one budget.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from pytest_auth0_mfa.api.shared_counts import SharedCounts
from pytest_auth0_mfa.errors import Untestable

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pytest_auth0_mfa.tenant.budget import Budget


class Ledger:
    """Counts what tests spend against a budget."""

    def __init__(self, budget: Budget, file: Path | None = None) -> None:
        """Count in `file`, which all processes of the run share; None where there is but one."""
        self._budget = budget
        self._counts = SharedCounts(file if budget.limits else None)

    def forbids(self, kind: str) -> bool:
        """Whether not even one may be spent in the whole run."""
        return self._budget.limits.get(kind) == 0

    def reserve(self, estimate: Mapping[str, int], who: str = "the test") -> None:
        """Set aside what somebody will spend; raises `Untestable` where too little is left."""
        with self._counts.locked() as spent:
            after = spent + Counter(estimate)
            exceeded = [kind for kind in self._budget.exceeded_by(after) if estimate.get(kind, 0)]
            if exceeded:
                raise Untestable(f"no budget: {self._told(exceeded, spent, estimate, who)}")
            spent.update(estimate)

    def settle(self, estimate: Mapping[str, int], spent_by_test: Mapping[str, float]) -> None:
        """Replace what was set aside by what was spent."""
        with self._counts.locked() as spent:
            for kind in self._budget.limits:
                spent[kind] += int(spent_by_test.get(kind, 0)) - estimate.get(kind, 0)

    def _told(
        self, exceeded: list[str], spent: Mapping[str, int], estimate: Mapping[str, int], who: str
    ) -> str:
        limits = self._budget.limits
        return ", ".join(
            f"{who} may spend {estimate[kind]} {kind}, and {max(limits[kind] - spent[kind], 0)} "
            f"of {limits[kind]} are left"
            for kind in exceeded
        )
