"""The schema of the JSON report accepts what the tool promises and refuses what it rules out."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from pytest_auth0_mfa import schemas

VERDICTS = (
    "conforms",
    "violates",
    "deviates",
    "known",
    "stale",
    "inapplicable",
    "untested",
    "inconclusive",
)
REPORT: dict[str, Any] = {
    "schema_version": 1,
    "tool": {"name": "pytest-auth0-mfa", "version": "0.1.0"},
    "run": {
        "id": "r1",
        "started_at": "2026-11-22T03:30:00+00:00",
        "duration_s": 1.2,
        "tenant": "mock",
        "mock": True,
        "workers": 1,
    },
    "summary": dict.fromkeys(VERDICTS, 0),
    "requirements": [
        {
            "id": "MFA-VERIFY-REPLAY",
            "title": "A used one-time password is refused",
            "level": "MUST",
            "basis": "documented",
            "factor": "otp",
            "verdict": "conforms",
            "tests": ["suites/test_verification.py::test_replay[otp]"],
            "source": "https://auth0.com/docs",
            "expected": "403",
            "actual": "403",
            "exchange": 3,
        }
    ],
    "responses": [
        {"id": "token.otp", "schema": "token.otp.schema.json", "observed": True, "count": 4}
    ],
    "exchanges": [
        {
            "id": 3,
            "method": "POST",
            "path": "/mfa/associate",
            "status": 200,
            "request": {},
            "response": {},
            "elapsed_ms": 3.1,
        }
    ],
    "spend": {
        "requests": 0,
        "users": 0,
        "sms": 0,
        "voice": 0,
        "email": 0,
        "push": 0,
        "wrong_codes": 0,
        "management": 0,
        "waited_s": 0.0,
    },
}


def is_valid(report: object) -> bool:
    """Tell whether the schema accepts a report."""
    return Draft202012Validator(schemas.report_schema()).is_valid(report)


def changed(value: object, *path: str | int) -> dict[str, Any]:
    """Copy the example with one place set to another value."""
    report = copy.deepcopy(REPORT)
    target: Any = report
    for part in path[:-1]:
        target = target[part]
    target[path[-1]] = value
    return report


def test_example_is_accepted() -> None:
    """A report with one entry of each kind is valid."""
    assert is_valid(REPORT)


@pytest.mark.parametrize("name", sorted(REPORT))
def test_every_section_is_required(name: str) -> None:
    """A report that lacks a section is not valid."""
    assert not is_valid({key: value for key, value in REPORT.items() if key != name})


@pytest.mark.parametrize("section", ["tool", "run", "summary", "spend"])
def test_every_named_member_is_required(section: str) -> None:
    """A section that lacks any of its members makes the report invalid."""
    for name in REPORT[section]:
        members = {key: value for key, value in REPORT[section].items() if key != name}
        assert not is_valid(changed(members, section)), name


@pytest.mark.parametrize("section", ["requirements", "responses", "exchanges"])
def test_every_member_of_an_entry_is_required(section: str) -> None:
    """An entry that lacks any of its members makes the report invalid."""
    for name in REPORT[section][0]:
        members = {key: value for key, value in REPORT[section][0].items() if key != name}
        assert not is_valid(changed(members, section, 0)), name


@pytest.mark.parametrize("section", [None, "tool", "run", "summary", "spend"])
def test_sections_may_grow(section: str | None) -> None:
    """A member added by a later version does not make a report invalid."""
    assert is_valid(changed(1, *([section] if section else []), "added_later"))


@pytest.mark.parametrize("verdict", VERDICTS)
def test_every_verdict_is_accepted(verdict: str) -> None:
    """Each of the eight verdicts may stand at a requirement."""
    assert is_valid(changed(verdict, "requirements", 0, "verdict"))


@pytest.mark.parametrize("factor", ["otp", "sms", "voice", "email", "push", "recovery-code", "any"])
def test_every_factor_is_accepted(factor: str) -> None:
    """Each factor may stand at a requirement, and any where none is involved."""
    assert is_valid(changed(factor, "requirements", 0, "factor"))


@pytest.mark.parametrize(
    ("value", "path"),
    [
        (2, ("schema_version",)),
        ("other", ("tool", "name")),
        ("yesterday", ("run", "started_at")),
        (-1, ("run", "duration_s")),
        (0, ("run", "workers")),
        (-1, ("summary", "conforms")),
        (1.5, ("spend", "sms")),
        ("passed", ("requirements", 0, "verdict")),
        ("MAY", ("requirements", 0, "level")),
        ("guessed", ("requirements", 0, "basis")),
        ("totp", ("requirements", 0, "factor")),
        ("test_login", ("requirements", 0, "id")),
        ("mfa/associate", ("exchanges", 0, "path")),
        ("200", ("exchanges", 0, "status")),
    ],
)
def test_wrong_value_is_refused(value: object, path: tuple[str | int, ...]) -> None:
    """A value outside the vocabulary or of another kind makes the report invalid."""
    assert not is_valid(changed(value, *path))


def test_untested_requirement_needs_no_exchange() -> None:
    """A requirement that was not exercised has nothing to show."""
    report = changed(None, "requirements", 0, "exchange")
    report["requirements"][0] |= {"verdict": "untested", "expected": None, "actual": None}
    assert is_valid(report)


def test_each_caller_gets_a_copy() -> None:
    """A caller that changes the schema changes nobody else's."""
    schemas.report_schema()["title"] = "changed"
    assert "changed" != schemas.report_schema()["title"]
