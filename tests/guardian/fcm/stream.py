"""A stand-in for the stream on which Google sends messages: the MCS protocol over TLS, on loopback.

Knows the login, heartbeats, acknowledgements and the framing; what a message holds is the affair
of `stand_in`. The messages' forms are those of the library's own protocol buffers.
"""

from __future__ import annotations

import asyncio
import ssl
import threading
from typing import TYPE_CHECKING, Any

from firebase_messaging.proto.mcs_pb2 import (
    Close,
    HeartbeatAck,
    HeartbeatPing,
    IqStanza,
    LoginRequest,
    LoginResponse,
    SelectiveAck,
)

from tests.conftest import TIMEOUT_S

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    import trustme
    from firebase_messaging.proto.mcs_pb2 import DataMessageStanza

VERSION = 41
TYPES = (HeartbeatPing, HeartbeatAck, LoginRequest, LoginResponse, Close)
"""By tag."""
IQ, DATA = 7, 8


class Stream:
    """The server, on an event loop in a thread of its own.

    `logins` are the requests to log in, `acknowledged` the ids of the messages that were received,
    `pings` and `answers` how many pings the client sent and answered. `open` is the number of
    connections, and `most` the highest that it was. While `mute`, the client's pings get no
    answer; while `silent`, no login does; with `error`, each login is refused. While
    `gone`, nothing is read after the login, not even the end of the connection.
    """

    def __init__(self, authority: trustme.CA) -> None:
        """Serve with a certificate of this authority, once started."""
        self._context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        authority.issue_cert("127.0.0.1").configure_cert(self._context)
        self.logins: list[LoginRequest] = []
        self.acknowledged: list[str] = []
        self.answers = self.pings = 0
        self.open = self.most = 0
        self.mute = self.silent = self.gone = False
        self.error: str | None = None
        self.port = 0
        self._changed = threading.Condition()
        self._writers: list[asyncio.StreamWriter] = []
        self._loop: asyncio.AbstractEventLoop
        self._stopping: asyncio.Event
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)

    def start(self) -> None:
        """Listen at a port of its own choice."""
        self._thread.start()
        self.wait(lambda: self.port > 0)

    def stop(self) -> None:
        """Close every connection and join the thread; nothing happens the second time."""
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stopping.set)
            self._thread.join(TIMEOUT_S)

    def wait(self, until: Callable[[], bool]) -> None:
        """Wait for something that the client does."""
        with self._changed:
            assert self._changed.wait_for(until, 10)

    def send(self, message: DataMessageStanza) -> None:
        """Send a message to the newest connection."""
        self._run(self._write(self._writers[-1], DATA, message))

    def say(self, message: HeartbeatPing | Close) -> None:
        """Ping the client, or announce the end of the connection."""
        self._run(self._write(self._writers[-1], TYPES.index(type(message)), message))

    def interrupt(self) -> None:
        """Cut the newest connection without a goodbye."""
        self._loop.call_soon_threadsafe(self._writers[-1].transport.abort)

    def _run(self, step: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(step, self._loop).result(10)

    async def _serve(self) -> None:
        self._loop, self._stopping = asyncio.get_running_loop(), asyncio.Event()
        server = await asyncio.start_server(self._converse, "127.0.0.1", 0, ssl=self._context)
        self._note(port=server.sockets[0].getsockname()[1])
        await self._stopping.wait()
        server.close()
        for writer in self._writers:
            writer.transport.abort()

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._note(open=self.open + 1, most=max(self.most, self.open + 1))
        try:
            assert VERSION == (await reader.readexactly(1))[0]
            while True:
                tag, size = (await reader.readexactly(1))[0], await _size(reader)
                await self._take(writer, tag, await reader.readexactly(size))
        except (OSError, asyncio.IncompleteReadError):
            pass  # The connection ended.
        finally:
            writer.transport.abort()
            self._note(open=self.open - 1)

    async def _take(self, writer: asyncio.StreamWriter, tag: int, octets: bytes) -> None:
        if tag == TYPES.index(LoginRequest) and not self.silent:
            await self._log_in(writer, LoginRequest.FromString(octets))
        elif tag == TYPES.index(HeartbeatPing) and not self.mute:
            await self._write(writer, TYPES.index(HeartbeatAck), HeartbeatAck())
            self._note(pings=self.pings + 1)
        elif tag == TYPES.index(HeartbeatAck):
            self._note(answers=self.answers + 1)
        elif tag == IQ:
            told = SelectiveAck.FromString(IqStanza.FromString(octets).extension.data)
            self._note(acknowledged=[*self.acknowledged, *told.id])

    async def _log_in(self, writer: asyncio.StreamWriter, request: LoginRequest) -> None:
        response = LoginResponse(id=request.id)
        if self.error:
            response.error.code, response.error.message = 401, self.error
        # First noted: a test goes on as soon as the client has the answer.
        self._writers.append(writer)
        self._note(logins=[*self.logins, request])
        if self.gone:
            writer.transport.pause_reading()  # type: ignore[attr-defined] # of a socket's transport
        writer.write(bytes([VERSION]))
        await self._write(writer, TYPES.index(LoginResponse), response)

    async def _write(self, writer: asyncio.StreamWriter, tag: int, message: Any) -> None:  # noqa: ANN401 - any of them
        octets = message.SerializeToString()
        writer.write(bytes([tag]) + _varint(len(octets)) + octets)
        await writer.drain()

    def _note(self, **values: object) -> None:
        """Change what tests wait for."""
        with self._changed:
            for name, value in values.items():
                setattr(self, name, value)
            self._changed.notify_all()


async def _size(reader: asyncio.StreamReader) -> int:
    size = shift = 0
    while True:
        (octet,) = await reader.readexactly(1)
        size |= (octet & 0x7F) << shift
        shift += 7
        if octet < 0x80:
            return size


def _varint(number: int) -> bytes:
    octets = bytearray()
    while number > 0x7F:
        octets.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*octets, number])
