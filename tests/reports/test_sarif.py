"""SARIF: what the specification and GitHub ask for."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest

from pytest_auth0_mfa.reports.entries import file_of
from pytest_auth0_mfa.reports.sarif import render
from tests.reports.conftest import document, entry

TEXT = {"type": "object", "required": ["text"], "properties": {"text": {"minLength": 1}}}
LEVEL = {"enum": ["none", "note", "warning", "error"]}
RULE = {
    "type": "object",
    "required": ["id", "shortDescription", "fullDescription", "help", "helpUri"],
    "properties": {
        "shortDescription": TEXT,
        "fullDescription": TEXT,
        "help": TEXT,
        "helpUri": {"type": "string", "pattern": "^https?://[^ ]+$"},
        "defaultConfiguration": {"properties": {"level": LEVEL}},
        "properties": {"properties": {"tags": {"type": "array", "uniqueItems": True}}},
    },
}
LOCATION = {
    "required": ["physicalLocation"],
    "properties": {
        "physicalLocation": {
            "required": ["artifactLocation", "region"],
            "properties": {
                "artifactLocation": {
                    "required": ["uri"],
                    "properties": {"uri": {"pattern": r"^[\w.%-]+(/[\w.%-]+)*$"}},
                },
                "region": {"properties": {"startLine": {"type": "integer", "minimum": 1}}},
            },
        }
    },
}
RESULT = {
    "type": "object",
    "required": ["ruleId", "ruleIndex", "level", "message", "locations", "partialFingerprints"],
    "properties": {
        "ruleIndex": {"type": "integer", "minimum": 0},
        "level": LEVEL,
        "kind": {"const": "fail"},
        "message": TEXT,
        "locations": {"type": "array", "minItems": 1, "items": LOCATION},
        "partialFingerprints": {"type": "object", "additionalProperties": {"type": "string"}},
    },
}
SCHEMA = {
    "type": "object",
    "required": ["version", "runs", "$schema"],
    "properties": {
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "minItems": 1,
            "items": {
                "required": ["tool", "results"],
                "properties": {
                    "tool": {
                        "required": ["driver"],
                        "properties": {
                            "driver": {
                                "required": ["name", "rules"],
                                "properties": {"rules": {"type": "array", "items": RULE}},
                            }
                        },
                    },
                    "results": {"type": "array", "items": RESULT},
                    "invocations": {
                        "type": "array",
                        "items": {"required": ["executionSuccessful"]},
                    },
                },
            },
        },
    },
}
"""What SARIF 2.1.0 requires of the members that are used (sections 3.13 to 3.27, 3.49), and GitHub
of those that it reads (docs/reports.md has the pages)."""


def run_of(report: dict[str, Any]) -> dict[str, Any]:
    """The one run of the log."""
    log = json.loads(render(report))
    jsonschema.validate(log, SCHEMA)
    [run] = log["runs"]
    found: dict[str, Any] = run
    return found


def test_follows_the_specification(whole: dict[str, Any]) -> None:
    """Each requirement is a rule once, and each result points at its own."""
    run = run_of(whole)
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert sorted({each["id"] for each in whole["requirements"]}) == sorted(rules)
    assert all(rules[each["ruleIndex"]] == each["ruleId"] for each in run["results"])


def test_levels(whole: dict[str, Any]) -> None:
    """What is wrong is an error; what is expected to fail is no result."""
    levels = {each["ruleId"]: each["level"] for each in run_of(whole)["results"]}
    assert {"MFA-VIOLATES": "error", "MFA-STALE": "warning", "MFA-DEVIATES": "note"} == levels
    [should] = run_of(document(entry("deviates", level="SHOULD")))["results"]
    assert "warning" == should["level"]


def test_message() -> None:
    """A result tells what was expected and seen, and how to repeat it."""
    [result] = run_of(document(entry("violates")))["results"]
    told = result["message"]["text"]
    assert told.startswith("MFA-VIOLATES [otp] violates: What violates.\nExpected: accepted\n")
    assert "Repeat: curl --request POST" in told


def test_fingerprints() -> None:
    """One result is the same in every run, and another for another factor or tenant."""

    def prints(**changes: Any) -> list[dict[str, str]]:  # noqa: ANN401 - of many types
        tenant = changes.pop("tenant", "acme.com")
        results = run_of(document(entry("violates", **changes), tenant=tenant))["results"]
        return [each["partialFingerprints"] for each in results]

    assert prints() == prints(actual="something else")
    assert prints() != prints(factor="sms")
    assert prints() != prints(tenant="other.com")


def test_inconclusive_is_told_of_the_run(whole: dict[str, Any]) -> None:
    """What got in the way is no finding about the tenant."""
    [invocation] = run_of(whole)["invocations"]
    [told] = invocation["toolExecutionNotifications"]
    assert "MFA-INCONCLUSIVE [otp] inconclusive: no inbox for sms" == told["message"]["text"]
    assert invocation["executionSuccessful"]
    [unjudged] = run_of(document(entry("untested")))["invocations"]
    assert not unjudged["executionSuccessful"]


@pytest.mark.parametrize(
    ("test", "expected"),
    [
        ("suites/test_login.py::test_one[otp]", "suites/test_login.py"),
        ("../venv/pytest_auth0_mfa/suites/test_login.py::test_one", "suites/test_login.py"),
        ("tests/my mfa/test_own.py::test_one", "tests/my mfa/test_own.py"),
        ("/home/me/test_own.py::test_one", None),
        ("../test_own.py::test_one", None),
        ("C:\\me\\test_own.py::test_one", None),
    ],
)
def test_files(test: str, expected: str | None) -> None:
    """The bundled suites have one name; what lies outside of the repository has none."""
    assert expected == file_of(entry("violates", tests=[test]))


def test_place_is_relative() -> None:
    """A path is an address within the repository, whatever the test is called."""
    odd = entry("violates", tests=["tests/my mfa/test_own.py::test_one"])
    outside = entry("stale", tests=["/home/me/test_own.py::test_one"])
    places = [
        each["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        for each in run_of(document(odd, outside))["results"]
    ]
    assert ["tests/my%20mfa/test_own.py", "suites/requirements.toml"] == places
