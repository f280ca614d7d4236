"""Servers as processes of their own: started, timed, stopped.

A server is ready when it has printed a line with its URL. Must not make load.
"""

from __future__ import annotations

import http.client
import re
import subprocess
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from benchmarks import cores
from benchmarks.samples import Samples

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence
    from pathlib import Path

_URL: Final = re.compile(r"http://[\d.]+:\d+")
_GRACE_S: Final = 10.0


@dataclass(frozen=True, slots=True)
class Serving:
    """A server that runs; `introduction` is the line that told its URL."""

    pid: int
    url: str
    introduction: str


@contextmanager
def served(
    command: Sequence[str], core: int | None = cores.SERVER, folder: Path | None = None
) -> Generator[Serving, None, None]:
    """Run a server, on one core unless that is None, until the block ends."""
    line = list(command) if core is None else cores.pinned(command, core)
    with subprocess.Popen(line, stdout=subprocess.PIPE, text=True, cwd=folder) as process:  # noqa: S603  Commands of this folder.
        try:
            yield _introduced(process)
        finally:
            process.terminate()
            try:
                process.wait(_GRACE_S)
            except subprocess.TimeoutExpired:
                process.kill()


def output_of(
    command: Sequence[str], *, statuses: Sequence[int] = (0,), folder: Path | None = None
) -> str:
    """Run a command to its end and return all it printed; any other status is an error."""
    done = subprocess.run(  # noqa: S603  As above.
        list(command),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        cwd=folder,
    )
    if done.returncode not in statuses:
        raise RuntimeError(
            f"{' '.join(command)} ended with {done.returncode}, expected one of {statuses}; it"
            f" said: {done.stdout}"
        )
    return done.stdout


def start_up_ms(
    command: Sequence[str], path: str, *, method: str = "GET", repetitions: int = 9
) -> Samples:
    """Measure from the start of a process, on any core, to the end of its first answer."""
    return Samples.of(_first_answer_ms(command, method, path) for _ in range(repetitions))


def _first_answer_ms(command: Sequence[str], method: str, path: str) -> float:
    start = time.perf_counter()
    with served(command, core=None) as server:
        connection = http.client.HTTPConnection(urlsplit(server.url).netloc)
        connection.request(method, path)
        connection.getresponse().read()
        elapsed = time.perf_counter() - start
        connection.close()
    return elapsed * 1000


def _introduced(process: subprocess.Popen[str]) -> Serving:
    for line in process.stdout or ():
        found = _URL.search(line)
        if found:
            return Serving(process.pid, found.group(), line)
    raise RuntimeError(f"{process.args!r} ended without a line that names its URL")
