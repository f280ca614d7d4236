"""Protection against those who guess passwords, or log in without end.

Every test acts from an address of its own, told by the header `auth0-forwarded-for`, so that no
other test is blocked with it.

Sources: https://auth0.com/docs/secure/attack-protection/brute-force-protection and
https://auth0.com/docs/troubleshoot/customer-support/operational-policies/rate-limit-policy
"""

from __future__ import annotations

from secrets import token_hex
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pytest_auth0_mfa import Answer, Judgement, Tenant, User

requirement = pytest.mark.requirement

INTERRUPTED, BLOCKED, THROTTLED = "mfa_required", "too_many_attempts", "too_many_requests"
TRIES = 10
LOGINS_AT_MOST = 30
"""Twenty, and some that come back while they are made."""


def _address() -> str:
    """An address for documentation (RFC 3849), unlike any other."""
    return f"2001:db8:{token_hex(2)}:{token_hex(2)}::1"


def _login(
    tenant: Tenant, user: User, address: str, expecting: str = BLOCKED, **changes: object
) -> Answer:
    """Log in from an address; a block, or what else one is expecting, is an answer here."""
    headers = {"auth0-forwarded-for": address}
    return tenant.password(user, headers=headers, expecting=expecting, **changes)  # type: ignore[arg-type]


def _guess(judge: Judgement, tenant: Tenant, user: User, address: str) -> None:
    """Give wrong passwords, as many as block by default."""
    wrong = tenant.learn("not-the-password", "password")
    guesses = [_login(tenant, user, address, password=wrong) for _ in range(TRIES)]
    judge.needs("wrong passwords that are refused", when=guesses[0].error != INTERRUPTED)


@requirement("MFA-BRUTE-FORCE-BLOCK")
def test_wrong_passwords_block(
    mfa_judge: Judgement, auth0_tenant: Tenant, auth0_user: User
) -> None:
    """Who guesses ten times gains nothing by the eleventh guess, even if it is right."""
    auth0_tenant.spend_tries()
    address = _address()
    mfa_judge.control(_login(auth0_tenant, auth0_user, address), INTERRUPTED)
    _guess(mfa_judge, auth0_tenant, auth0_user, address)
    mfa_judge.refuses(_login(auth0_tenant, auth0_user, address), "error.too-many-attempts")


@requirement("MFA-BRUTE-FORCE-OTHERS")
def test_other_user_is_not_blocked(
    mfa_judge: Judgement, auth0_tenant: Tenant, auth0_user: User
) -> None:
    """Who shares an address with an attacker logs in."""
    auth0_tenant.spend_tries()
    address, other = _address(), auth0_tenant.new_user()
    _guess(mfa_judge, auth0_tenant, auth0_user, address)
    blocked = _login(auth0_tenant, auth0_user, address)
    mfa_judge.needs("a user who is blocked", when=blocked.error == BLOCKED)
    mfa_judge.accepts(
        _login(auth0_tenant, other, address),
        "a login from an address at which another user is blocked",
        INTERRUPTED,
        unlike=lambda: _login(auth0_tenant, other, _address()),
    )


@requirement("MFA-BRUTE-FORCE-ADDRESS")
def test_user_is_not_blocked_elsewhere(
    mfa_judge: Judgement, auth0_tenant: Tenant, auth0_user: User
) -> None:
    """An attacker cannot lock the user out at home."""
    auth0_tenant.spend_tries()
    auth0_tenant.needs_forwarded_addresses()
    address = _address()
    _guess(mfa_judge, auth0_tenant, auth0_user, address)
    blocked = _login(auth0_tenant, auth0_user, address)
    mfa_judge.needs("a user who is blocked", when=blocked.error == BLOCKED)
    mfa_judge.accepts(
        _login(auth0_tenant, auth0_user, _address()),
        "a login from another address than the one at which the user is blocked",
        INTERRUPTED,
        unlike=lambda: _login(auth0_tenant, auth0_tenant.new_user(), _address()),
    )


@requirement("MFA-LIMIT-LOGINS")
def test_logins_of_one_user_are_limited(
    mfa_judge: Judgement, auth0_tenant: Tenant, auth0_user: User
) -> None:
    """Who logs in again and again has to wait, even with the right password."""
    auth0_tenant.spend_tries()
    auth0_user.configuration.limit_logins()
    address, other = _address(), auth0_tenant.new_user()
    answer = _login(auth0_tenant, auth0_user, address)
    mfa_judge.needs("a user who can log in", when=answer.error == INTERRUPTED)
    for _ in range(LOGINS_AT_MOST):
        if answer.error == INTERRUPTED:
            answer = _login(auth0_tenant, auth0_user, address, THROTTLED)
    mfa_judge.control(_login(auth0_tenant, other, address), INTERRUPTED)
    mfa_judge.refuses(answer, "error.too-many-requests")
