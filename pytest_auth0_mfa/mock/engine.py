"""The mock tenant as a whole: one request in, one answer out.

Owns the way of a call through routing, body, rate limit, endpoint, deviations and headers. It
opens no socket and reads no wall clock; clock and randomness are arguments, so a run can be
repeated from its seed. Calls are made from one thread, the event loop's, so nothing is locked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_auth0_mfa.mock import (
    bodies,
    composition,
    draws,
    headers,
    mailslurp,
    management,
    problems,
    seeding,
)
from pytest_auth0_mfa.mock.calls import Call
from pytest_auth0_mfa.mock.control import ControlPlane
from pytest_auth0_mfa.mock.deviations import named as named_deviations
from pytest_auth0_mfa.mock.messages import Answer
from pytest_auth0_mfa.mock.operations import Operation
from pytest_auth0_mfa.mock.routes import Match, Routes
from pytest_auth0_mfa.mock.tenant import Tenant
from pytest_auth0_mfa.mock.throttle import Throttle

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from random import Random

    from pytest_auth0_mfa.mock.composition import Behaviour
    from pytest_auth0_mfa.mock.messages import JsonObject, Request
    from pytest_auth0_mfa.mock.variations import Variation
    from pytest_auth0_mfa.mock.wire import Wire

_NO_BODY = bodies.Body({}, is_json=False)


class MockTenant:
    """An Auth0 tenant, as far as its MFA API needs one."""

    def __init__(  # noqa: PLR0913  Each is a choice of whoever starts a mock.
        self,
        clock: Callable[[], float],
        entropy: Random,
        *,
        deviations: Sequence[str] = (),
        variations: Sequence[str] = (),
        enforce_limits: bool = False,
        ca_file: str | None = None,
        inbox_quota: int | None = None,
        canonical_domain: str = "",
    ) -> None:
        """Start a tenant that is wrong, or allowably different, in the named ways.

        `clock` gives epoch seconds. `inbox_quota` limits the inboxes that its MailSlurp account
        may create. With a `canonical_domain` every other host name is a custom domain.
        """
        behaviours: list[Behaviour] = [*_varied(variations), *named_deviations(deviations)]
        self._composed = composition.compose(behaviours)
        self.tenant = Tenant(clock, entropy, self._composed.rules)
        self.tenant.mailslurp.inbox_quota = inbox_quota
        self.tenant.canonical_domain = canonical_domain
        self._plane = ControlPlane(seeding.seed(self.tenant), ca_file)
        self._routes = Routes(self._plane)
        self.tenant.limits_enforced = enforce_limits
        self._throttle = Throttle(enforced=enforce_limits)

    def introduction(self, base_url: str) -> JsonObject:
        """Return address and credentials for clients that reach the tenant at `base_url`."""
        plane = self._plane
        return seeding.introduce(self.tenant, plane.seeds, base_url, plane.ca_file)

    def now(self) -> float:
        """Return the tenant's time in epoch seconds."""
        return self.tenant.now()

    @property
    def due_s(self) -> float | None:
        """In how many seconds the next message arrives: none is ever on its way."""
        return None

    @property
    def wire(self) -> Wire:
        """How answers are to be written."""
        return self._composed.wire

    @property
    def delivered(self) -> int:
        """How many messages the tenant has ever delivered."""
        return self.tenant.outbox.delivered

    def handle(self, request: Request) -> Answer:
        """Answer a request; whatever it holds, the answer is well-formed and no server error."""
        if request.path.startswith(mailslurp.PREFIX):
            return self._answer_from_mailslurp(request)
        if request.path.startswith(management.PREFIX):
            return self._answer_from_management(request)
        call = Call(self.tenant, request, Operation.UNROUTED, _NO_BODY)
        try:
            answer = self._answer(call)
        except problems.RefusalError as refusal:
            answer = refusal.answer
        if call.operation is Operation.CONTROL:
            return _dressed(answer, headers.around(request, answer, {}))
        limits = self._throttle.headers(self.tenant.now())
        complete = headers.around(request, answer, limits)
        complete["x-auth0-requestid"] = draws.request_id(self.tenant.entropy)
        return self._composed.edited(call, _dressed(answer, complete))

    def _answer_from_mailslurp(self, request: Request) -> Answer:
        from pytest_auth0_mfa.mock.mailslurp import service  # noqa: PLC0415  Not needed to start.

        return service.answer(self.tenant, request)

    def _answer_from_management(self, request: Request) -> Answer:
        from pytest_auth0_mfa.mock.management import service  # noqa: PLC0415  As above.

        return service.answer(self.tenant, request)

    def _answer(self, call: Call) -> Answer:
        request = call.request
        match = self._routes.match(request.path)
        if match is None:
            raise problems.not_found(request.path)
        if request.method == "OPTIONS":
            return Answer(204, headers=headers.PREFLIGHT)
        method = "GET" if request.method == "HEAD" else request.method
        route = match.methods.get(method)
        if route is None and not self.tenant.rules.methods_checked:
            method, route = next(iter(match.methods.items()))
        if route is None:
            raise problems.method_not_allowed(request.method, _allowed(match))
        call.operation, call.subject = route.operation, match.subject
        if route.operation is not Operation.CONTROL:
            self._throttle.admit(self.tenant.now(), route.operation)
        if method == "POST" and not route.reads_body:
            refuse = self.tenant.rules.repetitions_refused
            call.body = bodies.read(request, refuse_repetitions=refuse)
        return route.answer(call)


def _varied(names: Sequence[str]) -> list[Variation]:
    """Look variations up; most tenants have none, and start sooner without loading any."""
    if not names:
        return []
    from pytest_auth0_mfa.mock import variations  # noqa: PLC0415  See above.

    return variations.named(names)


def _allowed(match: Match) -> str:
    return ", ".join(sorted({*match.methods, "OPTIONS"}))


def _dressed(answer: Answer, complete: Mapping[str, str]) -> Answer:
    """Give an answer its headers, for every answer; `dataclasses.replace` is slower."""
    return Answer(answer.status, answer.body, answer.response_id, complete)
