"""Counting wrong passwords, so that nobody can guess one.

Owns the refusal of further logins. Ten wrong passwords of one user from one network address block
that user there, and nobody else:
https://auth0.com/docs/secure/attack-protection/brute-force-protection
A block lasts; what an unknown user is told is not on record and not counted. Must not know what
makes a password right.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_auth0_mfa.mock import problems
from pytest_auth0_mfa.mock.model import ClientAuthentication

if TYPE_CHECKING:
    from pytest_auth0_mfa.mock.calls import Call
    from pytest_auth0_mfa.mock.model import Client, User

# https://auth0.com/docs/api/authentication/resource-owner-password-flow/get-token
_FORWARDED = "auth0-forwarded-for"


def address_of(call: Call, client: Client) -> str:
    """Return where the user is; a client with a secret is trusted to say so for its users."""
    is_trusted = client.authentication is not ClientAuthentication.NONE
    forwarded = call.request.headers.get(_FORWARDED) if is_trusted else None
    return forwarded or call.request.address


def admit(call: Call, user: User, address: str) -> None:
    """Refuse any password, even the right one, once too many were wrong."""
    if _counted(call, user, address) >= call.tenant.rules.wrong_password_limit:
        raise problems.too_many_attempts()


def count(user: User, address: str) -> None:
    """Note that a password was wrong."""
    wrong = user.own_exceptions.wrong_passwords
    wrong[address] = wrong.get(address, 0) + 1


def _counted(call: Call, user: User, address: str) -> int:
    rules = call.tenant.rules
    if not rules.wrong_passwords_counted_by_user:
        return sum(_from(each, address) for each in call.tenant.users.values())
    if not rules.wrong_passwords_counted_by_address:
        return 0 if user.exceptions is None else sum(user.exceptions.wrong_passwords.values())
    return _from(user, address)


def _from(user: User, address: str) -> int:
    return 0 if user.exceptions is None else user.exceptions.wrong_passwords.get(address, 0)
