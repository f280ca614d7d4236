"""The rate limit of the Management API and the headers that tell it.

Owns the free plan's figures: two requests a second, two at once
(https://auth0.com/docs/troubleshoot/customer-support/operational-policies/rate-limit-policy/rate-limit-configurations/free-public).
Must not know what the requests ask for.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from pytest_auth0_mfa.mock.limits import Allowance
from pytest_auth0_mfa.mock.management import refusals

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_auth0_mfa.mock.tenant import Tenant

_FREE: Final = Allowance(burst=2, refill_s=0.5)
_UNENFORCED: Final = 10


def admit(tenant: Tenant) -> None:
    """Count a request, or refuse it when it is one too many."""
    if tenant.limits_enforced and not tenant.management_calls.take(tenant.now(), _FREE):
        raise refusals.too_many_requests({"retry-after": "1"})


def headers(tenant: Tenant) -> Mapping[str, str]:
    """Return the limit headers; without enforcement they never tell of an empty bucket."""
    now, bucket = tenant.now(), tenant.management_calls
    if not tenant.limits_enforced:
        return _headers(_UNENFORCED, _UNENFORCED - 1, int(now) + 1)
    left = bucket.left(now, _FREE)
    return _headers(_FREE.burst, left, math.ceil(now + bucket.full_in(_FREE)))


def _headers(limit: int, left: int, reset_at: int) -> dict[str, str]:
    return {
        "x-ratelimit-limit": str(limit),
        "x-ratelimit-remaining": str(left),
        "x-ratelimit-reset": str(reset_at),
    }
