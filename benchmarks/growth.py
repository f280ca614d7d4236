"""What use and users do to a mock tenant: its memory, and its latency.

Owns two questions: is memory flat, and does a crowd of users slow anybody down.
"""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Final

from benchmarks import cores, load, tenant
from benchmarks.processes import served
from benchmarks.samples import Samples
from benchmarks.tenant import Visitor

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.load import Asked, Measured
    from benchmarks.processes import Serving

_MARKS: Final = (10_000, 110_000)
_CROWD: Final = 100_000
_SINGLE: Final = "first@example.com"


def memory_mb() -> tuple[float, ...]:
    """Measure memory at the start, after 10,000 and after 110,000 requests, in megabytes."""
    with served(tenant.COMMAND) as server:
        sizes, done = [cores.resident_mb(server.pid)], 0
        asked = _one_of_each(server)
        for mark in _MARKS:
            while done < mark:
                done += load.measure(server, asked, seconds=1).count
            sizes.append(cores.resident_mb(server.pid))
    return tuple(sizes)


def latency_rows(rounds: int) -> list[list[str]]:
    """Compare one user with many, over one connection; one row for each kind of request."""
    with ExitStack() as running:
        alone, crowded = (running.enter_context(served(tenant.COMMAND)) for _ in range(2))
        visitors = [Visitor(alone), Visitor(crowded)]
        for visitor in visitors:
            visitor.enroll(_SINGLE)
        emails = [f"user{number}@example.com" for number in range(_CROWD - 1)]
        tenant.in_parallel(crowded, emails, Visitor.create_user)
        return [
            _compare(name, (alone, crowded), ask, rounds)
            for name, ask in {
                "login told `mfa_required`": Visitor.asks_to_log_in,
                "list of authenticators": Visitor.asks_for_list,
            }.items()
        ]
