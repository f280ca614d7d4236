"""A comparison of two reports, for a terminal, for Markdown and as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from pytest_auth0_mfa.judge.comparison import Change
from pytest_auth0_mfa.reports.escaping import one_line, text
from pytest_auth0_mfa.reports.markdown import LARGEST, within

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pytest_auth0_mfa.judge.comparison import Comparison, Difference, Side

SCHEMA_VERSION: Final = 1

_ROWS: Final = 50
"""Rows of one table."""


def counted(comparison: Comparison) -> str:
    """`1 worse, 2 better, 296 same`."""
    counts = ((len(comparison.of(change)), change.value) for change in Change)
    return ", ".join(f"{count} {name}" for count, name in counts if count) or "no requirement"


def titles(comparison: Comparison) -> tuple[str, str]:
    """What the two columns are called: the tenants where they are two, before and after else."""
    if comparison.same_tenant:
        return "before", "after"
    return comparison.before.tenant, comparison.after.tenant


def to_text(comparison: Comparison) -> str:
    """The comparison for a terminal."""
    lines = [
        _heading(comparison),
        f"  {_about(comparison.before)}",
        f"  {_about(comparison.after)}",
        *(f"note: {note}" for note in comparison.notes),
    ]
    for change, rows in _kinds(comparison):
        lines += ["", f"{change.value} ({len(rows)})"]
        for row in rows:
            lines += [f"  {row} ({row.title})", *(f"      {told}" for told in _told(row))]
    return "\n".join([*map(_shown, lines), "", counted(comparison)]) + "\n"


def _shown(line: str) -> str:
    """A line without whatever a terminal would obey; its indentation stays."""
    return " " * (len(line) - len(line.lstrip(" "))) + one_line(line)


def to_markdown(comparison: Comparison) -> str:
    """The comparison as Markdown that GitHub takes for a step summary."""
    blocks = [
        f"## {text(_heading(comparison))}",
        text(counted(comparison)),
        f"* {text(_about(comparison.before))}\n* {text(_about(comparison.after))}",
        *(f"**Note**: {text(note)}" for note in comparison.notes),
    ]
    for change, rows in _kinds(comparison):
        blocks += [f"### {change.value} ({len(rows)})", *_tables(comparison, rows)]
    return within(blocks, LARGEST)


def to_json(comparison: Comparison) -> str:
    """The comparison for programs."""
    document = {
        "schema_version": SCHEMA_VERSION,
        "same_tenant": comparison.same_tenant,
        "before": _side(comparison.before),
        "after": _side(comparison.after),
        "notes": comparison.notes,
        "summary": {change.value: len(comparison.of(change)) for change in Change},
        "differences": [_difference(row) for row in comparison.differences],
    }
    return json.dumps(document, indent=2) + "\n"


def _kinds(comparison: Comparison) -> Iterator[tuple[Change, list[Difference]]]:
    for change in Change:
        rows = comparison.of(change)
        if rows and change is not Change.SAME:
            yield change, rows


def _heading(comparison: Comparison) -> str:
    before, after = comparison.before, comparison.after
    if comparison.same_tenant:
        return f"tenant {after.tenant}, before and after"
    return f"tenants {before.tenant} and {after.tenant}"


def _about(side: Side) -> str:
    counts = ", ".join(f"{count} {verdict}" for verdict, count in side.summary.items() if count)
    mock = " (mock)" if side.mock else ""
    return f"{side.tenant}{mock}, run {side.run} of {side.started_at}: {counts or 'nothing'}"


def _told(row: Difference) -> Iterator[str]:
    """What each report has to say of a row, once where both say the same.

    Of what only one of them has, nothing is to be said but the verdict.
    """
    if row.before is None or row.after is None:
        return
    said = [_words(entry) for entry in (row.before, row.after)]
    if said[0] == said[1]:
        said = said[:1]
    for label, words in zip(("was", "is") if len(said) > 1 else ("is",), said, strict=True):
        if words:
            yield f"{label}: {words}"


def _words(entry: Mapping[str, object]) -> str:
    told = [f"{name} {entry[name]}" for name in ("reason", "expected", "actual") if entry.get(name)]
    return "; ".join(told)


def _tables(comparison: Comparison, rows: list[Difference]) -> Iterator[str]:
    """The rows in tables of some length, so that what does not fit is left out in parts."""
    before, after = map(text, titles(comparison))
    head = [f"| requirement | {before} | {after} | |", "| --- | --- | --- | --- |"]
    for start in range(0, len(rows), _ROWS):
        yield "\n".join([*head, *map(_row, rows[start : start + _ROWS])])


def _row(row: Difference) -> str:
    before, after = (text(verdict or "-") for verdict in row.verdicts)
    name = f"{text(row.requirement)} \\[{text(row.factor)}\\]: {text(row.title)}"
    return f"| {name} | {before} | {after} | {'<br>'.join(text(told) for told in _told(row))} |"


def _side(side: Side) -> dict[str, object]:
    return {
        "run": side.run,
        "tenant": side.tenant,
        "mock": side.mock,
        "started_at": side.started_at,
        "version": side.version,
        "summary": dict(side.summary),
    }


def _difference(row: Difference) -> dict[str, object]:
    before, after = (
        entry and {k: entry.get(k) for k in ("verdict", "reason", "expected", "actual")}
        for entry in (row.before, row.after)
    )
    return {
        "change": row.change.value,
        "id": row.requirement,
        "factor": row.factor,
        "title": row.title,
        "before": before,
        "after": after,
    }
