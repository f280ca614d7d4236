"""uvicorn with a bare ASGI application: `uvicorn_asgi uvloop|asyncio [unnamed]`.

`unnamed` opens the socket without naming its protocol, as `socket.socket()` does; on such sockets
asyncio does not switch off the delay of small segments.
"""

from __future__ import annotations

import socket
import sys
from typing import TYPE_CHECKING, Any, TypeAlias

import uvicorn

from benchmarks.servers import ANSWER, announce, listen

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, MutableMapping

# https://asgi.readthedocs.io/en/latest/specs/main.html#applications
Message: TypeAlias = "MutableMapping[str, Any]"


async def _application(
    _scope: Message, receive: Callable[[], Awaitable[Message]], send: Callable[..., Awaitable[None]]
) -> None:
    while (await receive()).get("more_body"):
        pass
    headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(ANSWER))]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": ANSWER})


class _Server(uvicorn.Server):
    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, and say so."""
        await super().startup(sockets)
        for listening in sockets or ():
            announce(listening.getsockname()[1])


def main() -> None:
    """Serve until the process is ended."""
    config = uvicorn.Config(
        _application,
        loop="uvloop" if "uvloop" in sys.argv else "asyncio",
        http="httptools",
        ws="none",
        lifespan="off",
        access_log=False,
        server_header=False,
        log_level="critical",
    )
    _Server(config).run(sockets=[listen(0 if "unnamed" in sys.argv else socket.IPPROTO_TCP)])


if __name__ == "__main__":
    main()
