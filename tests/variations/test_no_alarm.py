"""Nothing turns red for a tenant that differs in what is left open: all suites, in few runs.

One of the quiet groups and one of those that are told of in each run, others every day; `POWER=all`
in the environment runs every one.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pytest_auth0_mfa.mock.variations import VARIATIONS
from tests.variations.groups import grouped

if TYPE_CHECKING:
    from collections.abc import Iterable

SUITES = Path(__file__).parents[2] / "suites"
TIMEOUT_S = 900
GROUPS = grouped()


def test_every_variation_is_in_a_group() -> None:
    """None is left out, and none is tried twice."""
    names = [name for group in GROUPS.values() for name in group]
    assert sorted(VARIATIONS) == sorted(names)


def chosen() -> list[str]:
    """All groups, or those whose turn it is today."""
    if os.environ.get("POWER") == "all":
        return list(GROUPS)
    today = datetime.now(timezone.utc).toordinal()
    kinds = ([name for name in GROUPS if name.startswith(kind)] for kind in ("quiet", "noted"))
    return [names[today % len(names)] for names in kinds]


@pytest.mark.power
@pytest.mark.parametrize("group", chosen())
def test_nothing_turns_red(group: str, tmp_path: Path) -> None:
    """Everything conforms, but for what is told as a difference, each by its requirements."""
    found = verdicts(GROUPS[group], tmp_path / "report.json")
    told = found.pop("deviates", set())
    assert {"conforms"} == found.keys(), found
    noted = {each for name in GROUPS[group] for each in VARIATIONS[name].noted}
    assert noted == {each for each in noted if begun_by([each], told)}
    assert told == begun_by(noted, told)


def begun_by(beginnings: Iterable[str], ids: set[str]) -> set[str]:
    """Those ids that begin with one of these texts."""
    return {each for each in ids if each.startswith(tuple(beginnings))}


def verdicts(variations: Iterable[str], path: Path) -> dict[str, set[str]]:
    """Verdict -> ids of requirements, of a run against a mock with these variations."""
    command = [
        *(sys.executable, "-m", "pytest", str(SUITES), "-q", "-n", "4", "--assert=plain"),
        *("-p", "no:cacheprovider", f"--auth0-report={path}"),
        *(f"--auth0-variation={name}" for name in variations),
    ]
    run = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT_S, check=False)
    assert path.exists(), f"{run.stdout[-4000:]}\n{run.stderr[-4000:]}"
    found: dict[str, set[str]] = {}
    for entry in json.loads(path.read_text("utf-8"))["requirements"]:
        found.setdefault(entry["verdict"], set()).add(entry["id"])
    return found
