"""The only listening socket of the package: the engine behind uvicorn.

Owns sockets, threads, TLS files, and the wall clock and the seed that the engine is given. Must
not hold any rule of the tenant.
"""

from __future__ import annotations

import asyncio
import random
import secrets
import socket
import tempfile
import threading
import time
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Literal

import uvicorn

from pytest_auth0_mfa.mock import certificates
from pytest_auth0_mfa.mock.asgi import TenantApp
from pytest_auth0_mfa.mock.engine import MockTenant
from pytest_auth0_mfa.mock.heads import HeadWriter

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence
    from types import TracebackType

    from pytest_auth0_mfa.mock.hostile.front import HostileTenant
    from pytest_auth0_mfa.mock.wire import Wire

_BACKLOG = 2048
_START_TIMEOUT_S = 30.0
_STOP_TIMEOUT_S = 30.0


class MockServer:
    """A mock tenant that listens: in a thread of this process, or in the calling one.

    ```
    with MockServer() as server:
        requests.get(server.info["control"])
    ```
    """

    def __init__(  # noqa: PLR0913  Nearly each mirrors an option of `auth0-mfa mock`.
        self,
        deviations: Sequence[str] = (),
        *,
        variations: Sequence[str] = (),
        host: str = "127.0.0.1",
        port: int = 0,
        tls: bool = False,
        latency_ms: float = 0,
        rate_limits: Literal["real", "off"] = "off",
        seed: int | None = None,
        inbox_quota: int | None = None,
        tls_names: Sequence[str] = (),
        canonical_domain: str = "",
        hostile: str | None = None,
    ) -> None:
        """Open the socket, on a free port when `port` is 0; `OSError` when it is taken.

        `inbox_quota` limits the inboxes that the MailSlurp account may create; None does not.
        `tls_names` are host names that the certificate covers beside `host` and loopback.
        `hostile` is `SEED` or `SEED:INGREDIENT,...`; `UnusableHostilityError` when it is neither.
        """
        self._resources = ExitStack()
        chain_file, ca_file = None, None
        if tls:
            folder = self._resources.enter_context(tempfile.TemporaryDirectory())
            names = [host, *tls_names, *([canonical_domain] if canonical_domain else [])]
            issued = certificates.issue(names, folder)
            chain_file, ca_file = str(issued.chain_file), str(issued.ca_file)
        clock, behind = _weather(hostile)
        tenant = MockTenant(
            clock,
            random.Random(secrets.randbits(128) if seed is None else seed),  # noqa: S311  A mock's.
            deviations=deviations,
            variations=variations,
            enforce_limits=rate_limits == "real",
            ca_file=ca_file,
            inbox_quota=inbox_quota,
            canonical_domain=canonical_domain,
        )
        served = behind(tenant)
        self._socket = self._resources.enter_context(_listen(host, port))
        scheme = "https" if tls else "http"
        self.info: dict[str, object] = dict(
            served.introduction(f"{scheme}://{_authority(host, self._socket)}")
        )
        self._ready = threading.Event()
        app = TenantApp(served, latency_ms / 1000)
        self._server = _Server(app, chain_file, self._ready.set, _protocol(tenant.wire))
        self._thread = threading.Thread(target=self._serve, name="mock tenant", daemon=True)

    def start(self) -> None:
        """Serve in a thread; returns once the tenant answers."""
        self._thread.start()
        self._ready.wait(_START_TIMEOUT_S)
        if not self._server.started:
            raise RuntimeError("the mock tenant did not start; is the machine overloaded?")

    def stop(self) -> None:
        """Stop serving and release the port; stopping twice is fine."""
        self._server.should_exit = True
        if self._thread.ident is not None:
            self._thread.join(_STOP_TIMEOUT_S)
            if self._thread.is_alive():
                raise RuntimeError("the mock tenant does not stop; its thread is left behind")
        self._resources.close()

    def run(self, announce: Callable[[], None]) -> None:
        """Serve in the calling thread until `request_stop`; `announce` is called when ready."""
        self._server.announce = announce
        try:
            self._server.run(sockets=[self._socket])
        finally:
            self._resources.close()

    def request_stop(self) -> None:
        """Ask `run` to return; safe to call from a signal handler, any number of times."""
        self._server.should_exit = True

    def __enter__(self) -> MockServer:  # noqa: PYI034  `Self` needs Python 3.11.
        """Start."""
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Stop."""
        self.stop()

    def _serve(self) -> None:
        try:
            self._server.run(sockets=[self._socket])
        finally:
            self._ready.set()


class _Server(uvicorn.Server):
    """uvicorn, which says when it is ready and leaves signals to its caller."""

    def __init__(
        self,
        app: TenantApp,
        chain_file: str | None,
        announce: Callable[[], None],
        protocol: type[asyncio.Protocol] | Literal["httptools"],
    ) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                # uvloop was seen to hang while it closes a TLS connection.
                loop="asyncio" if chain_file else "auto",
                http=protocol,
                ws="none",
                lifespan="off",
                access_log=False,
                server_header=False,
                # The tenant's clock tells the time, not this machine's.
                date_header=False,
                proxy_headers=False,
                # Its own configuration would close the log files of whoever runs in this process.
                log_config=None,
                log_level="critical",
                ssl_certfile=chain_file,
                timeout_graceful_shutdown=1,
            )
        )
        self.announce = announce
        self._app = app
        app.cut = self._cut

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start to accept connections, and say so."""
        await super().startup(sockets)
        self.announce()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop serving; connections that will not close are cut.

        A client that closes without TLS's closing alert leaves the server waiting for one.
        """
        self._app.stop_waiting()
        transports = [each.transport for each in self.server_state.connections]
        await super().shutdown(sockets)
        for transport in transports:
            if transport is not None:
                transport.abort()
        await asyncio.sleep(0)

    def _cut(self, client: object) -> None:
        """Break the connection of a client (host, port) at once."""
        for each in list(self.server_state.connections):
            if getattr(each, "client", None) == client and each.transport is not None:
                each.transport.abort()

    @contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        """Leave signals alone: the command handles its own, a thread can have none."""
        yield


def _protocol(wire: Wire) -> type[asyncio.Protocol] | Literal["httptools"]:
    """Return what speaks HTTP: uvicorn, its heads rewritten where the wire wants others."""
    if wire.has_plain_head:
        return "httptools"
    from uvicorn.protocols.http.httptools_impl import (  # noqa: PLC0415  For few tenants only.
        HttpToolsProtocol,
    )

    class Protocol(HttpToolsProtocol):
        """Hands the transport on as one that rewrites heads."""

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            """Begin to answer on a connection."""
            super().connection_made(HeadWriter(transport, wire))  # type: ignore[arg-type]

    return Protocol


def _weather(
    hostile: str | None,
) -> tuple[Callable[[], float], Callable[[MockTenant], MockTenant | HostileTenant]]:
    """Return the tenant's clock, and what puts the tenant behind bad connections if asked to."""
    if hostile is None:
        return time.time, lambda tenant: tenant
    from pytest_auth0_mfa.mock.hostile.front import HostileTenant  # noqa: PLC0415  Seldom used.
    from pytest_auth0_mfa.mock.hostile.ingredients import Hostility  # noqa: PLC0415  As above.

    hostility = Hostility.parse(hostile)
    skew_s = hostility.skew_s

    def clock() -> float:
        return time.time() + skew_s

    return clock, lambda tenant: HostileTenant(tenant, hostility, clock)


def _listen(host: str, port: int) -> socket.socket:
    """Open a listening socket.

    The protocol is named because asyncio sends small answers without delay (TCP_NODELAY) on such
    sockets only; left at 0, answers wait for the client's acknowledgement.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(_BACKLOG)
    except OSError:
        listening.close()
        raise
    return listening


def _authority(host: str, listening: socket.socket) -> str:
    """Return host and port as they stand in a URL."""
    port: int = listening.getsockname()[1]
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
