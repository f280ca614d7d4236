"""Which tenant a value means."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pytest_auth0_mfa.errors import SettingsError
from pytest_auth0_mfa.tenant.target import Target, parse_target

if TYPE_CHECKING:
    from pathlib import Path

LONG = "a" * 64


@pytest.fixture(autouse=True)
def empty_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Be where no value can be a path by chance."""
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("value", "kind", "url"),
    [
        ("mock", "mock", ""),
        ("acme.us.auth0.com", "domain", "https://acme.us.auth0.com"),
        ("ACME.eu.Auth0.com", "domain", "https://acme.eu.auth0.com"),
        ("login.example.com", "domain", "https://login.example.com"),
        ("a-b.example.museum", "domain", "https://a-b.example.museum"),
        ("https://acme.us.auth0.com", "url", "https://acme.us.auth0.com"),
        ("https://acme.us.auth0.com/", "url", "https://acme.us.auth0.com"),
        ("https://localhost:8443", "url", "https://localhost:8443"),
        ("http://localhost:3000", "url", "http://localhost:3000"),
        ("http://tenant.localhost:3000", "url", "http://tenant.localhost:3000"),
        ("http://127.0.0.1:41233", "url", "http://127.0.0.1:41233"),
        ("http://127.1.2.3", "url", "http://127.1.2.3"),
        ("http://[::1]:8080", "url", "http://[::1]:8080"),
    ],
)
def test_meant(value: str, kind: str, url: str) -> None:
    """`mock`, a domain, or a URL."""
    target = parse_target(value)
    assert (kind, url) == (target.kind, target.url)


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("", "is a path"),
        ("Mock", "neither 'mock'"),
        ("acme", "neither 'mock'"),
        ("acme.", "neither 'mock'"),
        (".com", "neither 'mock'"),
        ("-a.example.com", "neither 'mock'"),
        ("acme..com", "neither 'mock'"),
        ("acme.us.auth0.com:443", "neither 'mock'"),
        ("acme.us.auth0.com/login", "neither 'mock'"),
        ("user@acme.us.auth0.com", "neither 'mock'"),
        ("acme.us.auth0.c0m", "neither 'mock'"),
        (f"{LONG}.example.com", "neither 'mock'"),
        ("acme.us.auth0.com\n", "neither 'mock'"),
        ("http://acme.us.auth0.com", "for this machine only"),
        ("http://10.0.0.1", "for this machine only"),
        ("http://localhost.example.com", "for this machine only"),
        ("http://127.0.0.1.example.com", "for this machine only"),
        ("https://acme.us.auth0.com/x", "with no path"),
        ("https://acme.us.auth0.com?x=1", "with no path"),
        ("https://acme.us.auth0.com#x", "with no path"),
        ("https://me:word@acme.us.auth0.com", "with no path"),
        ("https://acme.us.auth0.com:99999", "expected https://host[:port]"),
        ("https://acme.us.auth0.com:0", "expected https://host[:port]"),
        ("https://acme.us.auth0.com:x", "expected https://host[:port]"),
        ("https://[::1", "expected https://host[:port]"),
        ("ws://acme.us.auth0.com", "expected https://host[:port]"),
        ("://acme", "expected https://host[:port]"),
    ],
)
def test_not_meant(value: str, told: str) -> None:
    """Anything else is refused with what was expected."""
    with pytest.raises(SettingsError) as raised:
        parse_target(value)
    assert told in str(raised.value)


@pytest.mark.parametrize("name", ["tests", "acme.us.auth0.com", "test.example.com"])
def test_existing_path(tmp_path: Path, name: str) -> None:
    """A value that is a path is never taken for a tenant, not even one that looks like a domain."""
    (tmp_path / name).mkdir()
    with pytest.raises(SettingsError, match=f"'{name}' is a path, not a tenant"):
        parse_target(name)


def test_mock_although_there_is_such_a_folder(tmp_path: Path) -> None:
    """`mock` is a word of this option; a folder of that name does not take it away."""
    (tmp_path / "mock").mkdir()
    assert Target("mock") == parse_target("mock")


def test_source_is_named() -> None:
    """A mistake is told under the name of where it stands."""
    with pytest.raises(SettingsError, match=r"^AUTH0_DOMAIN: 'acme'"):
        parse_target("acme", option="AUTH0_DOMAIN")


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("mock", "mock"),
        ("acme.us.auth0.com", "acme.us.auth0.com"),
        ("http://127.0.0.1:1", "http://127.0.0.1:1"),
    ],
)
def test_shown(value: str, shown: str) -> None:
    """People see what they would write."""
    assert shown == str(parse_target(value))
