"""The step between HTTP messages, as ASGI brings them, and the engine's.

Owns reading of requests, writing of answers, and waiting where the engine says so. Must not open
sockets or hold a rule of the tenant.
"""

from __future__ import annotations

import asyncio
from email.utils import formatdate
from functools import lru_cache
from itertools import count
from typing import TYPE_CHECKING, Any, TypeAlias

from pytest_auth0_mfa.mock.bodies import SIZE_LIMIT
from pytest_auth0_mfa.mock.messages import Request
from pytest_auth0_mfa.mock.waiting import Waiting

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, MutableMapping

    from pytest_auth0_mfa.mock.engine import MockTenant
    from pytest_auth0_mfa.mock.hostile.front import HostileTenant
    from pytest_auth0_mfa.mock.messages import Answer

# https://asgi.readthedocs.io/en/latest/specs/main.html#applications
Scope: TypeAlias = "MutableMapping[str, Any]"
Message: TypeAlias = "MutableMapping[str, Any]"
Receive: TypeAlias = "Callable[[], Awaitable[Message]]"
Send: TypeAlias = "Callable[[Message], Awaitable[None]]"


class TenantApp:
    """Serves one engine; every answer waits `latency_s` first, as over a real network."""

    def __init__(self, tenant: MockTenant | HostileTenant, latency_s: float = 0.0) -> None:
        """Take the engine to serve; `cut` is called to break the connection of a client."""
        self.cut: Callable[[object], None] = lambda _: None
        self._tenant = tenant
        self._wire = tenant.wire
        self._latency_s = latency_s
        self._answers = count(1)
        self._waiting = Waiting()
        self._next_delivery: asyncio.TimerHandle | None = None

    def stop_waiting(self) -> None:
        """Let every request that waits be answered with what there is, now and from now on."""
        self._waiting.end()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        request = _request(scope, await _read_body(receive))
        answer = self._tenant.handle(request)
        self._note_deliveries()
        if answer.wait_s > 0:
            answer = await self._awaited(request, answer, receive)
        accepted = request.headers.get("accept-encoding", "")
        body, encoding = self._wire.encoded(self._wire.body(answer), accepted)
        # Waiting, even for 0 seconds, lets all requests that have arrived be handled before any
        # is answered. The answers then leave together and wake the client's side once, which saves
        # a tenth to a quarter of their time (benchmarks/README.md).
        await asyncio.sleep(self._latency_s + self._lateness_s() + answer.delay_s)
        if answer.lost:
            self.cut(scope.get("client"))
            await asyncio.sleep(0)
            return
        framing = self._wire.framing(answer.status, len(body))
        await send(_start(answer, {**encoding, **framing}, int(self._tenant.now())))
        await self._send_body(send, body)

    async def _send_body(self, send: Send, body: bytes) -> None:
        """Write a body, in pieces where the wire wants them."""
        *pieces, last = self._wire.pieces(body)
        for piece in pieces:
            await send({"type": "http.response.body", "body": piece, "more_body": True})
            await asyncio.sleep(self._wire.pause_s)
        await send({"type": "http.response.body", "body": last})

    def _lateness_s(self) -> float:
        """Return how late this answer comes."""
        every = self._wire.late_every
        return self._wire.late_s if every and next(self._answers) % every == 0 else 0.0

    def _note_deliveries(self) -> None:
        """Wake those who wait for what has arrived, and once more when the next is due."""
        self._waiting.note(self._tenant.delivered)
        if self._next_delivery is not None:
            self._next_delivery.cancel()
        due_s, loop = self._tenant.due_s, asyncio.get_running_loop()
        again = None if due_s is None else loop.call_later(due_s, self._note_deliveries)
        self._next_delivery = again

    async def _awaited(self, request: Request, answer: Answer, receive: Receive) -> Answer:
        """Ask again at every delivery, until there is an answer, the time is up or nobody waits."""
        now = asyncio.get_running_loop().time
        deadline = now() + answer.wait_s
        gone = asyncio.ensure_future(_disconnected(receive))
        try:
            while answer.wait_s > 0 and await self._waiting.next(deadline - now(), gone):
                answer = self._tenant.handle(request)
        finally:
            gone.cancel()
        return answer


async def _read_body(receive: Receive) -> bytes:
    """Read the body; of one that is too large, just enough for the engine to refuse it."""
    message = await receive()
    body: bytes = message.get("body", b"")
    while message.get("more_body", False) and len(body) <= SIZE_LIMIT:
        message = await receive()
        body += message.get("body", b"")
    return body


async def _disconnected(receive: Receive) -> None:
    """Return when the client has gone."""
    while (await receive())["type"] != "http.disconnect":
        pass


def _request(scope: Scope, body: bytes) -> Request:
    headers = {name.decode("latin-1"): text.decode("latin-1") for name, text in scope["headers"]}
    address, port = scope.get("client") or ("", 0)
    return Request(
        method=scope["method"],
        path=scope["path"],
        base_url=_base_url(scope, headers),
        body=body,
        headers=headers,
        query=scope["query_string"].decode("latin-1"),
        address=address,
        connection=f"{address} {port}",
    )


def _base_url(scope: Scope, headers: dict[str, str]) -> str:
    """Return scheme and host as the client wrote them, also through a proxy that ends TLS."""
    forwarded = headers.get("x-forwarded-proto", "").partition(",")[0].strip().lower()
    scheme = forwarded if forwarded in {"http", "https"} else scope["scheme"]
    host = headers.get("host") or "{}:{}".format(*scope["server"])
    return f"{scheme}://{host}"


def _start(answer: Answer, framing: Mapping[str, str], now: int) -> Message:
    headers = [
        (name.encode("latin-1"), text.encode("latin-1"))
        for name, text in (*answer.headers.items(), *framing.items())
    ]
    headers.append((b"date", _date(now)))
    return {"type": "http.response.start", "status": answer.status, "headers": headers}


@lru_cache(maxsize=1)
def _date(second: int) -> bytes:
    """Write the tenant's time as its answers tell it."""
    return formatdate(second, usegmt=True).encode("ascii")
