"""What use and users do to a mock tenant: its memory, and its latency.

Owns two questions: is memory flat, and does a crowd of users slow anybody down.
"""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field
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
_ENROLLED: Final = "enrolled@example.com"


def memory_mb() -> list[float]:
    """Measure memory at the start, after 10,000 and after 110,000 requests, in megabytes."""
    with served(tenant.COMMAND) as server:
        sizes, done = [cores.resident_mb(server.pid)], 0
        asked = _one_of_each(server)
        for mark in _MARKS:
            while done < mark:
                done += load.measure(server, asked, seconds=1).count
            sizes.append(cores.resident_mb(server.pid))
    return sizes


@dataclass(slots=True)
class Comparison:
    """The latency of one request on a tenant of one user and on one of 100,000."""

    name: str
    small: list[Measured] = field(default_factory=list)
    large: list[Measured] = field(default_factory=list)

    def row(self) -> list[str]:
        """Write both latencies, and how much longer the large tenant takes."""
        p50 = [Samples.of(each.p50_ms for each in side) for side in (self.small, self.large)]
        p99 = [Samples.of(each.p99_ms for each in side) for side in (self.small, self.large)]
        texts = [each.text(3) for each in (*p50, *p99)]
        return [self.name, *texts, p50[1].over(p50[0]).text(2), p99[1].over(p99[0]).text(2)]


def crowding(rounds: int) -> tuple[list[Comparison], float]:
    """Compare a tenant of one user with one of 100,000; also tells the kilobytes of a user."""
    with ExitStack() as running:
        small, large = (running.enter_context(served(tenant.COMMAND)) for _ in range(2))
        for server in (small, large):
            Visitor(server).enroll(_ENROLLED)
        before_mb = cores.resident_mb(large.pid)
        tenant.in_parallel(large, _crowd(), Visitor.create_user)
        kb_per_user = (cores.resident_mb(large.pid) - before_mb) * 1000 / len(_crowd())
        comparisons = [Comparison("login told `mfa_required`"), Comparison("list")]
        for _ in range(rounds):
            for comparison, asked in zip(comparisons, (_logins, _lists), strict=True):
                comparison.small.append(_latency(small, asked(small, [_ENROLLED])))
                comparison.large.append(_latency(large, asked(large, _crowd()[::100])))
    return comparisons, kb_per_user


def _crowd() -> list[str]:
    return [f"user{number}@example.com" for number in range(_CROWD - 1)]


def _logins(server: Serving, emails: Sequence[str]) -> list[Asked]:
    """Log in as the given users, in turn."""
    visitor = Visitor(server)
    return [visitor.asks_to_log_in(email) for email in emails]


def _lists(server: Serving, _emails: Sequence[str]) -> list[Asked]:
    """List for the one user who is enrolled: an empty list would be another answer."""
    return [Visitor(server).asks_for_list(_ENROLLED)]


def _latency(server: Serving, asked: Sequence[Asked]) -> Measured:
    return load.measure(server, asked, seconds=3, connections=1)


def _one_of_each(server: Serving) -> list[Asked]:
    visitor = Visitor(server)
    visitor.enroll(_ENROLLED)
    return [
        visitor.asks_for_token(),
        visitor.asks_to_log_in(_ENROLLED),
        visitor.asks_for_challenge(_ENROLLED),
        visitor.asks_for_list(_ENROLLED),
    ]
