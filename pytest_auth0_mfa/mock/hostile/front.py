"""A tenant behind bad connections: what becomes of each request on its way there and back.

Owns throttling, slow answers and broken connections. It has the face of `MockTenant`, opens no
socket and waits for nothing: an answer says by itself that it is slow, or lost.
"""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING, Final

from pytest_auth0_mfa.mock import draws, headers, mailslurp, problems
from pytest_auth0_mfa.mock.hostile.ingredients import Ingredient
from pytest_auth0_mfa.mock.hostile.outbox import HostileOutbox
from pytest_auth0_mfa.mock.messages import Answer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from random import Random

    from pytest_auth0_mfa.mock.engine import MockTenant
    from pytest_auth0_mfa.mock.hostile.ingredients import Hostility
    from pytest_auth0_mfa.mock.messages import JsonObject, Request
    from pytest_auth0_mfa.mock.wire import Wire

LOST: Final = Answer(503, lost=True)
"""No answer at all: the connection breaks before the request reaches the tenant."""

_SPARED: Final = (mailslurp.PREFIX, "/__mock__")
_SERVED: Final = frozenset({"oauth", "mfa", "appliance-mfa", "api", "userinfo", ".well-known"})
_WAITS_S: Final = (0, 0, 1)
_TELLS_BY_RESET_ALONE: Final = 0.3
_LIMIT: Final = "300"
_DELAY_S: Final = (0.05, 0.4)
_EVENLY: Final = 0.5


class HostileTenant:
    """Serves a `MockTenant` on a bad day; `clock` is the tenant's, in epoch seconds."""

    def __init__(
        self, tenant: MockTenant, hostility: Hostility, clock: Callable[[], float]
    ) -> None:
        """Put the tenant behind bad connections, and its messages on bad ways."""
        self._tenant = tenant
        self._hostility = hostility
        self._clock = clock
        self._numbers: dict[str, Iterator[int]] = {}
        self._closed_until: dict[str, float] = {}
        self._outbox: HostileOutbox | None = None
        if hostility.ingredients & {Ingredient.LATE, Ingredient.DOUBLED, Ingredient.REORDERED}:
            self._outbox = tenant.tenant.outbox = HostileOutbox(hostility, clock)

    def introduction(self, base_url: str) -> JsonObject:
        """Return what the tenant says of itself."""
        return self._tenant.introduction(base_url)

    @property
    def wire(self) -> Wire:
        """How the tenant writes its answers."""
        return self._tenant.wire

    def now(self) -> float:
        """Return the tenant's time in epoch seconds."""
        return self._tenant.now()

    @property
    def delivered(self) -> int:
        """How many messages have ever arrived."""
        if self._outbox:
            self._outbox.deliver_due()
        return self._tenant.delivered

    @property
    def due_s(self) -> float | None:
        """In how many seconds the next message arrives, None where none is on its way."""
        return self._outbox.due_s if self._outbox else None

    def handle(self, request: Request) -> Answer:
        """Answer a request, or let something happen to it."""
        if request.path.startswith(_SPARED):
            return self._tenant.handle(request)
        endpoint = _endpoint(request)
        if self._closed_until.get(endpoint, 0.0) > self._clock():
            return self._throttled(request, self._closed_until[endpoint], tells_wait=True)
        number = next(self._numbers.setdefault(endpoint, count(1)))
        throttled = self._hostility.strike(Ingredient.THROTTLE, endpoint, number)
        if throttled:
            self._closed_until[endpoint] = self._clock() + throttled.choice(_WAITS_S)
            tells_wait = throttled.random() > _TELLS_BY_RESET_ALONE
            return self._throttled(request, self._closed_until[endpoint], tells_wait=tells_wait)
        return self._passed(request, endpoint, number)

    def _passed(self, request: Request, endpoint: str, number: int) -> Answer:
        """Let a request through, if the connection holds so long."""
        dropped = self._hostility.strike(Ingredient.DROPPED, endpoint, number)
        if dropped and dropped.random() < _EVENLY:
            return LOST
        answer = self._tenant.handle(request)
        if dropped:
            return replace(answer, lost=True)
        slow = self._hostility.strike(Ingredient.SLOW, endpoint, number)
        return replace(answer, delay_s=slow.uniform(*_DELAY_S)) if slow else answer

    def _throttled(self, request: Request, until: float, *, tells_wait: bool) -> Answer:
        """Refuse a request for a while, which some tenants tell by `x-ratelimit-reset` alone."""
        wait_s = max(0, math.ceil(until - self._clock()))
        refusal = problems.too_many_requests(wait_s).answer
        if not tells_wait:
            refusal = replace(refusal, headers={})
        reset_at = math.ceil(self._tenant.now() + wait_s)
        limits = {
            "x-ratelimit-limit": _LIMIT,
            "x-ratelimit-remaining": "0",
            "x-ratelimit-reset": str(reset_at),
        }
        complete = headers.around(request, refusal, limits)
        complete["x-auth0-requestid"] = draws.request_id(self._request_ids)
        return replace(refusal, headers=complete)

    @property
    def _request_ids(self) -> Random:
        return self._tenant.tenant.entropy


def _endpoint(request: Request) -> str:
    """Name an endpoint by its method and the beginning of its path, which holds no id."""
    segments = request.path.split("/")[1:3]
    served = segments[0] in _SERVED
    return f"{request.method} /{'/'.join(segments)}" if served else "elsewhere"
