"""Runs the suites against a mock that is wrong in one way, two runs at a time."""

from __future__ import annotations

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Future

    Caught = Callable[[str], dict[str, set[str]]]

SUITES = Path(__file__).parents[2] / "suites"
AT_ONCE = 2
TIMEOUT_S = 120

_starting = Lock()
"""Two threads that start processes at the same instant were seen to disturb each other (EFAULT)."""


def _run(deviation: str, folder: Path) -> dict[str, set[str]]:
    """Verdict -> ids of requirements, from the report of one run."""
    report = folder / f"{deviation}.json"
    command = [
        *(sys.executable, "-m", "pytest", str(SUITES), "-q"),
        *("--assert=plain", "-p", "no:cacheprovider"),
        *(f"--auth0-deviation={deviation}", f"--auth0-report={report}"),
    ]
    with _starting:
        run = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    output, _ = run.communicate(timeout=TIMEOUT_S)
    if not report.exists():
        pytest.fail(f"{deviation}: no report; {output[-4000:]}")
    document: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
    found: dict[str, set[str]] = {}
    for entry in document["requirements"]:
        found.setdefault(entry["verdict"], set()).add(entry["id"])
    return found


@pytest.fixture(scope="session")
def caught(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Caught]:
    """Verdicts against a deviation, by its name; all that this run wants are begun at once."""
    folder = tmp_path_factory.mktemp("power")
    names: list[str] = [
        str(item.callspec.params["deviation"])
        for item in request.session.items
        if isinstance(item, pytest.Function)
        and hasattr(item, "callspec")
        and "deviation" in item.callspec.params
        and item.get_closest_marker("power")
    ]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        runs: dict[str, Future[dict[str, set[str]]]] = {
            name: pool.submit(_run, name, folder) for name in names
        }
        yield lambda name: runs[name].result()
        pool.shutdown(cancel_futures=True)
