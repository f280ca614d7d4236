"""Load on one server, made by `wrk` (https://github.com/wg/wrk) on the other core.

Owns what a single measurement says, and when it counts: only if little else ran at the time.
Must not know which answers mean what.
"""

from __future__ import annotations

import os
import re
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from benchmarks import cores
from benchmarks.processes import output_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from benchmarks.processes import Serving

_FOREIGN_LIMIT: Final = 0.05
_ATTEMPTS: Final = 6
Outcome = TypeVar("Outcome")
_MS: Final = {"us": 0.001, "ms": 1.0, "s": 1000.0}
FORM: Final = {"content-type": "application/x-www-form-urlencoded"}


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that is repeated, and the class of status that it should get."""

    method: str
    path: str
    body: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    is_refused: bool = False


@dataclass(frozen=True, slots=True)
class Measured:
    """What one run of load found out.

    `foreign` is how much of one core others took, on either.
    """

    per_s: float
    count: int
    p50_ms: float
    p99_ms: float
    foreign: float


def measure(
    server: Serving, asked: Sequence[Asked], *, seconds: int = 3, connections: int = 16
) -> Measured:
    """Ask for what is given, over and over."""
    printed, foreign = undisturbed(server, lambda: _wrk(server.url, asked, seconds, connections))
    count = int(_figure(r"(\d+) requests in", printed)[0])
    _check(printed, count, asked)
    return Measured(
        per_s=float(_figure(r"Requests/sec:\s+([\d.]+)", printed)[0]),
        count=count,
        p50_ms=_milliseconds("50%", printed),
        p99_ms=_milliseconds("99%", printed),
        foreign=foreign,
    )


def undisturbed(server: Serving, run: Callable[[], Outcome]) -> tuple[Outcome, float]:
    """Return what the least disturbed run found out, and how much of a core others took."""
    attempts = []
    for _ in range(_ATTEMPTS):
        start, before = time.perf_counter(), _others_s(server)
        outcome = run()
        foreign = (_others_s(server) - before) / (time.perf_counter() - start)
        attempts.append((outcome, max(0.0, foreign)))
        if foreign <= _FOREIGN_LIMIT:
            break
    return min(attempts, key=lambda each: each[1])


def _others_s(server: Serving) -> float:
    """Return for how long all but the server, this process and what it waited for have worked."""
    ours = os.times()
    known = ours.user + ours.system + ours.children_user + ours.children_system
    return cores.busy_s() - cores.used_s(server.pid) - known


def _wrk(url: str, asked: Sequence[Asked], seconds: int, connections: int) -> str:
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder, "requests.lua")
        script.write_text(_script(asked), encoding="utf-8")
        options = f"-t1 -c{connections} -d{seconds}s --timeout 10s --latency -s {script} {url}"
        return output_of(cores.pinned(["wrk", *options.split()], cores.LOAD))


def _script(asked: Sequence[Asked]) -> str:
    """Write the requests, which are sent in turn, in the language of wrk."""
    requests = [f"requests[{number}] = {_call(each)}" for number, each in enumerate(asked, start=1)]
    next_turn = f"turn = turn % {len(asked)} + 1"
    making = ["init = function()", *requests, "end"]
    taking = ["request = function()", next_turn, "return requests[turn]", "end"]
    return "\n".join(["local requests, turn = {}, 0", *making, *taking])


def _call(asked: Asked) -> str:
    headers = ", ".join(
        f"[ {_quoted(name)} ] = {_quoted(text)}" for name, text in asked.headers.items()
    )
    words = (_quoted(asked.method), _quoted(asked.path), f"{{{headers}}}", _quoted(asked.body))
    return f"wrk.format({', '.join(words)})"


def _quoted(text: str) -> str:
    return f"[==[{text}]==]"


def _check(printed: str, count: int, asked: Sequence[Asked]) -> None:
    """Refuse figures of requests that failed; fast refusals would look like speed."""
    found = re.search(r"Non-2xx or 3xx responses: (\d+)", printed)
    refused = int(found.group(1)) if found else 0
    expected = count * sum(each.is_refused for each in asked) / len(asked)
    # The turn of the last requests may not be complete.
    is_wrong = abs(refused - expected) > len(asked)
    if is_wrong or "Socket errors" in printed or ".lua:" in printed:
        raise RuntimeError(f"expected {expected:.0f} refusals of {count}, wrk says: {printed}")


def _milliseconds(quantile: str, printed: str) -> float:
    figure, unit = _figure(rf"{quantile}\s+([\d.]+)(us|ms|s)\b", printed)
    return float(figure) * _MS[unit]


def _figure(pattern: str, printed: str) -> tuple[str, ...]:
    found = re.search(pattern, printed)
    if found is None:
        raise RuntimeError(f"expected {pattern} in what wrk printed, got: {printed}")
    return found.groups()
