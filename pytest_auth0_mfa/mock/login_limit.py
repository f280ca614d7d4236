"""The limit on logins of one user from one network address, whatever the password.

Owns its figures: twenty in a minute, and then ten a minute
(https://auth0.com/docs/troubleshoot/customer-support/operational-policies/rate-limit-policy).
Off unless it is switched on, or all limits are enforced. Must not know what makes a password
right.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from pytest_auth0_mfa.mock import problems
from pytest_auth0_mfa.mock.limits import Allowance, Bucket
from pytest_auth0_mfa.mock.model import Feature

if TYPE_CHECKING:
    from pytest_auth0_mfa.mock.calls import Call
    from pytest_auth0_mfa.mock.model import User

_REFILL_S = 6.0


def admit(call: Call, user: User, address: str) -> None:
    """Count a login, or refuse it when it is one too many."""
    tenant = call.tenant
    if not (tenant.limits_enforced or tenant.has(Feature.LOGIN_LIMIT, user)):
        return
    allowance = Allowance(tenant.rules.login_limit, _REFILL_S)
    bucket = user.own_exceptions.logins.setdefault(address, Bucket())
    if not bucket.take(tenant.now(user), allowance):
        raise problems.too_many_requests(math.ceil(_REFILL_S))
