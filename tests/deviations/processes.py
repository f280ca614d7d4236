"""The processes that run the suites, as those who want a run see them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from tempfile import TemporaryFile
from threading import Lock, Timer
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from tests.deviations.expected import Pair, Verdicts

ROOT = Path(__file__).parents[2]
COMMAND = (sys.executable, "-m", "tests.deviations.suites_process")
TIMEOUT_S = 300
TOLD = 4000
"""How much of what a failed process printed is told, in characters."""

_SPEAKING = ("AUTH0_", "MAILSLURP_", "PYTEST_")
"""Beginnings of variables that would give a run other settings."""

_starting = Lock()
"""Two threads that start processes at the same instant were seen to disturb each other (EFAULT)."""


class RunFailedError(Exception):
    """A run without a verdict; no deviation is so wrong that it may cause this."""


class Processes:
    """Runs the suites in so many processes, each started when first needed.

    Deviations of these modules are known there beside those of the mock.
    """

    def __init__(self, count: int, modules: Sequence[str] = ()) -> None:
        """Start nothing yet."""
        self._all = [_Process(modules) for _ in range(count)]
        self._free: SimpleQueue[_Process] = SimpleQueue()
        for process in self._all:
            self._free.put(process)

    def run(
        self,
        deviations: Sequence[str],
        pairs: Collection[Pair] | None = None,
        *,
        until_red: bool = False,
    ) -> Verdicts:
        """Run the suites as `expected.Run` has it; raises `RunFailedError`."""
        listed = None if pairs is None else sorted(pairs)
        process = self._free.get()
        try:
            return process.ask(
                {"deviations": list(deviations), "pairs": listed, "until_red": until_red}
            )
        finally:
            self._free.put(process)

    def close(self) -> None:
        """End all, also in the middle of a run, which fails then as any further one does."""
        for process in self._all:
            process.end()


class _Process:
    """One process; started again where it has ended, as it does where nothing can fork."""

    def __init__(self, modules: Sequence[str]) -> None:
        self._command = (*COMMAND, *modules)
        self._log = TemporaryFile()  # noqa: SIM115  Closed by `end`.
        self._running: subprocess.Popen[str] | None = None
        self._is_over = False

    def ask(self, job: dict[str, Any]) -> Verdicts:
        running = self._started()
        assert running.stdin
        assert running.stdout
        limit = Timer(TIMEOUT_S, _kill, [running])
        limit.start()
        try:
            print(json.dumps(job), file=running.stdin, flush=True)
            reply = running.stdout.readline()
        except BrokenPipeError:
            reply = ""
        finally:
            limit.cancel()
        if self._is_over:
            raise RunFailedError("the processes have been ended")
        if not reply.strip():
            raise RunFailedError(f"no verdicts of {', '.join(job['deviations'])}: {self._told()}")
        told = json.loads(reply)
        if told["is_last"]:
            with running:
                self._running = None
        return {(name, factor): verdict for name, factor, verdict in told["verdicts"]}

    def _started(self) -> subprocess.Popen[str]:
        with _starting:
            if self._is_over:
                raise RunFailedError("the processes have been ended")
            if self._running is None or self._running.poll() is not None:
                self._running = subprocess.Popen(
                    self._command,
                    cwd=ROOT,
                    env={k: v for k, v in os.environ.items() if not k.startswith(_SPEAKING)},
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=self._log,
                    text=True,
                    start_new_session=True,
                )
        return self._running

    def _told(self) -> str:
        self._log.seek(0)
        return self._log.read().decode("utf-8", "replace")[-TOLD:] or "it said nothing"

    def end(self) -> None:
        with _starting:
            self._is_over = True
        if self._running is not None:
            _kill(self._running)
            with self._running:
                pass
        self._log.close()


def _kill(running: subprocess.Popen[str]) -> None:
    """Kill a process, and the fork that may run for it."""
    with suppress(ProcessLookupError):
        if hasattr(os, "killpg"):
            os.killpg(running.pid, signal.SIGKILL)
        else:
            running.kill()
