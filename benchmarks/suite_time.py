"""How long the conformance suites take against the embedded mock.

`python -m benchmarks.suite_time [REPETITIONS]`. The yardstick is the same run that only collects:
what is left is what the tests themselves take.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Final

from benchmarks import tables
from benchmarks.processes import output_of
from benchmarks.samples import Samples

_BOUND_S: Final = 10.0
_ROOT: Final = Path(__file__).parent.parent
_SUITES: Final = ("-m", "pytest", "suites", "-q", "-p", "no:cacheprovider")
_COLLECTING: Final = "collecting only"
_RUNS: Final = {
    _COLLECTING: ("--collect-only",),
    "one process": (),
    "two workers (`-n 2`)": ("-n", "2"),
}


def main() -> None:
    """Measure and print the table."""
    repetitions = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    tables.introduce("benchmarks.suite_time", ["pytest", "pytest-xdist", "pytest-auth0-mfa"])
    measured: dict[str, list[float]] = {name: [] for name in _RUNS}
    for _ in range(repetitions):
        for name, options in _RUNS.items():
            measured[name].append(_seconds(options))
    collecting = Samples.of(measured[_COLLECTING])
    rows = [_row(name, Samples.of(seconds), collecting) for name, seconds in measured.items()]
    tables.table(("`pytest suites`", "s", "over collecting", "bound"), rows)


def _seconds(options: tuple[str, ...]) -> float:
    start = time.perf_counter()
    output_of([sys.executable, *_SUITES, *options], folder=_ROOT)
    return time.perf_counter() - start


def _row(name: str, seconds: Samples, collecting: Samples) -> list[str]:
    verdict = f"{_BOUND_S:.0f} s: {seconds.at_most(_BOUND_S)}"
    is_judged = name != _COLLECTING
    return [name, seconds.text(2), seconds.over(collecting).text(2), verdict if is_judged else ""]


if __name__ == "__main__":
    main()
