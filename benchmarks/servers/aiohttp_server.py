"""aiohttp's server without its router."""

from __future__ import annotations

import asyncio

# mypy: disable-error-code="import-not-found"
# Installed for the measurement only: benchmarks/requirements.txt.
from aiohttp import web

from benchmarks.servers import ANSWER, announce, listen


async def _answer(request: web.BaseRequest) -> web.Response:
    await request.read()
    return web.Response(body=ANSWER, content_type="application/json")


async def _serve() -> None:
    listening = listen()
    runner = web.ServerRunner(web.Server(_answer))
    await runner.setup()
    await web.SockSite(runner, listening).start()
    announce(listening.getsockname()[1])
    await asyncio.Event().wait()


def main() -> None:
    """Serve until the process is ended."""
    asyncio.run(_serve())


if __name__ == "__main__":
    main()
