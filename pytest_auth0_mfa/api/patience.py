"""When a request is sent again, and how long to wait before.

Owns the pauses and their bounds. A request is repeated by itself only where that cannot do
anything twice: it never arrived, was refused for its number, or changes nothing. Whatever else is
lost may have been carried out, and is told to whoever asked.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pytest_auth0_mfa.api.causes import Fault

PAUSES_S: Final = (0.1, 0.4, 1.6)
"""Before each repetition of what the network or a gateway lost."""

THROTTLED_PAUSES_S: Final = (1.0, 2.0, 4.0, 8.0)
"""Where a tenant that asks for patience does not say for how long."""

DEADLINE_S: Final = 90.0
"""For all waiting of one request: the limits of Auth0's plans are counted by the minute."""

_LEAST_PAUSE_S: Final = 0.05
_MOST_REPETITIONS: Final = 30


@dataclass(frozen=True, slots=True)
class Patience:
    """How the waiting is done; both in seconds, `now` never goes back."""

    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep


@dataclass(slots=True)
class Trial:
    """The attempts at one request; `is_safe` says that it may be carried out twice."""

    is_safe: bool
    ends_at: float
    lost: int = 0
    throttled: int = 0

    def pause_s(self, fault: Fault, asked_s: float | None, now: float) -> float | None:
        """How long to wait before the next attempt, None where there is to be none.

        `asked_s` is for how long the tenant wants to be left alone, None where it does not say.
        """
        if fault.repeat == "never" or (fault.repeat == "safe" and not self.is_safe):
            return None
        pause_s = self._throttled(asked_s) if fault.is_throttling else self._lost()
        return None if pause_s is None or now + pause_s > self.ends_at else pause_s

    def _lost(self) -> float | None:
        self.lost += 1
        return PAUSES_S[self.lost - 1] if self.lost <= len(PAUSES_S) else None

    def _throttled(self, asked_s: float | None) -> float | None:
        self.throttled += 1
        if asked_s is not None:
            return max(asked_s, _LEAST_PAUSE_S) if self.throttled <= _MOST_REPETITIONS else None
        known = self.throttled <= len(THROTTLED_PAUSES_S)
        return THROTTLED_PAUSES_S[self.throttled - 1] if known else None


def asked_wait_s(headers: Mapping[str, str], tenant_now: float) -> float | None:
    """For how many seconds an answer asks to be patient, None where it does not say.

    By `Retry-After` (https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3), or by the moment at
    which the limit is reset, in epoch seconds
    (https://auth0.com/docs/troubleshoot/customer-support/operational-policies/rate-limit-policy).
    """
    asked, reset_at = headers.get("retry-after", ""), headers.get("x-ratelimit-reset", "")
    if _is_number(asked):
        return float(asked)
    return max(0.0, float(reset_at) - tenant_now) if _is_number(reset_at) else None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()
