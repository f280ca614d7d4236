"""What a report violates, as entries of a profile: where a vendor begins to ratchet."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pytest_auth0_mfa.judge.verdict import Verdict
from pytest_auth0_mfa.reports.entries import name_of, of_verdict
from pytest_auth0_mfa.reports.escaping import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    Document = Mapping[str, Any]
    Entry = Mapping[str, Any]


def blocks(document: Document, owner: str | None = None, expires: date | None = None) -> str:
    """`[[expected-failure]]` for all that violates, and a remark for what is stale; as TOML."""
    violated: dict[str, list[Entry]] = {}
    for entry in of_verdict(document, Verdict.VIOLATES):
        violated.setdefault(entry["id"], []).append(entry)
    run = document["run"]
    parts = [
        _comment(f"what {run['tenant']} violated in run {run['id']} of {run['started_at']}"),
        *("\n".join(_block(entries, owner, expires)) for entries in violated.values()),
    ]
    if not violated:
        parts.append(_comment("nothing"))
    parts += [
        _comment(f"{name_of(entry)} no longer fails: remove its entry")
        for entry in of_verdict(document, Verdict.STALE)
    ]
    return "\n\n".join(parts) + "\n"


def _block(entries: Sequence[Entry], owner: str | None, expires: date | None) -> Iterator[str]:
    first = entries[0]
    yield _comment(f"{first['title']} ({first['level']}): {first['source']}")
    yield "[[expected-failure]]"
    yield f"requirement = {_text(first['id'])}"
    yield f"factors = [{', '.join(_text(entry['factor']) for entry in entries)}]"
    yield f"reason = {_text(_reason(entries))}"
    if owner:
        yield f"owner = {_text(owner)}"
    if expires:
        yield f"expires = {expires.isoformat()}"


def _reason(entries: Sequence[Entry]) -> str:
    """What was seen; for several factors, what was seen first."""
    first = entries[0]
    if not first["actual"]:
        return str(first.get("reason") or "violated")
    return f"expected {first['expected']}, actual {first['actual']}"


def _comment(text: str) -> str:
    return f"# {one_line(text)}"


def _text(value: object) -> str:
    """A basic string of TOML, which is one of JSON where all of it is printable."""
    return json.dumps(one_line(value), ensure_ascii=False)
