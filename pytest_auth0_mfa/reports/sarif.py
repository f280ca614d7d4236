"""`.sarif`: SARIF 2.1.0, for GitHub's code scanning and others that track findings.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html; what GitHub reads of it:
https://docs.github.com/en/code-security/reference/code-scanning/sarif-support-for-code-scanning

A rule is a requirement, a result what a tenant does about it for one factor. What the profile
lists as an expected failure is no result; what got in the way of a judgement is a notification of
the run. A result is located at the test that shows it, for GitHub shows none without a file, and
recognised by its fingerprint: requirement, factor and tenant.
"""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from pytest_auth0_mfa.judge.verdict import Verdict
from pytest_auth0_mfa.reports.entries import (
    cited,
    curl_of,
    exchange_of,
    file_of,
    name_of,
    of_verdict,
)
from pytest_auth0_mfa.reports.headline import judged

if TYPE_CHECKING:
    from collections.abc import Mapping

    Document = Mapping[str, Any]
    Entry = Mapping[str, Any]

_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
_HOME: Final = "https://github.com/pytest-auth0-mfa/pytest-auth0-mfa"
_CATALOGUE: Final = "suites/requirements.toml"
_FOUND: Final = (Verdict.VIOLATES, Verdict.STALE, Verdict.DEVIATES)


def render(document: Document) -> str:
    """The report as SARIF."""
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [_run(document)]}
    return json.dumps(log, indent=2) + "\n"


def _run(document: Document) -> dict[str, object]:
    rules = {entry["id"]: entry for entry in reversed(document["requirements"])}
    ordered = dict(reversed(rules.items()))
    places = {rule: place for place, rule in enumerate(ordered)}
    return {
        "tool": {
            "driver": {
                "name": document["tool"]["name"],
                "version": document["tool"]["version"],
                "informationUri": _HOME,
                "rules": [_rule(entry) for entry in ordered.values()],
            }
        },
        "automationDetails": {"id": f"auth0-mfa/{document['run']['tenant']}/"},
        "invocations": [_invocation(document)],
        "columnKind": "unicodeCodePoints",
        "results": [
            _result(document, entry, places[entry["id"]]) for entry in of_verdict(document, *_FOUND)
        ],
    }


def _rule(entry: Entry) -> dict[str, object]:
    links = cited(entry["source"])
    statement = entry.get("statement") or entry["title"]
    return {
        "id": entry["id"],
        "shortDescription": {"text": entry["title"]},
        "fullDescription": {"text": statement},
        **({"helpUri": links[0][1]} if links else {}),
        "help": {"text": f"{statement}\n\nSource: {entry['source']}"},
        "defaultConfiguration": {"level": "error" if entry["level"] == "MUST" else "warning"},
        "properties": {"tags": ["auth0", "mfa", entry["level"], entry["basis"]]},
    }


def _result(document: Document, entry: Entry, place: int) -> dict[str, object]:
    return {
        "ruleId": entry["id"],
        "ruleIndex": place,
        "kind": "fail",
        "level": _level(entry),
        "message": {"text": _message(document, entry)},
        "locations": [_location(entry)],
        "partialFingerprints": {"requirementFactorTenant/v1": _fingerprint(document, entry)},
        "properties": {"verdict": entry["verdict"], "factor": entry["factor"]},
    }


def _level(entry: Entry) -> str:
    """A stale entry and a broken SHOULD are warnings; what real tenants do as well is a note."""
    if entry["verdict"] == Verdict.VIOLATES.value:
        return "error"
    is_note = entry["verdict"] == Verdict.DEVIATES.value and entry["level"] == "MUST"
    return "note" if is_note else "warning"


def _message(document: Document, entry: Entry) -> str:
    curl = curl_of(exchange_of(document, entry))
    told = (
        f"{name_of(entry)} {entry['verdict']}: {entry['title']}.",
        entry.get("reason") and f"Reason: {entry['reason']}",
        entry["expected"] and f"Expected: {entry['expected']}",
        entry["actual"] and f"Actual: {entry['actual']}",
        f"Source: {entry['source']}",
        curl and f"Repeat: {curl}",
    )
    return "\n".join(line for line in told if line)


def _location(entry: Entry) -> dict[str, object]:
    path = file_of(entry) or _CATALOGUE
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": quote(path), "uriBaseId": "%SRCROOT%"},
            "region": {"startLine": 1},
        }
    }


def _fingerprint(document: Document, entry: Entry) -> str:
    parts = (entry["id"], entry["factor"], document["run"]["tenant"])
    return sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()


def _invocation(document: Document) -> dict[str, object]:
    unclear = of_verdict(document, Verdict.INCONCLUSIVE)
    return {
        "executionSuccessful": judged(document) > 0,
        "startTimeUtc": document["run"]["started_at"],
        "toolExecutionNotifications": [
            {
                "level": "warning",
                "message": {"text": f"{name_of(entry)} inconclusive: {entry.get('reason') or ''}"},
            }
            for entry in unclear
        ],
    }
