"""Waiting over HTTP: who wakes a request that waits, and what ends it."""

from __future__ import annotations

import asyncio
import json
import socket
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import requests

from pytest_auth0_mfa.mock.asgi import TenantApp
from pytest_auth0_mfa.mock.server import MockServer
from pytest_auth0_mfa.mock.waiting import Waiting

if TYPE_CHECKING:
    from collections.abc import Callable, MutableMapping

    from tests.mock.mailslurp.conftest import Owner

TIMEOUT_S = 10


@dataclass
class Visit:
    """One request to the app, made without a socket; `log` collects who was answered, in order."""

    name: str
    log: list[str]
    path: str
    key: str = ""
    query: str = ""
    gone: asyncio.Event = field(default_factory=asyncio.Event)
    answer: dict[str, Any] = field(default_factory=dict)

    def start(self, app: TenantApp) -> asyncio.Task[None]:
        """Send the request; the task ends with the answer."""
        scope = {
            "method": "GET",
            "path": self.path,
            "query_string": self.query.encode(),
            "headers": [(b"host", b"tenant.example"), (b"x-api-key", self.key.encode())],
            "scheme": "http",
        }
        bodies = iter([{"type": "http.request", "body": b"", "more_body": False}])

        async def receive() -> MutableMapping[str, Any]:
            for body in bodies:
                return body
            await self.gone.wait()
            return {"type": "http.disconnect"}

        async def send(message: MutableMapping[str, Any]) -> None:
            self.answer.update(message)
            if message["type"] == "http.response.body":
                self.log.append(self.name)

        async def run() -> None:
            await app(scope, receive, send)

        return asyncio.ensure_future(run())

    @property
    def body(self) -> Any:  # noqa: ANN401  Any JSON.
        """The body of the answer."""
        return json.loads(self.answer["body"])


def wait_for(owner: Owner, inbox: dict[str, Any], log: list[str], **more: object) -> Visit:
    """Return a visit that waits for the next e-mail of an inbox."""
    wish = {"inboxId": inbox["id"], "unreadOnly": True, "timeout": 20_000, **more}
    return Visit(inbox["id"], log, "/__mailslurp__/waitForLatestEmail", owner.key, urlencode(wish))


def ordinary(log: list[str]) -> Visit:
    """Return a visit that is answered at once."""
    return Visit("ordinary", log, "/.well-known/openid-configuration")


async def settled() -> None:
    """Let everything run that can run now."""
    for _ in range(20):
        await asyncio.sleep(0)


def test_delivery_wakes_those_it_concerns(make_owner: Callable[..., Owner]) -> None:
    """One of two that wait is answered by a delivery, the other waits on."""

    async def story() -> None:
        owner, log = make_owner(), list[str]()
        app, inboxes = TenantApp(owner.engine), [owner.inbox(), owner.inbox()]
        first, second = (wait_for(owner, inbox, log) for inbox in inboxes)
        tasks = [first.start(app), second.start(app)]
        await ordinary(log).start(app)
        await settled()
        assert ["ordinary"] == log
        message = owner.deliver(inboxes[1]["emailAddress"])
        await ordinary(log).start(app)
        await tasks[1]
        assert (message, False) == (second.body["id"], tasks[0].done())
        later = owner.deliver(inboxes[0]["emailAddress"])
        await ordinary(log).start(app)
        await tasks[0]
        assert later == first.body["id"]
        answered = [each for each in log if each != "ordinary"]
        assert [inboxes[1]["id"], inboxes[0]["id"]] == answered

    asyncio.run(story())


def test_delivery_before_the_wait(make_owner: Callable[..., Owner]) -> None:
    """What is there already is answered at once."""

    async def story() -> None:
        owner = make_owner()
        inbox = owner.inbox()
        message = owner.deliver(inbox["emailAddress"])
        visit = wait_for(owner, inbox, [])
        await visit.start(TenantApp(owner.engine))
        assert (200, message) == (visit.answer["status"], visit.body["id"])

    asyncio.run(story())


def test_time_is_up(make_owner: Callable[..., Owner]) -> None:
    """A wait in vain ends by itself, with the answer that says so."""

    async def story() -> None:
        owner = make_owner()
        visit = wait_for(owner, owner.inbox(), [], timeout=1)
        await visit.start(TenantApp(owner.engine))
        assert (408, 408) == (visit.answer["status"], visit.body["statusCode"])

    asyncio.run(story())


def test_client_that_goes(make_owner: Callable[..., Owner]) -> None:
    """Its request ends; the message that comes later stays unread for the next client."""

    async def story() -> None:
        owner, log = make_owner(), list[str]()
        app, inbox = TenantApp(owner.engine), owner.inbox()
        visit = wait_for(owner, inbox, log)
        task = visit.start(app)
        await settled()
        visit.gone.set()
        await task
        message = owner.deliver(inbox["emailAddress"])
        await ordinary(log).start(app)
        assert [message] == owner.seen(inbox, unreadOnly=True)

    asyncio.run(story())


def test_end_of_waiting(make_owner: Callable[..., Owner]) -> None:
    """A server that stops answers those who wait, and those who come to wait after that."""

    async def story() -> None:
        owner, log = make_owner(), list[str]()
        app, inbox = TenantApp(owner.engine), owner.inbox()
        visits = [wait_for(owner, inbox, log) for _ in range(2)]
        waiting = visits[0].start(app)
        await settled()
        app.stop_waiting()
        await waiting
        await visits[1].start(app)
        assert [408, 408] == [each.answer["status"] for each in visits]

    asyncio.run(story())


def test_delivery_after_the_client_has_gone() -> None:
    """Where both happen at once, the message is left to another client."""

    async def story() -> None:
        waiting, gone = Waiting(), asyncio.get_running_loop().create_future()
        asking = asyncio.ensure_future(waiting.next(TIMEOUT_S, gone))
        await settled()
        gone.set_result(None)
        waiting.note(1)
        assert not await asking

    asyncio.run(story())


def test_delivery_after_the_end_of_waiting() -> None:
    """Nobody begins to wait again."""

    async def story() -> None:
        waiting = Waiting()
        waiting.end()
        waiting.note(1)
        nobody = asyncio.get_running_loop().create_future()
        assert not await asyncio.wait_for(waiting.next(2 * TIMEOUT_S, nobody), TIMEOUT_S)

    asyncio.run(story())


def test_stop_answers_a_client_that_waits() -> None:
    """The whole server, too: its client gets an answer, not a broken connection."""
    with MockServer(seed=1) as server:
        told: Any = server.info["mailslurp"]
        key = {"x-api-key": told["api_key"]}
        created = requests.post(f"{told['url']}/inboxes", headers=key, timeout=TIMEOUT_S).json()
        address = ("127.0.0.1", int(str(server.info["url"]).rpartition(":")[2]))
        connection = socket.create_connection(address, TIMEOUT_S)
        path = f"/__mailslurp__/waitForLatestEmail?inboxId={created['id']}&timeout=200000"
        request = f"GET {path} HTTP/1.1\r\nhost: h\r\nx-api-key: {told['api_key']}\r\n\r\n"
        connection.sendall(request.encode())
        # An answer to a later connection shows that the earlier one has been read.
        assert requests.get(str(server.info["control"]), timeout=TIMEOUT_S).ok
    with connection:
        received = b"".join(iter(lambda: connection.recv(4096), b""))
    assert b"408" == received.split(b" ")[1]
