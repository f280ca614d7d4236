"""A circuit breaker: ends what cannot succeed, instead of trying it again for each test.

Owns when a tenant counts as lost: so many failures in a row, over so long a time. It stays so for
the rest of the run. Source of the pattern: https://martinfowler.com/bliki/CircuitBreaker.html
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

FAILURES: Final = 8
LASTING_S: Final = 20.0
"""A tenant that restarts is back by then."""


class Circuit:
    """Counts how often in a row the tenant was not heard."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        """Begin closed; `now` gives seconds that never go back."""
        self._now = now
        self._failures = 0
        self._since = 0.0
        self._reason: str | None = None

    @property
    def reason(self) -> str | None:
        """Why the tenant counts as lost, None as long as it does not."""
        return self._reason

    def answered(self) -> None:
        """The tenant was heard."""
        self._failures = 0

    def failed(self, reason: str) -> None:
        """The tenant was not heard; `reason` says why, and what to do."""
        self._failures += 1
        if self._failures == 1:
            self._since = self._now()
        lasted_s = self._now() - self._since
        if self._reason is None and self._failures >= FAILURES and lasted_s >= LASTING_S:
            self._reason = (
                f"the tenant was not heard for {lasted_s:.0f} s, {self._failures} times in a row; "
                f"the last time {reason}"
            )


class Aside(Circuit):
    """Counts the failures of another way to the same tenant, such as its control plane.

    An answer there does not say that the tenant itself is heard.
    """

    def __init__(self, circuit: Circuit) -> None:
        """Count for `circuit`."""
        super().__init__()
        self._circuit = circuit

    @property
    def reason(self) -> str | None:
        """As for the other."""
        return self._circuit.reason

    def failed(self, reason: str) -> None:
        """Count a failure."""
        self._circuit.failed(reason)
