"""A sequence of calls that disagrees with the model, as a reader repeats it.

Each call is a curl command with names in the place of secrets, and beside it what came of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pytest_auth0_mfa.judge.curl import to_curl

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_auth0_mfa.api.exchange import Exchange
    from pytest_auth0_mfa.explore.finding import Finding


@dataclass(frozen=True, slots=True)
class Sequence:
    """What was found, the calls that lead there, and the notes between them.

    A note stands with the number of calls before it. The exchanges hold no secret.
    """

    finding: Finding
    exchanges: list[Exchange]
    notes: list[tuple[int, str]]

    @property
    def length(self) -> int:
        """How many steps it takes."""
        return len(self.exchanges) + len(self.notes)

    def lines(self) -> list[str]:
        """The steps, one a line, for a shell; notes are its comments."""
        return list(self._lines())

    def _lines(self) -> Iterator[str]:
        for number, exchange in enumerate(self.exchanges):
            yield from (f"# {text}" for before, text in self.notes if before == number)
            yield f"{to_curl(exchange.method, exchange.request)}  # {_outcome(exchange)}"
        last = len(self.exchanges)
        yield from (f"# {text}" for before, text in self.notes if before >= last)


def _outcome(exchange: Exchange) -> str:
    """`403 mfa_required`."""
    body = exchange.response.get("body")
    error = body.get("error") if isinstance(body, dict) else None
    return f"{exchange.status} {error}" if isinstance(error, str) else str(exchange.status)
