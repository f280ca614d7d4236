"""The thread in which the library runs, on an event loop of its own, and what it logs there.

Owns the thread from its start to its end, and keeps the library's log from everybody: it holds
answers of servers, and names tokens and keys. Knows nothing of FCM but the names of the loggers.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from concurrent.futures import TimeoutError as TooLong
from typing import TYPE_CHECKING, Any, Final

from pytest_auth0_mfa.errors import Undelivered
from pytest_auth0_mfa.guardian.fcm.causes import Stopped, masked

if TYPE_CHECKING:
    from collections.abc import Coroutine, Sequence

_LOGGERS: Final = ("firebase_messaging.fcmpushclient", "firebase_messaging.fcmregister")

_KEPT: Final = 50
_START_S: Final = 10


class Overheard(logging.Filter):
    """What the library logs in one thread: dropped, but for the reason of a failure."""

    def __init__(self, secrets: Sequence[str]) -> None:
        """Hear nothing yet; `secrets` are replaced in what is heard."""
        super().__init__()
        self.secrets = list(secrets)
        self.thread: int | None = None
        self._heard: list[tuple[int, str]] = []

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep warnings and errors for `reason`; let pass what other threads log."""
        if threading.get_ident() != self.thread:
            return True
        if record.levelno >= logging.WARNING and len(self._heard) < _KEPT:
            self._heard.append((record.levelno, self.masked(_told(record))))
        return False

    def reason(self, level: int = logging.WARNING) -> str | None:
        """The first that was heard of this level or a higher one; the others follow from it."""
        return next((text for heard, text in self._heard if heard >= level), None)

    def forget(self) -> None:
        """Begin anew, for another step."""
        self._heard.clear()

    def masked(self, text: str) -> str:
        """The text as it may be shown."""
        return masked(text, self.secrets)


def _told(record: logging.LogRecord) -> str:
    error = record.exc_info[1] if record.exc_info else None
    detail = f" ({type(error).__name__}: {error})" if error else ""
    try:
        return record.getMessage() + detail
    except (TypeError, ValueError):  # Its arguments do not fit; that must not stop the library.
        return str(record.msg) + detail


class Background:
    """A thread with an event loop, running from the start until it is closed."""

    def __init__(self, secrets: Sequence[str]) -> None:
        """Start it; `secrets` must be in no message."""
        self.overheard = Overheard(secrets)
        self._tasks: set[asyncio.Task[None]] = set()
        self._ready = threading.Event()
        self._loop: asyncio.AbstractEventLoop
        self._stop: asyncio.Event
        self._thread = threading.Thread(target=self._run, name="fcm-receiver", daemon=True)
        self._thread.start()
        if not self._ready.wait(_START_S):
            raise Undelivered("FCM: the receiver's event loop did not start; try again")
        for name in _LOGGERS:
            logging.getLogger(name).addFilter(self.overheard)

    def call(self, name: str, step: Coroutine[Any, Any, Any], timeout_s: float) -> Any:  # noqa: ANN401 - as given
        """Run a step to its end and return what it gives; raises `Stopped` after `timeout_s`."""
        self.overheard.forget()
        future = asyncio.run_coroutine_threadsafe(step, self._loop)
        try:
            return future.result(timeout_s)
        except TooLong:
            future.cancel()
        raise Stopped(name, f"not done within {timeout_s:g} s")

    def spawn(self, step: Coroutine[Any, Any, None]) -> None:
        """Run a step until the end of the thread."""
        self.overheard.forget()
        self._loop.call_soon_threadsafe(self._begin, step)

    def close(self, timeout_s: float) -> None:
        """Cancel what runs and end the thread, waiting no longer than `timeout_s`."""
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(timeout_s)
        for name in _LOGGERS:
            logging.getLogger(name).removeFilter(self.overheard)

    def _begin(self, step: Coroutine[Any, Any, None]) -> None:
        self._tasks.add(self._loop.create_task(step))

    def _run(self) -> None:
        self.overheard.thread = threading.get_ident()
        asyncio.run(self._main())

    async def _main(self) -> None:
        """Wait to be stopped; what still runs then is cancelled by `asyncio.run`."""
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        # What the library leaves behind in tasks of its own is seen by who watches its tasks.
        self._loop.set_exception_handler(lambda _loop, _context: None)
        self._ready.set()
        await self._stop.wait()
