"""How fast the Management API may be asked.

A free tenant takes two requests a second and two at once, and says in headers when it has had
enough. Everything that waits for that lives here.
Source: https://auth0.com/docs/troubleshoot/customer-support/operational-policies/rate-limit-policy/rate-limit-configurations/free-public
"""

from __future__ import annotations

import time
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

PER_SECOND: Final = 2
BURST: Final = 2.0
LONGEST_WAIT_S: Final = 60.0
"""What a tenant may ask for; whoever asks for more is not waited for."""

_DEFAULT_WAIT_S: Final = 1.0
_TOO_MANY: Final = 429


class Pace:
    """A token bucket for one process, which also heeds what answers say.

    `share` processes ask at the same time, so each has its part of the rate. A pace without rate
    waits only where an answer says so, as is right for a mock.
    """

    def __init__(
        self,
        per_second: float | None,
        share: int = 1,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        """Begin with a full bucket; `now` and `sleep` are in seconds."""
        self._rate = per_second / share if per_second else None
        self._burst = max(BURST / share, 1.0)
        self._left = self._burst
        self._now = now
        self._sleep = sleep
        self._seen_at = now()

    def take(self) -> None:
        """Wait until the next request may be sent."""
        if self._rate is None:
            return
        self._refill(self._rate)
        if self._left < 1:
            self._wait((1 - self._left) / self._rate)
            self._refill(self._rate)
        self._left -= 1

    def heed(self, status: int, headers: Mapping[str, str]) -> bool:
        """Take in what an answer says; where it asks to be asked again, wait and return True.

        An answer that wants a longer wait than anybody would sit through is not waited for.
        """
        left = headers.get("x-ratelimit-remaining", "")
        if left.isdecimal():
            # Others use up the same limit.
            self._left = min(self._left, float(left))
        if status != _TOO_MANY:
            return False
        asked_s = _asked(headers)
        if asked_s > LONGEST_WAIT_S:
            return False
        self._wait(asked_s)
        return True

    def _refill(self, rate: float) -> None:
        now = self._now()
        self._left = min(self._burst, self._left + (now - self._seen_at) * rate)
        self._seen_at = now

    def _wait(self, seconds: float) -> None:
        if seconds > 0:
            self._sleep(seconds)


def _asked(headers: Mapping[str, str]) -> float:
    """The seconds that a throttled client is to wait: `retry-after`, or until the limit resets."""
    if "retry-after" in headers:
        return _number(headers["retry-after"], _DEFAULT_WAIT_S)
    reset = _number(headers.get("x-ratelimit-reset"), 0.0)
    return max(reset - _answered_at(headers), _DEFAULT_WAIT_S)


def _answered_at(headers: Mapping[str, str]) -> float:
    """When the tenant answered by its own clock, which `x-ratelimit-reset` goes by."""
    try:
        return parsedate_to_datetime(headers["date"]).timestamp()
    except (KeyError, ValueError):
        return time.time()


def _number(text: str | None, otherwise: float) -> float:
    try:
        return max(float(text or ""), 0.0)
    except ValueError:
        return otherwise
