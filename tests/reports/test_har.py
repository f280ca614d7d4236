"""The exchanges as HTTP Archive."""

from __future__ import annotations

import json
from typing import Any

import jsonschema

from pytest_auth0_mfa.reports.har import render

PAIRS = {
    "type": "array",
    "items": {
        "required": ["name", "value"],
        "properties": {"name": {"type": "string"}, "value": {"type": "string"}},
    },
}
MOMENT = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$"}
COMMON = ["httpVersion", "cookies", "headers", "headersSize", "bodySize"]
REQUEST = {
    "required": ["method", "url", "queryString", *COMMON],
    "properties": {
        "url": {"pattern": "^https?://"},
        "headers": PAIRS,
        "queryString": PAIRS,
        "cookies": {"type": "array"},
        "headersSize": {"type": "integer"},
        "bodySize": {"type": "integer"},
        "postData": {
            "required": ["mimeType"],
            "properties": {"params": PAIRS, "text": {"type": "string"}},
            "not": {"required": ["params", "text"]},
        },
    },
}
RESPONSE = {
    "required": ["status", "statusText", "content", "redirectURL", *COMMON],
    "properties": {
        "status": {"type": "integer", "minimum": 0},
        "headers": PAIRS,
        "content": {
            "required": ["size", "mimeType"],
            "properties": {"size": {"type": "integer"}, "text": {"type": "string"}},
        },
        "redirectURL": {"type": "string"},
    },
}
ENTRY = {
    "required": ["startedDateTime", "time", "request", "response", "cache", "timings"],
    "properties": {
        "startedDateTime": MOMENT,
        "time": {"type": "number", "minimum": 0},
        "request": REQUEST,
        "response": RESPONSE,
        "cache": {"type": "object"},
        "timings": {
            "required": ["send", "wait", "receive"],
            "additionalProperties": {"type": "number", "minimum": 0},
        },
    },
}
SCHEMA = {
    "required": ["log"],
    "properties": {
        "log": {
            "required": ["version", "creator", "entries"],
            "properties": {
                "version": {"const": "1.2"},
                "creator": {"required": ["name", "version"]},
                "pages": {
                    "type": "array",
                    "items": {
                        "required": ["startedDateTime", "id", "title", "pageTimings"],
                        "properties": {"startedDateTime": MOMENT},
                    },
                },
                "entries": {"type": "array", "items": ENTRY},
            },
        }
    },
}
"""What HAR 1.2 requires of the members that are used."""


def log_of(report: dict[str, Any]) -> dict[str, Any]:
    """The log, which follows the specification."""
    made = json.loads(render(report))
    jsonschema.validate(made, SCHEMA)
    log: dict[str, Any] = made["log"]
    return log


def test_every_exchange_is_there(whole: dict[str, Any]) -> None:
    """Each is an entry of the page of its test, with the verdicts that it shows."""
    log = log_of(whole)
    assert [1, 2, 3, 4] == [each["_id"] for each in log["entries"]]
    [page] = log["pages"]
    assert {page["id"]} == {each["pageref"] for each in log["entries"]}
    assert ["MFA-VIOLATES [sms] violates"] == log["entries"][1]["_shows"]


def test_times(whole: dict[str, Any]) -> None:
    """Parts add up to the whole; an exchange that does not say when began with its run."""
    entries = log_of(whole)["entries"]
    assert all(sum(each["timings"].values()) == each["time"] for each in entries)
    assert "2026-01-01T00:00:01.250+00:00" == entries[0]["startedDateTime"]
    assert "2026-01-01T00:00:00+00:00" == entries[3]["startedDateTime"]


def test_bodies(whole: dict[str, Any]) -> None:
    """Forms are pairs, all else is text; secrets stand as their names."""
    posted = [each["request"].get("postData") for each in log_of(whole)["entries"]]
    form, json_type = "application/x-www-form-urlencoded", "application/json; charset=utf-8"
    assert [
        {"mimeType": form, "params": [{"name": "otp", "value": "otp#1"}]},
        {"mimeType": json_type, "text": '{"otp": "otp#1"}'},
        {"mimeType": form, "text": "otp=otp#1&otp=otp#1"},
        None,
    ] == posted


def test_request(whole: dict[str, Any]) -> None:
    """The query is taken apart; the comment is a command with names for secrets."""
    [first, *_] = log_of(whole)["entries"]
    assert [{"name": "a", "value": "b c"}, {"name": "d", "value": ""}] == first["request"][
        "queryString"
    ]
    assert first["comment"].startswith("curl --request POST --url")


def test_no_answer(whole: dict[str, Any]) -> None:
    """Where no answer came, the status is 0, as browsers write it."""
    response = log_of(whole)["entries"][3]["response"]
    assert (0, "", {"size": 0, "mimeType": ""}) == tuple(
        response[name] for name in ("status", "statusText", "content")
    )
    assert "Forbidden" == log_of(whole)["entries"][0]["response"]["statusText"]
