"""A tenant on a bad day, without a socket and on a clock that the test moves."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from pytest_auth0_mfa.mock.engine import MockTenant
from pytest_auth0_mfa.mock.hostile.front import HostileTenant
from pytest_auth0_mfa.mock.hostile.ingredients import Hostility
from pytest_auth0_mfa.mock.messages import Request

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_auth0_mfa.mock.messages import Answer

BASE_URL = "http://tenant.example"


@dataclass
class Clock:
    """A clock that stands still until it is moved."""

    now: float = 1_800_000_000.0

    def __call__(self) -> float:
        """Tell the time in epoch seconds."""
        return self.now


@dataclass
class BadDay:
    """A hostile tenant and the tenant behind it."""

    front: HostileTenant
    tenant: MockTenant
    clock: Clock = field(default_factory=Clock)

    def send(self, method: str, path: str, **body: Any) -> Answer:  # noqa: ANN401 - JSON
        """Send a request with a JSON body."""
        headers = {"content-type": "application/json"}
        text = json.dumps(body).encode() if body else b""
        return self.front.handle(Request(method, path, BASE_URL, text, headers))


@pytest.fixture
def bad_day() -> Callable[[str], BadDay]:
    """A maker of tenants that are hostile in this way."""

    def make(hostile: str) -> BadDay:
        clock = Clock()
        tenant = MockTenant(clock, random.Random(1))  # noqa: S311 - a mock's
        return BadDay(HostileTenant(tenant, Hostility.parse(hostile), clock), tenant, clock)

    return make
