"""`auth0-mfa report`: other formats of a JSON report that there is already."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from pytest_auth0_mfa.cli.printing import put

if TYPE_CHECKING:
    import argparse

    from pytest_auth0_mfa.cli.parser import Commands


def register(commands: Commands) -> None:
    """Add the command to the parser."""
    report = commands.add_parser(
        "report",
        help="Make a page, a summary, a badge ... of a JSON report",
        description="Write a JSON report of --auth0-report=FILE.json in other formats.",
    )
    report.add_argument("report", type=Path, metavar="REPORT.json", help="The report of a run")
    report.add_argument(
        "-o",
        "--output",
        action="append",
        default=[],
        metavar="FILE",
        help="Where to write it; the suffix tells the format; repeatable",
    )
    report.add_argument(
        "--counts",
        action="store_true",
        help="Print how many requirements have each verdict, as NAME=COUNT",
    )
    report.set_defaults(run=partial(_run, report))


def _run(report: argparse.ArgumentParser, options: argparse.Namespace) -> int:
    from pytest_auth0_mfa.reports import check_target, suffixes, write  # noqa: PLC0415 - lazily
    from pytest_auth0_mfa.reports.reading import read_report  # noqa: PLC0415 - lazily

    if not options.output and not options.counts:
        known = ", ".join(suffixes())
        report.error(f"say what to make of it: -o FILE with one of {known}, or --counts")
    targets = [check_target(name, "-o ") for name in options.output]
    document = read_report(options.report)
    for target in targets:
        write(document, target)
    if options.counts:
        counts = document["summary"].items()
        put("".join(f"{verdict}={count}\n" for verdict, count in counts))
    return 0
