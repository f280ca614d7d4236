"""What the installed plugin costs a run that has nothing to do with it.

`python -m benchmarks.import_cost [REPETITIONS]`. Runs with and without the plugin take turns, so
that a machine that drifts cancels out.
"""

from __future__ import annotations

import sys
import tempfile
import time
from importlib.metadata import entry_points
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from typing import Final

from benchmarks import tables
from benchmarks.processes import output_of
from benchmarks.samples import Samples

_BOUND_MS: Final = 5.0
_NO_TESTS: Final = 5
_NAME: Final = "auth0_mfa"
_WITHOUT: Final = ("-p", f"no:{_NAME}")

_INSIDE: Final = """
import sys, time
import pytest
before, start = set(sys.modules), time.perf_counter()
import pytest_auth0_mfa.plugin
elapsed = time.perf_counter() - start
print(elapsed * 1000, len(set(sys.modules) - before))
"""

_ALONE: Final = (
    "import time; start = time.perf_counter(); import {}; print(time.perf_counter() - start)"
)

_DEPENDENCIES: Final = {
    "pytest": "pytest",
    "requests": "requests",
    "jsonschema": "jsonschema",
    "mailslurp-client": "mailslurp_client",
    "urllib3": "urllib3",
    "pyotp": "pyotp",
    "python-dotenv": "dotenv",
    "prettytable": "prettytable",
    "pyjwt": "jwt",
    "cryptography": "cryptography.hazmat.primitives.asymmetric.rsa",
    "filelock": "filelock",
    "uvicorn": "uvicorn",
    "httptools": "httptools",
    "uvloop": "uvloop",
    "trustme": "trustme",
    "firebase-messaging": "firebase_messaging",
    "tomli": "tomli",
}


def main() -> None:
    """Measure and print the tables."""
    repetitions = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    tables.introduce("benchmarks.import_cost", ["pytest", "pytest-auth0-mfa"])
    with tempfile.TemporaryDirectory() as folder:
        _runs(Path(folder), repetitions)
    _inside(repetitions)
    _dependencies(repetitions // 2)


def _runs(folder: Path, repetitions: int) -> None:
    """Compare whole runs of pytest in an empty folder."""
    _run(folder)
    pairs = [(_run(folder), _run(folder, *_WITHOUT)) for _ in range(repetitions)]
    rows = []
    for name, which in (("by the clock", 0), ("of CPU", 1)):
        plain = Samples.of(without[which] for _, without in pairs)
        ours = Samples.of(full[which] for full, _ in pairs)
        added = ours.minus(plain)
        ratio = f"{1 + added.middle / plain.middle:.3f}"
        fastest = f"{min(ours.values) - min(plain.values):.1f}"
        texts = [each.text(1) for each in (plain, ours, added)]
        rows.append([name, *texts, ratio, fastest, _verdict(added)])
    columns = ("empty run, ms", "without the plugin", "with it", "difference", "ratio")
    tables.table((*columns, "fastest less fastest", "bound"), rows)


def _run(folder: Path, *options: str) -> tuple[float, float]:
    """Return how long a run of pytest without tests takes, and how much CPU, in milliseconds."""
    start, before = time.perf_counter(), getrusage(RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    output_of([*command, *_without_others(), *options], statuses=(_NO_TESTS,), folder=folder)
    elapsed, after = time.perf_counter() - start, getrusage(RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return elapsed * 1000, used * 1000


def _without_others() -> list[str]:
    """Leave out every other plugin of this environment: the yardstick is pytest alone."""
    others = {each.name for each in entry_points(group="pytest11")} - {_NAME}
    return [word for name in sorted(others) for word in ("-p", f"no:{name}")]


def _inside(repetitions: int) -> None:
    """Measure the import alone, in interpreters that have imported pytest."""
    printed = [output_of([sys.executable, "-c", _INSIDE]).split() for _ in range(repetitions)]
    elapsed = Samples.of(float(milliseconds) for milliseconds, _ in printed)
    modules = Samples.of(float(count) for _, count in printed)
    columns = ("import after pytest", "ms", "modules that it loads", "bound")
    row = ["pytest_auth0_mfa.plugin", elapsed.text(2), modules.text(), _verdict(elapsed)]
    tables.table(columns, [row])


def _dependencies(repetitions: int) -> None:
    """Measure each dependency alone, in fresh interpreters; pytest is the yardstick."""
    measured = {name: Samples.of([]) for name in _DEPENDENCIES}
    for _ in range(repetitions):
        for name, module in _DEPENDENCIES.items():
            seconds = float(output_of([sys.executable, "-c", _ALONE.format(module)]))
            measured[name] = Samples.of([*measured[name].values, seconds * 1000])
    rows = [
        [name, each.text(1), each.over(measured["pytest"]).text(2)]
        for name, each in measured.items()
    ]
    tables.table(("import", "ms", "over pytest"), rows)


def _verdict(added: Samples) -> str:
    return f"{_BOUND_MS:.0f} ms: {added.at_most(_BOUND_MS)}"


if __name__ == "__main__":
    main()
