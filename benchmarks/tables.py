"""What a measurement prints: how to repeat it, where it was made, and its table in Markdown."""

from __future__ import annotations

import platform
import re
import shlex
import subprocess
import sys
from datetime import datetime, timezone
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def tell(text: str) -> None:
    """Print a paragraph."""
    sys.stdout.write(f"{text}\n\n")
    sys.stdout.flush()


def introduce(module: str, packages: Sequence[str]) -> None:
    """Print the command that repeats the measurement, the date, the machine and the versions."""
    command = shlex.join(["python", "-m", module, *sys.argv[1:]])
    today = datetime.now(timezone.utc).date().isoformat()
    versions = ", ".join(f"{name} {_version(name)}" for name in packages)
    python = f"{platform.python_implementation()} {platform.python_version()}"
    tell(f"`{command}`, {today}")
    tell(f"{_machine()}; {python}; {versions}.")


def table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table."""
    lines = [columns, ["---"] * len(columns), *rows]
    tell("\n".join(f"| {' | '.join(line)} |" for line in lines))


def _machine() -> str:
    cpu = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    names = [line.partition(": ")[2] for line in cpu.splitlines() if line.startswith("model name")]
    return f"{len(names)} x {names[0]}, Linux {platform.release()}"


def _version(name: str) -> str:
    """Return the version of a Python package, or of a program that tells its own."""
    try:
        return version(name)
    except PackageNotFoundError:
        told = subprocess.run([name, "--version"], capture_output=True, text=True, check=False)  # noqa: S603  Programs that a measurement uses.
        found = re.search(r"\d+\.\d+[\w.+-]*", told.stdout)
        return found.group() if found else "of unknown version"
