"""Counting wrong codes, so that nobody can guess one.

Owns the refusal of further codes. Ten may be wrong at once, one more comes back every six
minutes, a success gives nothing back:
https://auth0.com/docs/troubleshoot/customer-support/operational-policies/rate-limit-policy
Must not know what makes a code right.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_auth0_mfa.mock import problems, transactions
from pytest_auth0_mfa.mock.limits import Allowance

if TYPE_CHECKING:
    from pytest_auth0_mfa.mock.authorizations import Presented
    from pytest_auth0_mfa.mock.limits import Bucket
    from pytest_auth0_mfa.mock.rules import Rules
    from pytest_auth0_mfa.mock.tenant import Tenant


def admit(tenant: Tenant, presented: Presented, wrong_codes: Bucket) -> None:
    """Refuse any code, even the right one, once too many were wrong."""
    now = tenant.now(presented.authorization.user)
    if wrong_codes.left(now, _allowance(tenant.rules)) < 1:
        raise problems.too_many_codes()


def count_wrong(
    tenant: Tenant, presented: Presented, wrong_codes: Bucket, *, spends_token: bool
) -> None:
    """Note that a code was wrong; unless it `spends_token`, that is good for another try."""
    user = presented.authorization.user
    wrong_codes.take(tenant.now(user), _allowance(tenant.rules))
    if spends_token:
        user.spent_mfa_tokens.add(presented.token)
    if tenant.rules.wrong_code_ends_other_logins:
        transactions.end_others(tenant, presented)


def count_right(tenant: Tenant, wrong_codes: Bucket) -> None:
    """Note that a code was right."""
    if tenant.rules.success_resets_count:
        wrong_codes.reset()


def _allowance(rules: Rules) -> Allowance:
    return Allowance(rules.wrong_code_burst, rules.wrong_code_refill_s)
