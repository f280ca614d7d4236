"""A forward proxy on loopback that knows where made-up host names lead."""

from __future__ import annotations

import select
import socket
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

TIMEOUT_S = 30


@dataclass(slots=True)
class ForwardProxy:
    """The proxy: where each host name leads, whom it lets through, and what it was asked for.

    `routes` maps host names to addresses; `credentials` is the header that it insists on.
    """

    routes: dict[str, tuple[str, int]]
    credentials: str | None = None
    url: str = ""
    asked: list[str] = field(default_factory=list)


@contextmanager
def forwarding(proxy: ForwardProxy) -> Iterator[ForwardProxy]:
    """Run the proxy on a free port."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(proxy))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    proxy.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield proxy
    finally:
        server.shutdown()
        server.server_close()


def _handler(proxy: ForwardProxy) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        """Tunnels; a plain request is answered with what was asked for."""

        def do_CONNECT(self) -> None:
            """Open a tunnel to where the host name leads."""
            proxy.asked.append(self.path)
            if self.headers.get("Proxy-Authorization") != proxy.credentials:
                self.send_error(407)
                return
            target = proxy.routes.get(self.path.partition(":")[0])
            if target is None:
                self.send_error(502)
                return
            with socket.create_connection(target, TIMEOUT_S) as there:
                self.send_response_only(200)
                self.end_headers()
                _pump(self.connection, there)

        def do_GET(self) -> None:
            """Answer for whatever server with the headers that came."""
            proxy.asked.append(self.path)
            body = str(self.headers.get("Authorization")).encode()
            self.send_response_only(200)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Stay silent."""

    return Handler


def _pump(one: socket.socket, other: socket.socket) -> None:
    """Carry octets both ways until either side has nothing more to say."""
    ways = {one: other, other: one}
    for side in ways:
        side.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    with suppress(ConnectionError):
        while True:
            for side in select.select(list(ways), [], [], TIMEOUT_S)[0]:
                octets = side.recv(65_536)
                if not octets:
                    return
                ways[side].sendall(octets)
