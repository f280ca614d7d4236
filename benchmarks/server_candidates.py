"""Which server library suits the mock: start-up, import and throughput of the candidates.

`python -m benchmarks.server_candidates [ROUNDS]`; needs `benchmarks/requirements.txt`.
"""

from __future__ import annotations

import sys
from contextlib import ExitStack
from typing import TYPE_CHECKING, Final

from benchmarks import cores, tables
from benchmarks.load import FORM, Asked, Measured, measure
from benchmarks.processes import output_of, served, start_up_ms
from benchmarks.samples import Samples

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.processes import Serving

_CANDIDATES: Final = {
    "uvicorn, uvloop": ["uvicorn_asgi", "uvloop"],
    "uvicorn, asyncio": ["uvicorn_asgi", "asyncio"],
    "uvicorn, asyncio, socket of protocol 0": ["uvicorn_asgi", "asyncio", "unnamed"],
    "asyncio.Protocol and httptools by hand": ["asyncio_protocol"],
    "http.server, threads": ["threading_stdlib"],
    "aiohttp, asyncio": ["aiohttp_server"],
    "cheroot, threads": ["cheroot_wsgi"],
}
_REFERENCE: Final = "uvicorn, uvloop"
_ASKED: Final = [Asked("POST", "/mfa/challenge", "challenge_type=otp&mfa_token=abc", FORM)]
_PACKAGES: Final = ("uvicorn", "httptools", "uvloop", "aiohttp", "cheroot", "wrk")
_COLUMNS: Final = (
    "server",
    "start-up to first answer, ms",
    "import, ms",
    "answers/s",
    f"over {_REFERENCE}",
    "p50 ms",
    "p99 ms",
)


def main() -> None:
    """Measure and print the table."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    tables.introduce("benchmarks.server_candidates", _PACKAGES)
    measured = _throughput(rounds)
    reference = _rates(measured[_REFERENCE])
    rows = [_row(name, each, reference) for name, each in measured.items()]
    tables.table(_COLUMNS, rows)


def _throughput(rounds: int) -> dict[str, list[Measured]]:
    """Measure all candidates in turn, as often as there are rounds."""
    measured: dict[str, list[Measured]] = {name: [] for name in _CANDIDATES}
    with ExitStack() as running:
        servers = {name: _start(name, running) for name in _CANDIDATES}
        for _ in range(rounds):
            for name, server in servers.items():
                measured[name].append(measure(server, _ASKED, seconds=3))
    return measured


def _start(name: str, running: ExitStack) -> Serving:
    return running.enter_context(served(_command(name), cores.SERVER))


def _command(name: str) -> list[str]:
    module, *arguments = _CANDIDATES[name]
    return [sys.executable, "-m", f"benchmarks.servers.{module}", *arguments]


def _row(name: str, measured: Sequence[Measured], reference: Samples) -> list[str]:
    rates = _rates(measured)
    return [
        name,
        start_up_ms(_command(name), "/", method="POST").text(),
        _import_ms(_CANDIDATES[name][0]).text(),
        rates.text(),
        rates.over(reference).text(2),
        Samples.of(each.p50_ms for each in measured).text(2),
        Samples.of(each.p99_ms for each in measured).text(2),
    ]


def _rates(measured: Sequence[Measured]) -> Samples:
    return Samples.of(each.per_s for each in measured)


def _import_ms(module: str) -> Samples:
    """Measure what a candidate imports before it serves, in fresh interpreters."""
    timed = (
        f"import time; start = time.perf_counter(); import benchmarks.servers.{module};"
        " print((time.perf_counter() - start) * 1000)"
    )
    return Samples.of(float(output_of([sys.executable, "-c", timed])) for _ in range(9))


if __name__ == "__main__":
    main()
