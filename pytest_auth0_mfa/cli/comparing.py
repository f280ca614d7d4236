"""`auth0-mfa compare`: two JSON reports held against each other."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from pytest_auth0_mfa.cli.printing import put

if TYPE_CHECKING:
    import argparse

    from pytest_auth0_mfa.cli.parser import Commands
    from pytest_auth0_mfa.judge.comparison import Comparison

_SUFFIXES: Final = [".json", ".md"]
_FAIL_ON: Final = ("regression", "difference", "never")


def register(commands: Commands) -> None:
    """Add the command to the parser."""
    compare = commands.add_parser(
        "compare",
        help="Hold two JSON reports against each other",
        description="Hold two JSON reports against each other: one tenant before and after, or two"
        " tenants. Exits 0 where nothing got worse, 1 where something did, 2 for a mistake.",
    )
    compare.add_argument("before", type=Path, metavar="BEFORE.json", help="The report to hold to")
    compare.add_argument("after", type=Path, metavar="AFTER.json", help="The report in question")
    compare.add_argument(
        "--fail-on",
        choices=_FAIL_ON,
        default=_FAIL_ON[0],
        help="Exit 1 where something is worse or no longer judged (the default), where anything"
        " differs, or never",
    )
    compare.add_argument(
        "-o",
        "--output",
        action="append",
        default=[],
        metavar="FILE",
        help="Also write it to a file, .md or .json; repeatable",
    )
    compare.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    from pytest_auth0_mfa.judge.comparison import compare  # noqa: PLC0415 - lazily
    from pytest_auth0_mfa.reports import check_target, differences, suffix_of, write_text  # noqa: PLC0415 - lazily
    from pytest_auth0_mfa.reports.reading import read_report  # noqa: PLC0415 - lazily

    targets = [check_target(name, "-o ", _SUFFIXES) for name in options.output]
    comparison = compare(read_report(options.before), read_report(options.after))
    for target in targets:
        as_json = suffix_of(target) == ".json"
        made = differences.to_json if as_json else differences.to_markdown
        write_text(made(comparison), target)
    put(differences.to_text(comparison))
    return int(_fails(comparison, options.fail_on))


def _fails(comparison: Comparison, fail_on: str) -> bool:
    if fail_on == "never":
        return False
    found = comparison.regressions if fail_on == "regression" else comparison.differences
    return bool(found)
