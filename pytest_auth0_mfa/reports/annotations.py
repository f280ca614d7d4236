"""What GitHub shows at the head of a job: workflow commands, the gravest first.

GitHub shows ten of each kind for a step
(https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pytest_auth0_mfa.judge.verdict import Verdict
from pytest_auth0_mfa.reports.entries import file_of, name_of, of_verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    Document = Mapping[str, Any]
    Entry = Mapping[str, Any]

MOST: Final = 10

_KINDS: Final = {
    Verdict.VIOLATES: "error",
    Verdict.STALE: "error",
    Verdict.INCONCLUSIVE: "warning",
}


def commands(document: Document) -> list[str]:
    """At most `MOST` lines; the last tells of what is left out."""
    entries = of_verdict(document, *_KINDS)
    if len(entries) <= MOST:
        return [_annotation(entry) for entry in entries]
    further = len(entries) - MOST + 1
    told = f"{further} further requirements failed or are inconclusive; the report has them"
    return [*(_annotation(entry) for entry in entries[: MOST - 1]), f"::error::{told}"]


def _annotation(entry: Entry) -> str:
    title = f"{name_of(entry)} {entry['verdict']}"
    path = file_of(entry)
    properties = [*([("file", path)] if path else []), ("title", title)]
    told = ",".join(f"{name}={_property(value)}" for name, value in properties)
    return f"::{_KINDS[Verdict(entry['verdict'])]} {told}::{_data('. '.join(_message(entry)))}"


def _message(entry: Entry) -> Iterator[str]:
    yield str(entry["title"])
    for name in ("reason", "expected", "actual"):
        if entry.get(name):
            yield f"{name}: {entry[name]}"
    yield f"source: {entry['source']}"


def _data(text: str) -> str:
    """A message as a workflow command holds it."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """A property of a workflow command, which ends at a comma or two colons."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")
