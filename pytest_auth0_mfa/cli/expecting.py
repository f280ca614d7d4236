"""`auth0-mfa expected`: what a report violates, as entries of a profile."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pytest_auth0_mfa.cli.printing import put

if TYPE_CHECKING:
    from pytest_auth0_mfa.cli.parser import Commands


def register(commands: Commands) -> None:
    """Add the command to the parser."""
    expected = commands.add_parser(
        "expected",
        help="Print what a report violates as expected failures",
        description="Print an [[expected-failure]] for the profile for all that a JSON report"
        " violates, to begin with: from then on what fails anew fails, and what no longer does is"
        " stale.",
    )
    expected.add_argument("report", type=Path, metavar="REPORT.json", help="The report of a run")
    expected.add_argument("--owner", type=_owner, help="Who sees to it that they are mended")
    expected.add_argument(
        "--expires",
        type=_date,
        metavar="DATE",
        help="The last day on which they are expected, such as 2026-12-31",
    )
    expected.set_defaults(run=_run)


def _owner(text: str) -> str:
    if not text.strip():
        raise argparse.ArgumentTypeError("expected a name, got nothing")
    return text.strip()


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"expected a date such as 2026-12-31, got {text!r}"
        ) from None


def _run(options: argparse.Namespace) -> int:
    from pytest_auth0_mfa.reports.expectations import blocks  # noqa: PLC0415 - lazily
    from pytest_auth0_mfa.reports.reading import read_report  # noqa: PLC0415 - lazily

    put(blocks(read_report(options.report), options.owner, options.expires))
    return 0
