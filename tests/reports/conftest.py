"""A report made by hand: an entry of each verdict, and texts that would be markup if they could."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from pytest_auth0_mfa.judge.verdict import Verdict

HOSTILE = 'a|b `c` <script>alert("x")</script> [d](http://e) *f* \\ # @g ~h~\r\nsecond & last'
"""A text with whatever Markdown, HTML and workflow commands are made of."""

SOURCE = (
    "Guide: one, section-2 <https://auth0.com/docs/one>; Two <https://rfc-editor.org/rfc/rfc6238>"
)


def exchange(number: int, body: object, media_type: str, **changes: Any) -> dict[str, Any]:  # noqa: ANN401 - of many types
    """An exchange as a run writes it down."""
    return {
        "id": number,
        "method": "POST",
        "path": "/oauth/token",
        "status": 403,
        "request": {
            "url": "https://acme.us.auth0.com/oauth/token?a=b%20c&d=",
            "headers": {"content-type": media_type, "content-length": "21", "accept": "*/*"},
            "body": body,
        },
        "response": {
            "headers": {"content-type": "application/json", "content-length": "90"},
            "body": {"error": "mfa_required", "mfa_token": "mfa_token#2"},
        },
        "elapsed_ms": 12.5,
        "started_at": "2026-01-01T00:00:01.250+00:00",
        "test": "suites/test_login.py::test_one[otp]",
        **changes,
    }


def entry(verdict: str, **changes: Any) -> dict[str, Any]:  # noqa: ANN401 - of many types
    """An entry of a requirement that is named after its verdict."""
    is_judged = Verdict(verdict).judged
    return {
        "id": f"MFA-{verdict.upper()}",
        "group": "login",
        "title": f"What {verdict}",
        "statement": "What must hold.",
        "level": "MUST",
        "basis": "documented",
        "factor": "otp",
        "verdict": verdict,
        "reason": None if is_judged else "no inbox for sms",
        "tests": ["suites/test_login.py::test_one[otp]"],
        "source": SOURCE,
        "expected": "accepted" if is_judged else None,
        "actual": "status 403" if is_judged else None,
        "exchange": 1 if is_judged else None,
        "spend": {},
        **changes,
    }


def document(*entries: dict[str, Any], **run: Any) -> dict[str, Any]:  # noqa: ANN401 - of many types
    """A report with these entries."""
    verdicts = [each["verdict"] for each in entries]
    facts = {
        "id": "abcd1234",
        "started_at": "2026-01-01T00:00:00+00:00",
        "duration_s": 1.25,
        "tenant": "acme.us.auth0.com",
        "mock": False,
        "workers": 1,
    }
    counters = ("requests", "users", "sms", "voice", "email", "push", "wrong_codes", "management")
    made: dict[str, Any] = copy.deepcopy(
        {
            "schema_version": 1,
            "tool": {"name": "pytest-auth0-mfa", "version": "1.2.3"},
            "run": {**facts, **run},
            "summary": {verdict.value: verdicts.count(verdict.value) for verdict in Verdict},
            "requirements": list(entries),
            "responses": [],
            "exchanges": [
                exchange(1, {"otp": "otp#1"}, "application/x-www-form-urlencoded"),
                exchange(2, {"otp": "otp#1"}, "application/json; charset=utf-8"),
                exchange(3, "otp=otp#1&otp=otp#1", "application/x-www-form-urlencoded"),
                exchange(4, None, "", status=None, response=None),
            ],
            "spend": {**dict.fromkeys(counters, 0), "requests": 4, "waited_s": 2.04},
        }
    )
    del made["exchanges"][3]["started_at"]  # As older versions wrote them.
    return made


@pytest.fixture
def whole() -> dict[str, Any]:
    """A report with an entry of each verdict, of which one has hostile texts in all places."""
    hostile = entry(
        "violates",
        factor="sms",
        title=HOSTILE,
        group=HOSTILE,
        reason=HOSTILE,
        expected=HOSTILE,
        actual=HOSTILE,
        exchange=2,
        tests=[f"tests/test_own.py::test_one[{HOSTILE}]"],
        errata=[HOSTILE],
    )
    return document(*(entry(verdict.value) for verdict in Verdict), hostile)
