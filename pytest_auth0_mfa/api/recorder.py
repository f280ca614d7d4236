"""The exchanges and the cost of the test that is running."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_auth0_mfa.api.redaction import Redactor
from pytest_auth0_mfa.api.spend import Spend
from pytest_auth0_mfa.api.waits import LONG_S

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_auth0_mfa.api.exchange import Exchange
    from pytest_auth0_mfa.api.waits import Cause


class Recorder:
    """Keeps each exchange, redacted, from the start of a test to its report."""

    def __init__(self, redactor: Redactor | None = None) -> None:
        """Begin with nothing recorded; share the secrets of another recorder if one is given."""
        self.redactor = redactor or Redactor()
        self.exchanges: list[Exchange] = []
        self.spend = Spend()
        self.on_wait: Callable[[Cause, float], None] | None = None

    def start_test(self) -> None:
        """Forget the exchanges of the test before; the redactor remembers its secrets."""
        self.redactor.start_test()
        self.exchanges = []
        self.spend = Spend()

    def will_wait(self, cause: Cause, seconds: float) -> None:
        """Count a wait that is about to begin, and speak of it where it is long."""
        self.spend.wait(cause, seconds)
        self.still_waits(cause, seconds, seconds)

    def still_waits(self, cause: Cause, lasting_s: float, left_s: float) -> None:
        """Speak of a wait that lasts, or has lasted, so long; `left_s` may still come."""
        if self.on_wait is not None and lasting_s >= LONG_S:
            self.on_wait(cause, left_s)

    def next_number(self) -> int:
        """The number of the next exchange of this test, counted from 1."""
        return len(self.exchanges) + 1

    def record(self, exchange: Exchange) -> None:
        """Keep one exchange and count it."""
        self.exchanges.append(exchange)
        self.spend.requests += 1
