"""Runs the suites against mocks that are wrong, several ways at once, two runs at a time.

A run of all suites takes seconds, so several deviations are put together into one mock. Where
such a run finds exactly the requirements of its deviations, each was caught by its own. Where it
finds anything else its deviations are run again in two halves, and so on until each is alone.
`POWER=alone` in the environment runs each alone from the start.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

import pytest

from pytest_auth0_mfa.mock.deviations import DEVIATIONS, Deviation
from tests.deviations.expected import expected_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from concurrent.futures import Future

    Found = dict[str, set[str]]
    Caught = Callable[[str], Found]

SUITES = Path(__file__).parents[2] / "suites"
AT_ONCE = 2
TOGETHER = 1 if os.environ.get("POWER") == "alone" else 8
TIMEOUT_S = 300

INDEPENDENT = {"MFA-VERIFY", "MFA-TOKEN", "MFA-CLIENT", "MFA-ERROR"}
"""Areas in which one fault hides no other."""

_starting = Lock()
"""Two threads that start processes at the same instant were seen to disturb each other (EFAULT)."""


def _run(deviations: Sequence[str], folder: Path) -> Found:
    """Verdict -> ids of requirements, from the report of one run."""
    report = folder / f"{deviations[0]}-{len(deviations)}.json"
    command = [
        *(sys.executable, "-m", "pytest", str(SUITES), "-q"),
        *("--assert=plain", "-p", "no:cacheprovider", f"--auth0-report={report}"),
        *(f"--auth0-deviation={deviation}" for deviation in deviations),
    ]
    with _starting:
        run = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    output, _ = run.communicate(timeout=TIMEOUT_S)
    if not report.exists():
        pytest.fail(f"{', '.join(deviations)}: no report; {output[-4000:]}")
    document: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
    found: Found = {"violates": set(), "deviates": set()}
    for entry in document["requirements"]:
        if entry["verdict"] in found:
            found[entry["verdict"]].add(entry["id"])
    return found


def _run_group(group: Sequence[str], folder: Path) -> dict[str, Found]:
    """What was found of each deviation of a group."""
    together = _run(group, folder)
    if len(group) == 1:
        return {group[0]: together}
    wanted = [expected_of(name) for name in group]
    union = {verdict: set().union(*(one[verdict] for one in wanted)) for verdict in together}
    if together == union:
        return dict(zip(group, wanted, strict=True))
    half = len(group) // 2
    return {**_run_group(group[:half], folder), **_run_group(group[half:], folder)}


def _grouped(names: Sequence[str]) -> list[list[str]]:
    """Deviations put together so that none hides what another does."""
    groups: list[list[str]] = []
    for name in names:
        fitting = (
            group
            for group in groups
            if len(group) < TOGETHER and not any(_clash(name, other) for other in group)
        )
        group = next(fitting, None)
        if group is None:
            groups.append([name])
        else:
            group.append(name)
    return groups


def _clash(one: str, other: str) -> bool:
    """Whether one of two deviations is apt to hide what the other does."""
    first, second = DEVIATIONS[one], DEVIATIONS[other]
    if first.rules.keys() & second.rules.keys() or first.requirement == second.requirement:
        return True
    return _area(first) == _area(second) and _area(first) not in INDEPENDENT


def _area(deviation: Deviation) -> str:
    """`MFA-LIMIT` of `MFA-LIMIT-SENDS`."""
    return "-".join(deviation.requirement.split("-")[:2])


@pytest.fixture(scope="session")
def caught(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Caught]:
    """What was found of a deviation, by its name; all that this run wants are begun at once."""
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
        runs: dict[str, Future[dict[str, Found]]] = {}
        for group in _grouped(names):
            run = pool.submit(_run_group, group, folder)
            runs.update(dict.fromkeys(group, run))
        yield lambda name: runs[name].result()[name]
        pool.shutdown(cancel_futures=True)
