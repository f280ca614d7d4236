"""The owner of the MailSlurp account of a mock tenant, who reads what the tenant sends."""

from __future__ import annotations

import itertools
import json
import random
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest

from pytest_auth0_mfa.mock.engine import MockTenant
from pytest_auth0_mfa.mock.messages import Request
from pytest_auth0_mfa.mock.model import Factor
from pytest_auth0_mfa.mock.outbox import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tests.mock.conftest import Harness

BASE_URL = "https://tenant.example"


@dataclass(frozen=True)
class Told:
    """An answer, its body free to be looked into without narrowing its type."""

    status: int
    body: Any
    headers: Mapping[str, str]
    wait_s: float


@dataclass
class Owner:
    """Whoever has the account's key, or another one, and a tenant that sends what is wanted."""

    engine: MockTenant
    key: str = ""
    numbers: itertools.count[int] = field(default_factory=itertools.count)

    def __post_init__(self) -> None:
        """Learn address and key as clients do."""
        told: Any = self.engine.introduction(BASE_URL)["mailslurp"]
        self.key, self.url = self.key or told["api_key"], told["url"]

    def ask(self, method: str, path: str, body: object = None, /, **query: object) -> Told:
        """Make a request."""
        headers = {"x-api-key": self.key, "content-type": "application/json"}
        sent = b"" if body is None else json.dumps(body).encode()
        full_path = self.url.removeprefix(BASE_URL) + path
        asked = urlencode(query, doseq=True)
        answer = self.engine.handle(Request(method, full_path, BASE_URL, sent, headers, asked))
        return Told(answer.status, answer.body, answer.headers, answer.wait_s)

    def get(self, path: str, **query: object) -> Told:
        """Get a path."""
        return self.ask("GET", path, **query)

    def wait_s(self, method: str, path: str, body: object = None, /, **query: object) -> float:
        """Return how long a request may wait for the next delivery."""
        answer = self.ask(method, path, body, **query)
        assert 408 == answer.status
        return answer.wait_s

    def inbox(self, **wishes: object) -> dict[str, Any]:
        """Create an inbox."""
        answer = self.ask("POST", "/inboxes", **wishes)
        assert 201 == answer.status
        return dict(answer.body)

    def number(self, index: int = 0) -> dict[str, Any]:
        """Return a phone number of the account."""
        return dict(self.get("/phone/numbers").body["content"][index])

    def deliver(
        self,
        to: str,
        channel: Factor = Factor.EMAIL,
        *,
        body: str = "body",
        subject: str = "subject",
        is_html: bool = False,
    ) -> str:
        """Let the tenant send a message, and return its id."""
        message = Message(
            f"m{next(self.numbers)}",
            channel,
            to,
            body,
            code="123456",
            sent_at=self.engine.tenant.now(),
            subject=subject if channel is Factor.EMAIL else None,
            is_html=is_html,
        )
        self.engine.tenant.outbox.deliver(message)
        return message.id

    def seen(self, inbox: Mapping[str, Any], **query: object) -> list[str]:
        """Return the ids of the e-mails that an inbox lists."""
        return [each["id"] for each in self.get(f"/inboxes/{inbox['id']}/emails", **query).body]

    def reset(self) -> None:
        """Bring the tenant back to its start."""
        answer = self.engine.handle(Request("POST", "/__mock__/reset", BASE_URL))
        assert 204 == answer.status


@pytest.fixture
def owner(tenant: Harness) -> Owner:
    """Return the owner of the account of `tenant`."""
    return Owner(tenant.engine)


@pytest.fixture(scope="session")
def make_owner() -> Callable[..., Owner]:
    """Return a maker of owners, each of an account on a tenant of its own."""

    def make(
        seed: int = 1, *, enforce_limits: bool = False, inbox_quota: int | None = None
    ) -> Owner:
        entropy = random.Random(seed)  # noqa: S311  A test's randomness is seeded.
        engine = MockTenant(
            lambda: 1_800_000_015.0, entropy, enforce_limits=enforce_limits, inbox_quota=inbox_quota
        )
        return Owner(engine)

    return make
