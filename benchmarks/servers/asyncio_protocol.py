"""`asyncio.Protocol` and the parser of `httptools`, by hand: what a server of our own could be."""

from __future__ import annotations

import asyncio
from typing import Final

import httptools

from benchmarks.servers import ANSWER, announce, listen

_RESPONSE: Final = (
    b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n" % len(ANSWER)
) + ANSWER


class _Connection(asyncio.Protocol):
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Start to parse."""
        self._transport = transport
        self._parser = httptools.HttpRequestParser(self)
        self._headers: dict[bytes, bytes] = {}
        self._body = b""

    def data_received(self, data: bytes) -> None:
        """Parse what came."""
        self._parser.feed_data(data)

    def on_message_begin(self) -> None:
        """Forget the request before."""
        self._headers, self._body = {}, b""

    def on_header(self, name: bytes, value: bytes) -> None:
        """Keep a header, as a server must that looks at any."""
        self._headers[name.lower()] = value

    def on_body(self, body: bytes) -> None:
        """Keep the body, as above."""
        self._body += body

    def on_message_complete(self) -> None:
        """Answer."""
        if isinstance(self._transport, asyncio.WriteTransport):
            self._transport.write(_RESPONSE)


async def _serve() -> None:
    listening = listen()
    server = await asyncio.get_running_loop().create_server(_Connection, sock=listening)
    announce(listening.getsockname()[1])
    await server.serve_forever()


def main() -> None:
    """Serve until the process is ended."""
    asyncio.run(_serve())


if __name__ == "__main__":
    main()
