"""How long to wait, and how often to look meanwhile.

Owns deadlines and pauses; knows neither mailboxes nor messages.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_FIRST_PAUSE_S: Final = 0.1
_LONGEST_PAUSE_S: Final = 2.0
_GROWTH: Final = 1.6


@dataclass(frozen=True, slots=True)
class Watch:
    """Time as it is read and spent, both in seconds; `now` never goes back."""

    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    grace: float = 0.1
    """The part of a timeout for which a code is doubted that repeats an earlier one.

    0 where messages have arrived before the request that sends them is answered.
    """
    patience_s: float = 5.0
    """For how long an unread message is awaited before another is sent to the same address.

    Nobody could tell which of the two came late. 0 as above.
    """


def looks(watch: Watch, timeout: float) -> Iterator[float]:
    """Yield, for each look into a mailbox, the seconds that it may take.

    The first look is at once and the last at the deadline. Between them lie pauses that grow
    from 0.1 to 2 s, but none after a look that itself took as long as the longest pause.
    """
    deadline = watch.now() + timeout
    pause = _FIRST_PAUSE_S
    while True:
        began = watch.now()
        yield max(deadline - began, 0.0)
        now = watch.now()
        if began >= deadline or now >= deadline:
            return
        if now - began < _LONGEST_PAUSE_S:
            watch.sleep(min(pause, deadline - now))
            pause = min(pause * _GROWTH, _LONGEST_PAUSE_S)


def checked_timeout(timeout: object) -> float:
    """Return `timeout` if one can wait that long; raises `ValueError` that says what to pass."""
    is_number = isinstance(timeout, (int, float)) and not isinstance(timeout, bool)
    if is_number and 0 < (seconds := float(timeout)) < math.inf:  # type: ignore[arg-type]
        return seconds
    raise ValueError(f"timeout: expected seconds above 0, such as 30.0, got {timeout!r}")
