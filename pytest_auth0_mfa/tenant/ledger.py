"""What a run has spent of its budget so far, over all its processes.

The plan is an estimate: a test that would go beyond the budget is not run. Owns the count, in a
file under a lock where several processes spend from one budget.
"""

from __future__ import annotations

import json
from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pytest_auth0_mfa.errors import Untestable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from pytest_auth0_mfa.tenant.budget import Budget


class Ledger:
    """Counts what tests spend against a budget."""

    def __init__(self, budget: Budget, file: Path | None = None) -> None:
        """Count in `file`, which all processes of the run share; None where there is but one."""
        self._budget = budget
        self._file = file
        self._spent: Counter[str] = Counter()

    def forbids(self, kind: str) -> bool:
        """Whether not even one may be spent in the whole run."""
        return self._budget.limits.get(kind) == 0

    def reserve(self, estimate: Mapping[str, int], who: str = "the test") -> None:
        """Set aside what somebody will spend; raises `Untestable` where too little is left."""
        with self._locked() as spent:
            after = spent + Counter(estimate)
            exceeded = [kind for kind in self._budget.exceeded_by(after) if estimate.get(kind, 0)]
            if exceeded:
                raise Untestable(f"no budget: {self._told(exceeded, spent, estimate, who)}")
            spent.update(estimate)

    def settle(self, estimate: Mapping[str, int], spent_by_test: Mapping[str, float]) -> None:
        """Replace what was set aside by what was spent."""
        with self._locked() as spent:
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

    @contextmanager
    def _locked(self) -> Iterator[Counter[str]]:
        """What was spent so far, kept when the block ends well."""
        if self._file is None or not self._budget.limits:
            yield self._spent
            return
        from filelock import FileLock  # noqa: PLC0415 - where a budget is shared only

        with FileLock(self._file.with_suffix(".lock")):
            text = self._file.read_text(encoding="utf-8") if self._file.exists() else "{}"
            spent: Counter[str] = Counter(json.loads(text))
            yield spent
            self._file.write_text(json.dumps(spent), encoding="utf-8")
