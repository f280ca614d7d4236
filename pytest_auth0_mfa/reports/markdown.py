"""`.md`: a summary for GitHub's job page, or wherever Markdown is read.

GitHub takes 1 MiB for a step
(https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands) and drops
what is larger as a whole. So the gravest comes first, and what does not fit is counted instead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pytest_auth0_mfa.judge.verdict import Verdict
from pytest_auth0_mfa.reports.entries import (
    FACTORS,
    cited,
    curl_of,
    exchange_of,
    matrix,
    name_of,
    of_verdict,
)
from pytest_auth0_mfa.reports.escaping import block, code, html, one_line, text
from pytest_auth0_mfa.reports.headline import counted, state_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    Document = Mapping[str, Any]
    Entry = Mapping[str, Any]

LARGEST: Final = 1_000_000
"""Octets of a summary; somewhat less than GitHub takes, for a step may write more than one."""

_SIGNS: Final = {
    Verdict.CONFORMS: "✅",
    Verdict.VIOLATES: "❌",
    Verdict.DEVIATES: "❕",
    Verdict.KNOWN: "〰️",
    Verdict.STALE: "❓",
    Verdict.INAPPLICABLE: "🚫",
    Verdict.UNTESTED: "⚪",
    Verdict.INCONCLUSIVE: "⏳",
}

_SHOWN: Final = (
    Verdict.VIOLATES,
    Verdict.STALE,
    Verdict.INCONCLUSIVE,
    Verdict.KNOWN,
    Verdict.DEVIATES,
)
_GROUPED: Final = (Verdict.UNTESTED, Verdict.INAPPLICABLE)
_MOST_NAMES: Final = 20


def render(document: Document) -> str:
    """The report as GitHub's Markdown, `LARGEST` octets at most."""
    blocks = [
        *_head(document),
        *(_shown(document, entry) for entry in of_verdict(document, *_SHOWN)),
        *_reasons(document),
    ]
    return within(blocks, LARGEST)


def within(blocks: Sequence[str], octets: int) -> str:
    """As many of the blocks as fit, and a note of those that do not."""
    kept: list[str] = []
    left = octets - len(_rest(len(blocks)).encode())
    for number, each in enumerate(blocks):
        left -= len(each.encode("utf-8", "replace")) + 2
        if left < 0:
            return "\n\n".join([*kept, _rest(len(blocks) - number)]) + "\n"
        kept.append(each)
    return "\n\n".join(kept) + "\n"


def _rest(count: int) -> str:
    return (
        f"*{count} further parts are left out, for they would not fit; the JSON report has them.*"
    )


def _head(document: Document) -> Iterator[str]:
    run, tool = document["run"], document["tool"]
    kind = "the embedded or standalone mock" if run["mock"] else "a real tenant"
    yield f"## {code(run['tenant'])} {state_of(document).value}"
    yield f"{text(counted(document))} (requirements, counted for each factor)"
    yield "\n".join(_matrix(document))
    exploration = document.get("exploration")
    if exploration:
        yield _explored(exploration)
    yield (
        f"Run {code(run['id'])} of {text(run['started_at'])}, {float(run['duration_s']):.1f} s, "
        f"{kind}, pytest-auth0-mfa {text(tool['version'])}. {_spend(document['spend'])}."
    )


def _matrix(document: Document) -> Iterator[str]:
    cells = matrix(document)
    columns = [factor for factor in FACTORS if any(factor in row for row in cells.values())]
    if not columns:
        return
    yield f"| | {' | '.join(columns)} |"
    yield f"| --- |{' --- |' * len(columns)}"
    for group, row in cells.items():
        yield f"| {text(group)} | {' | '.join(_cell(row.get(each, [])) for each in columns)} |"


def _cell(verdicts: Sequence[Verdict]) -> str:
    if not verdicts:
        return ""
    gravest, count = verdicts[0], verdicts.count(verdicts[0])
    share = str(count) if count == len(verdicts) else f"{count}/{len(verdicts)}"
    return f"{_SIGNS[gravest]} {share}"


def _explored(exploration: Mapping[str, Any]) -> str:
    told = (
        f"Explored {exploration['steps']} calls in {exploration['sequences']} sequences, "
        f"{code('--auth0-explore={asked}:{seed}'.format(**exploration))}: "
    )
    if exploration["agrees"]:
        return f"{told}no disagreement."
    return f"{told}a disagreement, by\n\n{block(chr(10).join(exploration['sequence']), 'sh')}"


def _spend(spend: Mapping[str, float]) -> str:
    words = [f"{count:g} {_unit(name)}" for name, count in _rounded(spend) if count]
    return f"Spent {text(', '.join(words) or 'nothing')}"


def _unit(name: str) -> str:
    return "s waited" if name == "waited_s" else name.replace("_", " ")


def _rounded(spend: Mapping[str, float]) -> Iterator[tuple[str, float]]:
    return (
        (name, round(count, 1))
        for name, count in spend.items()
        if name == "waited_s" or not name.startswith("waited_")
    )


def _shown(document: Document, entry: Entry) -> str:
    """One entry, folded."""
    sign = _SIGNS[Verdict(entry["verdict"])]
    summary = f"{sign} {entry['verdict']} <b>{html(name_of(entry))}</b>: {html(entry['title'])}"
    curl = curl_of(exchange_of(document, entry))
    parts = [
        f"<details><summary>{summary}</summary>",
        "\n".join(_facts(entry)),
        *([block(curl, "sh")] if curl else []),
        "</details>",
    ]
    return "\n\n".join(parts)


def _facts(entry: Entry) -> Iterator[str]:
    yield f"* level: {entry['level']}, {entry['basis']}"
    if entry.get("reason"):
        yield f"* reason: {text(entry['reason'])}"
    for name in ("expected", "actual"):
        if entry[name]:
            yield f"* {name}: {code(entry[name])}"
    yield f"* source: {_source(entry['source'])}"
    for erratum in entry.get("errata", ()):
        yield f"* erratum: {text(erratum)}"
    yield f"* tests: {', '.join(code(test) for test in entry['tests'][:_MOST_NAMES])}"


def _source(source: str) -> str:
    links = [f"[{text(title)}](<{url}>)" for title, url in cited(source)]
    return "; ".join(links) or text(source)


def _reasons(document: Document) -> Iterator[str]:
    """What was not judged, by reason."""
    for verdict in _GROUPED:
        groups: dict[str, list[Entry]] = {}
        for entry in of_verdict(document, verdict):
            groups.setdefault(one_line(entry.get("reason") or "no reason was given"), []).append(
                entry
            )
        if groups:
            yield f"### {_SIGNS[verdict]} {verdict.value}"
        for reason, entries in groups.items():
            summary = f"<summary>{len(entries)}: {html(reason)}</summary>"
            yield f"<details>{summary}\n\n{_names(entries)}\n\n</details>"


def _names(entries: Iterable[Entry]) -> str:
    return ", ".join(text(name_of(entry)) for entry in entries)
