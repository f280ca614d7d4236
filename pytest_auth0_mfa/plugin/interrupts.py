"""Ctrl-C while a run cleans up: the first is answered, the second obeyed.

Whoever is impatient presses it again. What would be left then is said before, and the journals
still know of it.
"""

from __future__ import annotations

import signal
from contextlib import contextmanager
from threading import current_thread, main_thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextmanager
def held_back(tell: Callable[[], None]) -> Iterator[None]:
    """Answer the first interrupt with `tell`; the next one is a `KeyboardInterrupt` again."""
    if current_thread() is not main_thread():
        yield
        return
    before = signal.getsignal(signal.SIGINT)

    def answer(number: int, frame: object) -> None:  # noqa: ARG001 - as signal handlers are called
        signal.signal(signal.SIGINT, signal.default_int_handler)
        tell()

    signal.signal(signal.SIGINT, answer)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
