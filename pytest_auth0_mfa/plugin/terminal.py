"""The summary at the end of a run: failures first, then requirement groups against factors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from pytest_auth0_mfa.api.waits import PREFIX, summed_up
from pytest_auth0_mfa.judge.curl import to_curl
from pytest_auth0_mfa.judge.report import in_order, told_errata
from pytest_auth0_mfa.judge.verdict import SEVERITY, Verdict
from pytest_auth0_mfa.plugin import intentions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pytest

    from pytest_auth0_mfa.judge.catalogue import Catalogue
    from pytest_auth0_mfa.judge.report import Entry, ExplorationRecord, RunRecord
    from pytest_auth0_mfa.plugin.settings import Settings

TITLE: Final = "auth0 mfa conformance"

_COLUMNS: Final = ("any", "otp", "sms", "voice", "email", "push", "recovery-code")

_SIGNS: Final = {
    Verdict.CONFORMS: ("✓", "ok"),
    Verdict.VIOLATES: ("✗", "FAIL"),
    Verdict.DEVIATES: ("!", "dev"),
    Verdict.KNOWN: ("~", "known"),
    Verdict.STALE: ("?", "stale"),
    Verdict.INAPPLICABLE: ("-", "n/a"),
    Verdict.UNTESTED: ("○", "untested"),
    Verdict.INCONCLUSIVE: ("…", "unclear"),
}
"""Verdict -> its sign in the matrix, and in ASCII where the terminal cannot show that."""

_SHOWN_FIRST: Final = (Verdict.VIOLATES, Verdict.STALE, Verdict.INCONCLUSIVE, Verdict.DEVIATES)


def header(settings: Settings, run_id: str) -> list[str]:
    """What is tested, with which settings, and where each comes from."""
    origins = settings.origins
    words = [f"tenant {settings.target} ({origins['auth0_tenant']})", f"run {run_id}"]
    words += [
        f"{name.removeprefix('auth0_')} {_value(settings, name, run_id)} ({origin})"
        for name, origin in origins.items()
        if origin != "default" and name not in {"auth0_tenant", "auth0_conformance"}
    ]
    lines = [f"auth0-mfa: {', '.join(words)}"]
    if settings.target.kind != "mock" and settings.variable_origins:
        found = (f"{name} ({origin})" for name, origin in settings.variable_origins.items())
        lines.append(f"auth0-mfa: {', '.join(found)}")
    return [*lines, *intentions.users(settings)]


def tell(config: pytest.Config, text: str) -> None:
    """Say something between collection and the first test."""
    reporter = config.pluginmanager.getplugin("terminalreporter")
    if reporter is not None:
        reporter.ensure_newline()
        reporter.write_line(f"auth0-mfa: {text}")


def _value(settings: Settings, name: str, run_id: str) -> str:
    values = {
        "auth0_factors": ",".join(settings.factors),
        "auth0_report": ",".join(map(str, settings.reports)),
        "auth0_deviation": ",".join(settings.deviations),
        "auth0_variation": ",".join(settings.variations),
        "auth0_hostile": settings.hostile or "",
        "auth0_interactive": "on" if settings.interactive else "off",
        "auth0_strict": "on" if settings.strict else "off",
        "auth0_budget": str(settings.budget),
        "auth0_allow_production": "on" if settings.allow_production else "off",
    }
    if name == "auth0_explore" and settings.explore:
        return f"{settings.explore.steps}:{settings.explore.seed_for(run_id)}"
    return values.get(name, "given")


def write_summary(
    reporter: pytest.TerminalReporter, record: RunRecord, catalogue: Catalogue, about: str
) -> None:
    """Write the summary of `record`; `about` names tenant and run."""
    entries = in_order(record, catalogue)
    reporter.section(TITLE)
    for verdict in _SHOWN_FIRST:
        for entry in entries:
            if entry.verdict is verdict:
                _write_entry(reporter, entry, record, catalogue)
    if entries:
        _write_matrix(reporter, entries, catalogue)
    if not record.judged:
        reporter.write_line(
            "no requirement was judged, so this run does not pass: see the reasons (-rs)",
            yellow=True,
        )
    if record.broken_off:
        reporter.write_line(f"run broken off: {record.broken_off}", red=True)
    if record.exploration is not None:
        _write_exploration(reporter, record.exploration)
    reporter.write_line(about)
    reporter.write_line(_spend(record.cost))


def _write_matrix(
    reporter: pytest.TerminalReporter, entries: list[Entry], catalogue: Catalogue
) -> None:
    plain = not _can_show(reporter, "".join(sign for sign, _ in _SIGNS.values()))
    for line in matrix(entries, catalogue, plain=plain).splitlines():
        reporter.write_line(line)
    reporter.write_line(_legend(entries, plain=plain))


def _write_exploration(reporter: pytest.TerminalReporter, explored: ExplorationRecord) -> None:
    """Write what an exploration came to, and the sequence that disagrees."""
    line = (
        f"explored {explored['steps']} calls in {explored['sequences']} sequences "
        f"(--auth0-explore={explored['asked']}:{explored['seed']}): "
    )
    if explored["agrees"]:
        early = f", ended early: {explored['ended']}" if explored["ended"] else ""
        reporter.write_line(f"{line}no disagreement{early}")
        return
    reporter.write_line(f"{line}{' or '.join(explored['requirements'])} by", red=True)
    for step in explored["sequence"]:
        reporter.write_line(f"  {step}")


def matrix(entries: Iterable[Entry], catalogue: Catalogue, *, plain: bool) -> str:
    """Requirement groups against factors; each cell has the gravest verdict and its count."""
    from prettytable import PrettyTable  # noqa: PLC0415 - loaded by runs that have a summary

    cells: dict[tuple[str, str], list[Verdict]] = {}
    for entry in entries:
        group = catalogue[entry.requirement].group
        cells.setdefault((group, entry.factor), []).append(entry.verdict)
    columns = [factor for factor in _COLUMNS if any(key[1] == factor for key in cells)]
    table = PrettyTable(["", *columns], border=False, align="l", right_padding_width=2)
    for group in dict.fromkeys(key[0] for key in cells):
        table.add_row(
            [group, *(_cell(cells.get((group, factor), []), plain=plain) for factor in columns)]
        )
    return str(table.get_string())


def _cell(verdicts: list[Verdict], *, plain: bool) -> str:
    if not verdicts:
        return ""
    gravest = min(verdicts, key=SEVERITY.index)
    count = verdicts.count(gravest)
    share = str(count) if count == len(verdicts) else f"{count}/{len(verdicts)}"
    return f"{_SIGNS[gravest][plain]} {share}"


def _write_entry(
    reporter: pytest.TerminalReporter, entry: Entry, record: RunRecord, catalogue: Catalogue
) -> None:
    requirement = catalogue[entry.requirement]
    red = entry.verdict in {Verdict.VIOLATES, Verdict.STALE}
    name = f"{entry.requirement} [{entry.factor}]"
    reporter.write_line(
        f"{entry.verdict.value} {name}: {requirement.title}", red=red, yellow=not red
    )
    lines = [
        ("reason", entry.reason),
        ("expected", entry.expected),
        ("actual", entry.actual),
        ("source", requirement.source if entry.expected else None),
        *(("erratum", text) for text in told_errata(entry, requirement)),
        ("repeat", _curl(entry, record)),
    ]
    for label, text in lines:
        if text:
            reporter.write_line(f"  {label:9} {text}")


def _curl(entry: Entry, record: RunRecord) -> str | None:
    if entry.exchange is None:
        return None
    exchange = record.exchanges[entry.exchange - 1]
    request = cast("Mapping[str, object]", exchange["request"])
    return to_curl(str(exchange["method"]), request)


def _legend(entries: Iterable[Entry], *, plain: bool) -> str:
    counts = dict.fromkeys(SEVERITY, 0)
    for entry in entries:
        counts[entry.verdict] += 1
    return "  ".join(
        f"{_SIGNS[verdict][plain]} {count} {verdict.value}" if not plain else
        f"{_SIGNS[verdict][1]}: {count} {verdict.value}"
        for verdict, count in counts.items()
        if count
    )  # fmt: skip


def _spend(spend: Mapping[str, float]) -> str:
    words = [
        f"{round(count, 1):g} {name.replace('_', ' ')}"
        for name, count in spend.items()
        if round(count, 1) and not name.startswith(PREFIX)
    ]
    waited = summed_up(spend)
    return f"spent {', '.join(words) or 'nothing'}{'; ' * bool(waited)}{waited}"


def _can_show(reporter: pytest.TerminalReporter, text: str) -> bool:
    encoding = getattr(reporter._tw._file, "encoding", None) or "ascii"  # noqa: SLF001 - no public way to the stream
    try:
        text.encode(encoding)
    except (LookupError, UnicodeEncodeError):
        return False
    return True
