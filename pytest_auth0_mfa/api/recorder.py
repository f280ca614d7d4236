"""The exchanges and the cost of the test that is running."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_auth0_mfa.api.redaction import Redactor
from pytest_auth0_mfa.api.spend import Spend

if TYPE_CHECKING:
    from pytest_auth0_mfa.api.exchange import Exchange


class Recorder:
    """Keeps each exchange, redacted, from the start of a test to its report."""

    def __init__(self, redactor: Redactor | None = None) -> None:
        """Begin with nothing recorded; share the secrets of another recorder if one is given."""
        self.redactor = redactor or Redactor()
        self.exchanges: list[Exchange] = []
        self.spend = Spend()

    def start_test(self) -> None:
        """Forget the exchanges of the test before; the redactor remembers its secrets."""
        self.redactor.start_test()
        self.exchanges = []
        self.spend = Spend()

    def next_number(self) -> int:
        """The number of the next exchange of this test, counted from 1."""
        return len(self.exchanges) + 1

    def record(self, exchange: Exchange) -> None:
        """Keep one exchange and count it."""
        self.exchanges.append(exchange)
        self.spend.requests += 1
