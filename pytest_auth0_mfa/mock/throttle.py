"""The rate limits of the whole API and of single endpoints, and the headers that tell the first.

Owns the free plan's figures: 300 requests a minute, and by the second 30 on `/oauth/token` and 20
for the keys
(https://auth0.com/docs/troubleshoot/customer-support/operational-policies/rate-limit-policy/rate-limit-configurations/free-public).
Must not know what the requests ask for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_auth0_mfa.mock import problems
from pytest_auth0_mfa.mock.limits import Allowance, Bucket
from pytest_auth0_mfa.mock.operations import Operation

if TYPE_CHECKING:
    from collections.abc import Mapping

_API = Allowance(burst=300, refill_s=0.2)
_ENDPOINTS = {
    Operation.TOKEN: Allowance(burst=30, refill_s=1 / 30),
    Operation.JWKS: Allowance(burst=20, refill_s=1 / 20),
}

# Recorded of a tenant that was not throttled, by the second:
# https://github.com/auth0/ruby-auth0, spec/fixtures/vcr_cassettes
_PAID = 100


class Throttle:
    """Counts the requests of everybody, and refuses what is too much where it is `enforced`."""

    def __init__(self, *, enforced: bool) -> None:
        """Start with nothing counted."""
        self._enforced = enforced
        self._api, self._endpoints = Bucket(), {each: Bucket() for each in _ENDPOINTS}
        self._second, self._headers = -1, dict[str, str]()

    def headers(self, now: float) -> Mapping[str, str]:
        """Return the limit headers; without enforcement they never tell of an empty bucket.

        What is limited by the minute comes back at the full second, which is when there is more:
        https://auth0.com/docs/troubleshoot/customer-support/operational-policies/rate-limit-policy/rate-limit-use-cases
        """
        second = int(now)
        if not self._enforced:
            return self._unenforced(second)
        return _headers(_API.burst, self._api.left(second, _API), second + 1)

    def admit(self, now: float, operation: Operation) -> None:
        """Count a request, or refuse it when it is one too many: of all, then of its endpoint."""
        if not self._enforced:
            return
        if not self._api.take(int(now), _API):
            raise problems.too_many_requests(1)
        endpoint = _ENDPOINTS.get(operation)
        if endpoint and not self._endpoints[operation].take(now, endpoint):
            raise problems.too_many_requests(1)

    def _unenforced(self, second: int) -> Mapping[str, str]:
        if second != self._second:
            self._second, self._headers = second, _headers(_PAID, _PAID - 1, second + 1)
        return self._headers


def _headers(limit: int, left: int, reset_at: int) -> dict[str, str]:
    return {
        "x-ratelimit-limit": str(limit),
        "x-ratelimit-remaining": str(left),
        "x-ratelimit-reset": str(reset_at),
    }
