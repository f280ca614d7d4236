"""The answers of a run as a baseline keeps them: shapes, and no values."""

from __future__ import annotations

import random
from typing import Any

import pytest

from pytest_auth0_mfa.baseline.answers import answers_of


def exchange(
    body: object, status: int = 200, path: str = "/mfa/associate", **request: object
) -> dict[str, Any]:
    """An exchange of a report."""
    sent = {"body": request} if request else {}
    return {
        "method": "POST",
        "path": path,
        "status": status,
        "request": sent,
        "response": {"body": body},
    }


TOKENS = {"access_token": "access_token#1", "expires_in": 86400, "scope": "openid"}


def test_no_values() -> None:
    """Members have their types; of values only lifetimes are kept."""
    answers = answers_of([exchange(TOKENS, path="/oauth/token", grant_type="http://a/mfa-otp")])
    found = answers["POST /oauth/token mfa-otp"]["200"]
    assert {
        ".": ["object"],
        "access_token": ["string"],
        "expires_in": ["number"],
        "scope": ["string"],
    } == found["members"]
    assert {"expires_in": [86400]} == found["lifetimes"]


def test_what_is_sometimes_left_out() -> None:
    """A member that not every object has is marked, in a list entry by entry."""
    bodies = [{"a": 1}, {"a": None, "b": [{"id": "x", "name": "y"}, {"id": "z"}]}]
    members = answers_of(map(exchange, bodies))["POST /mfa/associate"]["200"]["members"]
    assert {
        ".": ["object"],
        "a": ["null", "number"],
        "b?": ["array"],
        "b[]": ["object"],
        "b[].id": ["string"],
        "b[].name?": ["string"],
    } == members


def test_errors_apart() -> None:
    """Each status and error has a shape of its own; neither gateways nor rate limits have one."""
    found = answers_of(
        [
            exchange({"error": "mfa_required", "mfa_token": "mfa_token#1"}, 403),
            exchange({"error": "invalid_grant"}, 403),
            exchange({"error": "too_many_requests"}, 429),
            exchange("down", 503),
            exchange(None, 204),
            {**exchange({}), "status": None, "response": None},
        ]
    )["POST /mfa/associate"]
    assert ["204", "403 invalid_grant", "403 mfa_required"] == list(found)
    assert {".": ["null"]} == found["204"]["members"]


@pytest.mark.parametrize(
    ("path", "template"),
    [
        ("/mfa/authenticators/totp%7Cdev_abcDEF", "/mfa/authenticators/{id}"),
        (
            "/appliance-mfa/api/device-accounts/dev_8sk2lskdjf3",
            "/appliance-mfa/api/device-accounts/{id}",
        ),
        ("/api/device-accounts/dev_EtsUjYfUGNYWytOW", "/api/device-accounts/{id}"),
        ("/.well-known/openid-configuration?x=1", "/.well-known/openid-configuration"),
        ("/mfa/associate", "/mfa/associate"),
    ],
)
def test_paths(path: str, template: str) -> None:
    """What names one thing in a path is left open."""
    assert [f"POST {template}"] == list(answers_of([exchange({}, path=path)]))


def test_order_and_number_make_no_difference() -> None:
    """Workers and repetitions come to the same."""
    every = [exchange({"a": n, **({"b": n} if n % 2 else {})}, 200 + n % 3) for n in range(30)]
    shuffled = [*every, *every]
    random.Random(4).shuffle(shuffled)  # noqa: S311 - any order will do
    assert answers_of(every) == answers_of(shuffled)
