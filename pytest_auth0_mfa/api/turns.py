"""Waiting for one's turn before a request, and telling the governor how it was answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from pytest_auth0_mfa.api.limits_told import limits_told
from pytest_auth0_mfa.api.patience import THROTTLED_PAUSES_S, asked_wait_s
from pytest_auth0_mfa.errors import Disturbance

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_auth0_mfa.api.causes import Fault
    from pytest_auth0_mfa.api.exchange import Answer
    from pytest_auth0_mfa.api.governor import Governor, Turn

_TOO_LATE: Final = (
    "{}: the tenant's rate limit is used up and allows this in {:.0f} s; run fewer workers or wait"
)


@dataclass(frozen=True, slots=True)
class Turns:
    """The turns of one transport; `pause` waits for so many seconds and counts them."""

    governor: Governor
    now: Callable[[], float]
    pause: Callable[[float], None]

    def wait(self, where: str, body: object, ends_at: float) -> Turn:
        """Wait until the tenant's limits allow a request; `where` is method and URL.

        Raises `Disturbance` where that would be after `ends_at`.
        """
        now = self.now()
        turn = self.governor.turn(_path(where), _login_in(body), now, ends_at)
        at = turn.at
        while at > now:
            if at > ends_at:
                raise Disturbance(_TOO_LATE.format(where, at - now))
            self.pause(at - now)
            now = max(self.now(), at)
            at = self.governor.held_until(turn.path)
        return turn

    def answered(self, turn: Turn, answer: Answer, fault: Fault | None, tenant_now: float) -> None:
        """Let the governor learn from an answer."""
        told, now = limits_told(answer.headers, tenant_now), self.now()
        if fault is None or not fault.is_throttling:
            self.governor.told(turn, told, now)
            return
        asked_s = asked_wait_s(answer.headers, tenant_now)
        for_s = THROTTLED_PAUSES_S[0] if asked_s is None else asked_s
        self.governor.refused(turn, told, for_s, now)


def _path(where: str) -> str:
    return urlsplit(where.partition(" ")[2]).path


def _login_in(body: object) -> str | None:
    """The user whose password a request carries, None where it carries none."""
    if not isinstance(body, Mapping) or "password" not in body:
        return None
    return str(body.get("username"))
