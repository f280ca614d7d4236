"""How long the reports of a large run take, each over writing the same document as JSON.

A made-up run of a thousand requirements and five thousand exchanges:
`python -m benchmarks.reports [ROUNDS]`.
"""

from __future__ import annotations

import json
import sys
from time import perf_counter
from typing import TYPE_CHECKING, Any

from benchmarks.samples import Samples
from benchmarks.tables import introduce, table
from pytest_auth0_mfa.reports import render, suffixes

if TYPE_CHECKING:
    from collections.abc import Callable

REQUIREMENTS, EXCHANGES = 1_000, 5_000
_VERDICTS = ("conforms", "violates", "deviates", "untested")


def main() -> None:
    """Measure and print."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    large = document()
    introduce("benchmarks.reports", ["jinja2"])
    base = measured(lambda: json.dumps(large, indent=2), rounds)
    rows = [row("json.dumps", json.dumps(large, indent=2), base, base)]
    for suffix in suffixes():
        text = render(large, suffix)
        taken = measured(lambda suffix=suffix: render(large, suffix), rounds)  # type: ignore[misc]
        rows.append(row(suffix, text, taken, base))
    table(("report", "ms", "over json.dumps", "MB"), rows)


def measured(act: Callable[[], object], rounds: int) -> Samples:
    """Milliseconds, round by round."""
    taken = []
    for _ in range(rounds):
        began = perf_counter()
        act()
        taken.append((perf_counter() - began) * 1000)
    return Samples.of(taken)


def row(name: str, text: str, taken: Samples, base: Samples) -> tuple[str, str, str, str]:
    """One line of the table."""
    ratio = f"{taken.over(base).middle:.2f}"
    return name, f"{taken.middle:,.0f}", ratio, f"{len(text.encode()) / 1e6:.1f}"


def document() -> dict[str, Any]:
    """The report of a large run."""
    verdicts = [_VERDICTS[n % len(_VERDICTS)] for n in range(REQUIREMENTS)]
    known = ("conforms", "violates", "deviates", "known", "stale")
    others = ("inapplicable", "untested", "inconclusive")
    return {
        "schema_version": 1,
        "tool": {"name": "pytest-auth0-mfa", "version": "0"},
        "run": {
            "id": "large",
            "started_at": "2026-01-01T00:00:00+00:00",
            "duration_s": 1.0,
            "tenant": "mock",
            "mock": True,
            "workers": 1,
        },
        "summary": {name: verdicts.count(name) for name in (*known, *others)},
        "requirements": [requirement(n, verdict) for n, verdict in enumerate(verdicts)],
        "responses": [],
        "exchanges": [exchange(n) for n in range(EXCHANGES)],
        "spend": {"requests": EXCHANGES, "waited_s": 0.0},
    }


def requirement(number: int, verdict: str) -> dict[str, Any]:
    """One entry; its test has five exchanges."""
    return {
        "id": f"MFA-{number}",
        "group": f"group-{number % 20}",
        "title": "Something holds",
        "statement": "What must hold, told in a sentence or two as the catalogue does it.",
        "level": "MUST",
        "basis": "documented",
        "factor": "otp",
        "verdict": verdict,
        "reason": "no inbox" if verdict == "untested" else None,
        "tests": [f"suites/test_large.py::test_{number}[otp]"],
        "source": "Guide <https://auth0.com/docs>",
        "expected": "status 200",
        "actual": "status 403",
        "exchange": number * 5 + 1,
        "spend": {},
    }


def exchange(number: int) -> dict[str, Any]:
    """One exchange."""
    return {
        "id": number + 1,
        "method": "POST",
        "path": "/oauth/token",
        "status": 200,
        "request": {
            "url": "https://acme.us.auth0.com/oauth/token",
            "headers": {"content-type": "application/x-www-form-urlencoded"},
            "body": {"grant_type": "password", "username": "mfa-1@example.com"},
        },
        "response": {
            "headers": {"content-type": "application/json"},
            "body": {"access_token": "access_token#1", "expires_in": 86400},
        },
        "elapsed_ms": 1.5,
        "started_at": "2026-01-01T00:00:00.000+00:00",
        "test": f"suites/test_large.py::test_{number // 5}[otp]",
    }


if __name__ == "__main__":
    main()
