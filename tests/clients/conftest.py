"""A mock in a process of its own that serves TLS, and users whom real clients log in."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import warnings
from dataclasses import dataclass
from itertools import count
from time import time
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
import requests
from pyotp import TOTP

with warnings.catch_warnings():
    # What auth0-server-python makes others warn of while it is loaded is no concern of ours.
    # Authlib puts a filter of its own before all others, so that it is loaded first.
    import authlib.deprecate  # type: ignore[import-untyped] # noqa: F401

    warnings.simplefilter("ignore")
    import auth0_server_python.auth_server  # type: ignore[import-untyped] # noqa: F401

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

TIMEOUT_S = 30
COMMAND = [sys.executable, "-m", "pytest_auth0_mfa.cli", "mock", "--tls"]
AUTHORITIES = ("NODE_EXTRA_CA_CERTS", "REQUESTS_CA_BUNDLE", "SSL_CERT_FILE", "CURL_CA_BUNDLE")
"""The variables in which clients look for a certificate authority."""


@dataclass(slots=True)
class Person:
    """A user of the mock; `ahead_s` is how far their clock is ahead of this machine's."""

    mock: Mock
    email: str
    user_id: str
    password: str = "correct horse"
    ahead_s: int = 0

    def otp(self, secret: str) -> str:
        """Read the code that an app shows now, in the user's time."""
        return TOTP(secret).at(int(time()) + self.ahead_s)

    def wait(self, seconds: int = 30) -> None:
        """Let time pass for the user, so that the app shows another code."""
        self.mock.control("/clock", advance_s=seconds, user_id=self.user_id)
        self.ahead_s += seconds

    def customize_mfa(self) -> None:
        """Let the tenant tell what the user may enroll, and the kind of each authenticator."""
        self.mock.control("/features/customize-mfa", enabled=True, user_id=self.user_id)

    @property
    def credentials(self) -> dict[str, str]:
        """What the user types."""
        return {"username": self.email, "password": self.password}


class Mock:
    """The mock as its clients know it: what it prints when it is ready, and its control plane."""

    def __init__(self, info: Mapping[str, Any]) -> None:
        """Take what it printed."""
        self.info = info
        self.url: str = info["url"]
        self.domain = urlsplit(self.url).netloc
        self.issuer = f"{self.url}/"
        self.ca_file: str = info["ca_file"]
        self._numbers = count(1)

    @property
    def client(self) -> dict[str, str]:
        """Return the credentials of the confidential client."""
        return {name: self.info[name] for name in ("client_id", "client_secret")}

    def control(self, path: str, **body: object) -> dict[str, Any]:
        """Post to the control plane."""
        url = f"{self.info['control']}{path}"
        answer = requests.post(url, json=body, verify=self.ca_file, timeout=TIMEOUT_S)
        answer.raise_for_status()
        return dict(answer.json())

    def person(self) -> Person:
        """Create a user without authenticators."""
        email = f"client-{next(self._numbers)}@example.test"
        told = {"email": email, "password": "correct horse", "email_verified": False}
        return Person(self, email, self.control("/users", **told)["user_id"])

    def phone(self) -> str:
        """Return a number that nobody else has."""
        return f"+1202556{next(self._numbers):04}"

    def code(self, address: str) -> str:
        """Read the latest code that was sent to an address."""
        url = f"{self.info['control']}/messages"
        query = {"to": address}
        answer = requests.get(url, params=query, verify=self.ca_file, timeout=TIMEOUT_S)
        return str(answer.json()[-1]["code"])


@pytest.fixture(scope="session")
def mock() -> Iterator[Mock]:
    """Return a mock that serves TLS in a process of its own."""
    process = subprocess.Popen(COMMAND, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        yield Mock(json.loads(process.stdout.readline()))
    finally:
        process.terminate()
        process.communicate(timeout=TIMEOUT_S)


@pytest.fixture(scope="session")
def trusting(mock: Mock) -> dict[str, str]:
    """Return an environment in which clients trust the mock and use no proxy."""
    kept = {name: v for name, v in os.environ.items() if not name.lower().endswith("_proxy")}
    return {**kept, **dict.fromkeys(AUTHORITIES, mock.ca_file)}


@pytest.fixture(autouse=True)
def trust(monkeypatch: pytest.MonkeyPatch, trusting: dict[str, str]) -> None:
    """Let the clients of this process trust the mock."""
    for name in os.environ.keys() - trusting.keys():
        monkeypatch.delenv(name)
    for name in AUTHORITIES:
        monkeypatch.setenv(name, trusting[name])
