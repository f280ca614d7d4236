"""The command that runs deviations and prints what caught each of them."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, ArgumentTypeError
from contextlib import closing
from typing import TYPE_CHECKING

from pytest_auth0_mfa.mock.deviations import DEVIATIONS
from pytest_auth0_mfa.spelling import hint
from tests.deviations import equivalents, page
from tests.deviations.grouping import MUCH, SWEEPING, grouped
from tests.deviations.measuring import Measuring
from tests.deviations.processes import Processes, RunFailedError
from tests.deviations.sampling import Sample, any_seed, read_share
from tests.deviations.table import table, totals

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence
    from fractions import Fraction

    from pytest_auth0_mfa.mock.deviations import Deviation
    from tests.deviations.found import Found

DESCRIPTION = """\
Runs the suites against mocks that are wrong in named ways, and tells for each whether its
requirement caught it. Exit status: 0 where each was caught by its requirement and turned nothing
else red, 1 where one was not, 2 where a run failed or the command was not understood."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what the command line asks for; returns the exit status."""
    options = _read(arguments)
    processes = Processes(options.jobs, [equivalents.__name__])
    with closing(Measuring(processes.run, options.jobs)) as measuring, closing(processes):
        try:
            return _tell(options, measuring)
        except RunFailedError as error:
            sys.stderr.write(f"{error}\n")
            return 2


def _read(arguments: Sequence[str] | None) -> Namespace:
    parser = ArgumentParser("python -m tests.deviations", description=DESCRIPTION)
    parser.add_argument("names", nargs="*", metavar="NAME", help="only these deviations")
    parser.add_argument("--new", action="store_true", help=f"only those not in {page.NAME}")
    parser.add_argument("--sample", type=_share, metavar="1/8", help="only a share of them")
    parser.add_argument("--seed", type=int, help="what chooses the sample; printed if not given")
    parser.add_argument("--whole", action="store_true", help="also try all other requirements")
    parser.add_argument("--write", action="store_true", help=f"--whole, and write {page.NAME}")
    parser.add_argument(
        "-j",
        "--jobs",
        type=_count,
        default=os.cpu_count() or 1,
        metavar="N",
        help="how many runs at once; as many as there are processors",
    )
    options = parser.parse_args(arguments)
    for name in options.names:
        if name not in DEVIATIONS:
            meant = hint(name, DEVIATIONS, "pytest --auth0-deviation=list prints all")
            parser.error(f"unknown deviation {name!r}; {meant}")
    return options


def _share(word: str) -> Fraction:
    try:
        return read_share(word)
    except ValueError as error:
        raise ArgumentTypeError(str(error)) from None


def _count(word: str) -> int:
    if not word.isdecimal() or int(word) < 1:
        raise ArgumentTypeError(f"{word!r} is no number of processes: write 1 or more")
    return int(word)


def _tell(options: Namespace, measuring: Measuring) -> int:
    """Measure and print; returns the exit status."""
    chosen, is_whole = _chosen(options), options.whole or options.write
    is_some = options.names or options.new or not is_whole
    differing = () if is_some else equivalents.DEVIATIONS
    measuring.begin(chosen, grouped(chosen) if is_whole else [])
    measuring.begin([], [differing] if differing else [])
    found = [_shown(measuring.found(each), place, len(chosen)) for place, each in enumerate(chosen)]
    _say(table(found), "", totals(found))
    faults = [*_faulty(differing, measuring), *(_page_faults(found, options) if is_whole else ())]
    _say(*faults, *_sweeping(chosen, measuring))
    return 1 if faults or not all(each.is_good for each in found) else 0


def _say(*lines: str) -> None:
    sys.stdout.writelines(f"{line}\n" for line in lines)


def _chosen(options: Namespace) -> list[Deviation]:
    names = list(dict.fromkeys(options.names)) or sorted(DEVIATIONS)
    if options.new:
        names = [name for name in names if name not in page.read()]
    if options.sample is not None:
        seed = any_seed() if options.seed is None else options.seed
        names = Sample(options.sample, seed).of(names)
        _say(f"{len(names)} of {len(DEVIATIONS)} deviations, chosen by --seed {seed}")
    return [DEVIATIONS[name] for name in names]


def _shown(found: Found, place: int, count: int) -> Found:
    """Show on a terminal how far it is."""
    if sys.stderr.isatty():
        end = "\n" if place + 1 == count else ""
        sys.stderr.write(f"\r{place + 1} of {count}{end}")
    return found


def _faulty(differing: Sequence[Deviation], measuring: Measuring) -> list[str]:
    """What is wrong with equivalents: they may turn nothing red."""
    tried = {each.name: measuring.elsewhere(each) for each in differing}
    return [
        f"the equivalent {name} turns red: {', '.join(sorted({id_ for id_, _ in each.red}))}"
        for name, each in tried.items()
        if each and each.red
    ]


def _sweeping(deviations: Sequence[Deviation], measuring: Measuring) -> list[str]:
    """Advice on what would make the next run shorter."""
    tried = ((each.name, measuring.elsewhere(each)) for each in deviations)
    names = [name for name, each in tried if each and each.unjudged > MUCH]
    new = ", ".join(sorted(set(names) - SWEEPING))
    return [f"to save time, add to SWEEPING in tests/deviations/grouping.py: {new}"] if new else []


def _page_faults(found: Sequence[Found], options: Namespace) -> list[str]:
    """What is wrong with the page, which is written first if asked for."""
    known = {**page.read(), **{each.deviation.name: each for each in found}}
    made = page.render(known)
    if options.write:
        page.PATH.write_text(made, "utf-8")
    if not page.PATH.exists() or page.PATH.read_text("utf-8") != made:
        return [f"{page.NAME} tells otherwise: --write writes it"]
    missing = sorted(DEVIATIONS.keys() - known.keys())
    return [f"{page.NAME} lacks {', '.join(missing)}: --write them"] if missing else []
