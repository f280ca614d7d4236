"""What the test of each requirement spends: `python -m tests.suites.spend_file` measures anew.

Three runs of all suites, taken from their reports: on a mock, and on one as if it were a real
tenant (`as_real`), without and with using up tries. Of the second and third only what differs from
the one before is written down.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    Spent = dict[tuple[str, str], dict[str, int]]

ROOT: Final = Path(__file__).parents[2]
PATH: Final = ROOT / "suites" / "spend.toml"
KINDS: Final = ("users", "sms", "voice", "email", "push", "wrong_codes")
AS_REAL: Final = ("-p", "tests.suites.as_real")

HEAD: Final = """\
# What the test of each requirement spends at most, by factor and kind, so that a run can be planned
# before its first request. Under [real] and [use-up-tries] stands only what differs from the table
# before. Measured by `python -m tests.suites.spend_file`; a test compares.
"""


def measured(report: Mapping[str, Any]) -> Spent:
    """What each requirement and factor of a report spent."""
    return {
        (entry["id"], entry["factor"]): {
            kind: int(entry["spend"][kind]) for kind in KINDS if entry["spend"].get(kind)
        }
        for entry in report["requirements"]
    }


def differing(spent: Spent, before: Spent) -> Spent:
    """What is not as under the circumstances before."""
    return {key: each for key, each in spent.items() if before.get(key) != each}


def written(mock: Spent, real: Spent, tries: Spent) -> str:
    """The file."""
    tables = {
        "mock": mock,
        "real": differing(real, mock),
        "use-up-tries": differing(tries, real),
    }
    lines = (line for name, spent in tables.items() for line in _table(name, spent))
    return HEAD + "\n".join(lines) + "\n"


def _table(name: str, spent: Spent) -> Iterator[str]:
    for requirement in sorted({key[0] for key in spent}):
        yield f"\n[{name}.{requirement}]"
        for key in sorted(key for key in spent if key[0] == requirement):
            counts = ", ".join(f"{kind} = {count}" for kind, count in spent[key].items())
            yield f"{key[1]} = {{ {counts} }}" if counts else f"{key[1]} = {{}}"


def report_of(*options: str, **variables: str) -> dict[str, Any]:
    """The report of a run of all suites."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "r.json"
        command = [sys.executable, "-m", "pytest", "suites", "-q", f"--auth0-report={path}"]
        environment = {**os.environ, "PYTHONPATH": str(ROOT), **variables}
        subprocess.run([*command, *options], cwd=ROOT, env=environment, check=True)
        report: dict[str, Any] = json.loads(path.read_text("utf-8"))
        return report


def main() -> None:
    """Measure and write."""
    mock = measured(report_of())
    real = measured(report_of(*AS_REAL))
    tries = measured(report_of(*AS_REAL, USE_UP_TRIES="1"))
    PATH.write_text(written(mock, real, tries), "utf-8")


if __name__ == "__main__":
    main()
