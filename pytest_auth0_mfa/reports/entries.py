"""Questions that every renderer has about a report."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from pytest_auth0_mfa.judge.curl import to_curl
from pytest_auth0_mfa.judge.verdict import SEVERITY, Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping

    Document = Mapping[str, Any]
    Entry = Mapping[str, Any]

FACTORS: Final = ("any", "otp", "sms", "voice", "email", "push", "recovery-code")
"""The columns of a matrix, in their order."""

_CITED: Final = re.compile(r"(?P<title>[^;<>]*?)\s*<(?P<url>https?://[^<>\s]+)>")
_SUITE: Final = re.compile(r"(?:^|/)(suites/test_\w+\.py)$")


def of_verdict(document: Document, *verdicts: Verdict) -> list[Entry]:
    """The entries of these verdicts, one verdict after the other."""
    return [
        entry
        for verdict in verdicts
        for entry in document["requirements"]
        if entry["verdict"] == verdict.value
    ]


def name_of(entry: Entry) -> str:
    """`MFA-LIST-ARRAY [sms]`."""
    return f"{entry['id']} [{entry['factor']}]"


def exchange_of(document: Document, entry: Entry) -> Mapping[str, Any] | None:
    """The exchange that shows the verdict, None where there is none."""
    number, exchanges = entry["exchange"], document["exchanges"]
    if number is None:
        return None
    if number <= len(exchanges) and exchanges[number - 1]["id"] == number:
        found: Mapping[str, Any] = exchanges[number - 1]
        return found
    return next((each for each in exchanges if each["id"] == number), None)


def curl_of(exchange: Mapping[str, Any] | None) -> str | None:
    """An exchange as a command to copy, None where it does not say what was sent."""
    request = exchange["request"] if exchange else None
    return (
        to_curl(exchange["method"], request) if exchange and request and "url" in request else None
    )


def cited(source: str) -> list[tuple[str, str]]:
    """Title and address of each source that an entry cites."""
    return [(found["title"].strip(), found["url"]) for found in _CITED.finditer(source)]


def file_of(entry: Entry) -> str | None:
    """The file of an entry's first test, as seen from the root of a repository.

    The bundled suites have one name wherever they are installed; None for what lies elsewhere.
    """
    path = next(iter(entry["tests"]), "").partition("::")[0].replace("\\", "/")
    if bundled := _SUITE.search(path):
        return bundled[1]
    is_outside = path.startswith(("/", "../")) or ":" in path
    return None if is_outside or not path else path


def matrix(document: Document) -> dict[str, dict[str, list[Verdict]]]:
    """Groups of requirements against factors: the verdicts of each cell, the gravest first."""
    cells: dict[str, dict[str, list[Verdict]]] = {}
    for entry in document["requirements"]:
        row = cells.setdefault(str(entry.get("group") or "requirements"), {})
        row.setdefault(entry["factor"], []).append(Verdict(entry["verdict"]))
    for row in cells.values():
        for verdicts in row.values():
            verdicts.sort(key=SEVERITY.index)
    return cells
