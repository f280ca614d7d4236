"""A recorded request as a command: it parses, it repeats the request, it holds no secret."""

from __future__ import annotations

import json
import shlex

from pytest_auth0_mfa.judge.curl import to_curl

URL = "https://acme.us.auth0.com/oauth/token"
FORM = {"content-type": "application/x-www-form-urlencoded", "user-agent": "x", "accept": "*/*"}


def words(request: dict[str, object], method: str = "POST") -> list[str]:
    """The words of the command, as a shell takes it apart."""
    return shlex.split(to_curl(method, request))


def test_form() -> None:
    """Each parameter is encoded by curl; headers that curl sets are left out."""
    body = {"grant_type": "http://auth0.com/oauth/grant-type/mfa-otp", "mfa_token": "mfa_token#1"}
    assert [
        "curl",
        "--request",
        "POST",
        "--url",
        URL,
        "--header",
        "content-type: application/x-www-form-urlencoded",
        "--data-urlencode",
        "grant_type=http://auth0.com/oauth/grant-type/mfa-otp",
        "--data-urlencode",
        "mfa_token=mfa_token#1",
    ] == words({"url": URL, "headers": FORM, "body": body})


def test_json() -> None:
    """A JSON body stays JSON."""
    body = {"authenticator_types": ["otp"], "quoted": 'it\'s "so"'}
    headers = {"content-type": "application/json", "authorization": "Bearer mfa_token#1"}
    parsed = words({"url": URL, "headers": headers, "body": body})
    assert "authorization: Bearer mfa_token#1" in parsed
    assert body == json.loads(parsed[parsed.index("--data") + 1])


def test_without_body() -> None:
    """A GET has neither data nor superfluous headers."""
    parsed = words({"url": URL, "headers": {"connection": "keep-alive"}, "body": None}, "GET")
    assert ["curl", "--request", "GET", "--url", URL] == parsed


def test_hostile_values() -> None:
    """Whatever a tenant or a test puts into a value, the shell runs one command."""
    nasty = "'; rm -rf / #`$(id)`\n\\"
    parsed = words({"url": URL, "headers": FORM, "body": {"otp": nasty}})
    assert f"otp={nasty}" == parsed[-1]


def test_text_body() -> None:
    """A body that was sent as it is is repeated as it is."""
    parsed = words({"url": URL, "headers": FORM, "body": "not json"})
    assert ["--data", "not json"] == parsed[-2:]
