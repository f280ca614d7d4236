"""Waiting for the next message that the tenant delivers.

Owns waking up those who wait. Must not know what was delivered, or to whom.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from asyncio import Future


class Waiting:
    """Wakes everyone who waits when the count of delivered messages has changed."""

    def __init__(self) -> None:
        """Begin before the first message."""
        self._count = 0
        self._arrival = asyncio.Event()
        self._has_ended = False

    def note(self, count: int) -> None:
        """Tell how many messages have been delivered."""
        if count != self._count:
            self._count = count
            # Each event is set once, so that nobody who holds it can miss it.
            self._arrival.set()
            self._arrival = asyncio.Event()

    def end(self) -> None:
        """Wake everyone for the last time; from now on nobody waits."""
        self._has_ended = True
        self._arrival.set()

    async def next(self, timeout_s: float, gone: Future[None]) -> bool:
        """Wait for a delivery; False when the time is up, the client `gone` or waiting at an end.

        Those whom the end wakes are told True and may look once more.
        """
        if self._has_ended:
            return False
        arrived = asyncio.ensure_future(self._arrival.wait())
        either: set[Future[Any]] = {arrived, gone}
        try:
            await asyncio.wait(
                either, timeout=max(0.0, timeout_s), return_when=asyncio.FIRST_COMPLETED
            )
            return arrived.done() and not gone.done()
        finally:
            arrived.cancel()
