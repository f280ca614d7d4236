"""The rate limit of the whole API and the headers that tell it.

Owns the free plan's figures: 300 requests a minute, and 30 a second on `/oauth/token`
(https://auth0.com/docs/troubleshoot/customer-support/operational-policies/rate-limit-policy/rate-limit-configurations/free-public).
Must not know what the requests ask for.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from pytest_auth0_mfa.mock import problems
from pytest_auth0_mfa.mock.limits import Allowance, Bucket

if TYPE_CHECKING:
    from collections.abc import Mapping

_API = Allowance(burst=300, refill_s=0.2)
_TOKEN = Allowance(burst=30, refill_s=1 / 30)


class Throttle:
    """Counts the requests of everybody, and refuses what is too much where it is `enforced`."""

    def __init__(self, *, enforced: bool) -> None:
        """Start with nothing counted."""
        self._enforced = enforced
        self._api, self._token = Bucket(), Bucket()
        self._second, self._headers = -1, dict[str, str]()

    def headers(self, now: float) -> Mapping[str, str]:
        """Return the limit headers; without enforcement they never tell of an empty bucket."""
        if not self._enforced:
            return self._unenforced(int(now))
        left = self._api.left(now, _API)
        reset_at = math.ceil(now + self._api.full_in(_API))
        return _headers(left, reset_at)

    def admit(self, now: float, *, is_token: bool) -> None:
        """Count a request, or refuse it when it is one too many."""
        if not self._enforced:
            return
        if is_token and not self._token.take(now, _TOKEN):
            raise problems.too_many_requests(1)
        if not self._api.take(now, _API):
            raise problems.too_many_requests(1)

    def _unenforced(self, second: int) -> Mapping[str, str]:
        if second != self._second:
            self._second, self._headers = second, _headers(_API.burst - 1, second + 1)
        return self._headers


def _headers(left: int, reset_at: int) -> dict[str, str]:
    return {
        "x-ratelimit-limit": str(_API.burst),
        "x-ratelimit-remaining": str(left),
        "x-ratelimit-reset": str(reset_at),
    }
