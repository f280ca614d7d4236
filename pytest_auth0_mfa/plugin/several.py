"""Several tenants in one run: each is judged by a pytest of its own, then laid side by side.

A process for each keeps what belongs to one tenant (credentials, inboxes, clean-up, reports)
from the others, and works with whatever other plugins the user has.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

import pytest

from pytest_auth0_mfa.errors import SettingsError
from pytest_auth0_mfa.judge.comparison import lay_out
from pytest_auth0_mfa.judge.verdict import SEVERITY
from pytest_auth0_mfa.reports import suffix_of
from pytest_auth0_mfa.tenant.target import parse_target

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_auth0_mfa.judge.comparison import Row

_GRAVEST_FIRST: Final = (
    pytest.ExitCode.INTERNAL_ERROR,
    pytest.ExitCode.INTERRUPTED,
    pytest.ExitCode.USAGE_ERROR,
    pytest.ExitCode.TESTS_FAILED,
    pytest.ExitCode.NO_TESTS_COLLECTED,
)
_SAME_EVERYWHERE: Final = "the same verdicts on all of them"


@dataclass(frozen=True, slots=True)
class CommandLine:
    """The tenants on a command line, the files that each would write, and all the rest."""

    tenants: tuple[str, ...]
    reports: tuple[str, ...]
    junit: str | None
    rest: tuple[str, ...]

    def of(self, tenant: str, further_report: Path) -> list[str]:
        """The arguments of the run that judges one tenant; its files carry its name."""
        words = [*self.rest, f"--auth0-tenant={tenant}" if tenant else "--auth0-tenant"]
        words += [f"--auth0-report={named_for(tenant, path)}" for path in self.reports]
        words.append(f"--auth0-report={further_report}")
        if self.junit:
            words.append(f"--junit-xml={named_for(tenant, self.junit)}")
        return words


def read_command_line(arguments: Sequence[str]) -> CommandLine:
    """Take apart what the user typed; what ini files add is not part of it."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--auth0-tenant", nargs="?", const="", action="append", default=[])
    parser.add_argument("--auth0-report", action="append", default=[])
    parser.add_argument("--junit-xml", "--junitxml")
    given, rest = parser.parse_known_args(list(arguments))
    return CommandLine(
        tuple(given.auth0_tenant), tuple(given.auth0_report), given.junit_xml, tuple(rest)
    )


def named_for(tenant: str, path: str) -> Path:
    """`mfa.json` of `acme.us.auth0.com` is `mfa.acme.us.auth0.com.json`; so for `.badge.json`."""
    name = parse_target(tenant).name or tenant if tenant else "default"
    suffix = suffix_of(path) or Path(path).suffix
    stem = Path(path).name[: -len(suffix)] if suffix else Path(path).name
    return Path(path).with_name(f"{stem}.{name}{suffix}")


def run_each(config: pytest.Config, line: CommandLine) -> int:
    """Judge the tenants one after the other; returns the gravest exit status.

    Raises `SettingsError` for a tenant that is none, or that is named twice.
    """
    _check(line)
    documents: list[dict[str, Any] | None] = []
    statuses = []
    with TemporaryDirectory(prefix="auth0-mfa-") as folder:
        for number, tenant in enumerate(line.tenants):
            report = Path(folder) / f"{number}.json"
            _say(f"\n=== tenant {tenant or 'in AUTH0_DOMAIN'}")
            command = [sys.executable, "-m", "pytest", *line.of(tenant, report)]
            ended = subprocess.run(  # noqa: S603 - pytest, with what the user typed
                command, cwd=config.invocation_params.dir, check=False
            )
            statuses.append(ended.returncode)
            documents.append(json.loads(report.read_text("utf-8")) if report.exists() else None)
    _say(f"\n=== side by side\n{side_by_side(line.tenants, documents)}")
    return gravest(statuses)


def gravest(statuses: Sequence[int]) -> int:
    """The exit status of all: what failed most, and 0 where nothing did.

    A run that a signal ended has a negative one, and has judged nothing that counts.
    """
    if min(statuses) < 0:
        return pytest.ExitCode.INTERNAL_ERROR
    return next((status for status in _GRAVEST_FIRST if status in statuses), max(statuses))


def side_by_side(tenants: Sequence[str], documents: Sequence[dict[str, Any] | None]) -> str:
    """How many of each verdict every tenant has, and the requirements on which they differ."""
    judged = [
        (name or "AUTH0_DOMAIN", document)
        for name, document in zip(tenants, documents, strict=True)
        if document
    ]
    missing = [name for name, document in zip(tenants, documents, strict=True) if not document]
    lines = [f"{name or 'AUTH0_DOMAIN'}: not judged, see above" for name in missing]
    if judged:
        names = [name for name, _ in judged]
        rows = lay_out([document for _, document in judged])
        lines += [_counts(judged), _differences(names, [row for row in rows if row.differs])]
    return "\n\n".join(lines)


def _check(line: CommandLine) -> None:
    if any("baseline" in word for word in line.rest if word.startswith("--auth0-")):
        raise SettingsError("a baseline is of one tenant: name one, or run once for each")
    for tenant in line.tenants:
        if tenant:
            parse_target(tenant)
        if line.tenants.count(tenant) > 1:
            raise SettingsError(f"--auth0-tenant={tenant}: named twice; name each tenant once")


def _counts(judged: Sequence[tuple[str, dict[str, Any]]]) -> str:
    from prettytable import PrettyTable  # noqa: PLC0415 - loaded by runs that have a table to show

    table = PrettyTable(["", *(name for name, _ in judged)], border=False, align="l")
    for verdict in SEVERITY:
        counts = [document["summary"][verdict.value] for _, document in judged]
        if any(counts):
            table.add_row([verdict.value, *counts])
    return str(table.get_string())


def _differences(names: Sequence[str], rows: Sequence[Row]) -> str:
    if len(names) == 1 or not rows:
        return _SAME_EVERYWHERE if len(names) > 1 else "nothing to compare it with"
    from prettytable import PrettyTable  # noqa: PLC0415 - as above

    table = PrettyTable(["differs", *names], border=False, align="l")
    for row in rows:
        table.add_row(
            [f"{row.requirement} [{row.factor}]", *(each or "-" for each in row.verdicts)]
        )
    return str(table.get_string())


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201 - outside pytest's own reporting


def several(config: pytest.Config) -> CommandLine | None:
    """The command line, where it names more than one tenant and asks for a run."""
    line = read_command_line([str(word) for word in config.invocation_params.args])
    return line if len(line.tenants) > 1 else None
