"""Counting wrong passwords, so that nobody can guess one.

Owns the refusal of further logins. Ten wrong passwords of one user from one network address block
that user there, and nobody else:
https://auth0.com/docs/secure/attack-protection/brute-force-protection
A block lasts; what an unknown user is told is not on record and not counted. Must not know what
makes a password right.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_auth0_mfa.mock import login_problems
from pytest_auth0_mfa.mock.model import ClientAuthentication

if TYPE_CHECKING:
    from pytest_auth0_mfa.mock.calls import Call
    from pytest_auth0_mfa.mock.model import Client, User
    from pytest_auth0_mfa.mock.tenant import Tenant

# https://auth0.com/docs/api/authentication/resource-owner-password-flow/get-token
_FORWARDED = "auth0-forwarded-for"


def address_of(call: Call, client: Client) -> str:
    """Return where the user is; a client with a secret is trusted to say so for its users."""
    has_secret = client.authentication is not ClientAuthentication.NONE
    is_trusted = (
        has_secret and client.client_id not in call.tenant.settings.sign_in.distrusted_clients
    )
    forwarded = call.request.headers.get(_FORWARDED) if is_trusted else None
    return forwarded or call.request.address


def admit(call: Call, user: User, address: str) -> None:
    """Refuse any password, even the right one, once too many were wrong."""
    sign_in = call.tenant.settings.sign_in
    is_guarded = sign_in.is_connection_guarded and sign_in.brute_force.is_enabled
    if not is_guarded or address in sign_in.brute_force.allowed:
        return
    if _counted(call, user, address) >= limit(call.tenant):
        raise login_problems.too_many_attempts()


def limit(tenant: Tenant) -> int:
    """Return how many wrong passwords block a user."""
    configured = tenant.settings.sign_in.brute_force.max_attempts
    return tenant.rules.wrong_password_limit if configured is None else configured


def blocks(tenant: Tenant, user: User) -> list[str]:
    """Return the network addresses from which a user is blocked."""
    wrong = {} if user.exceptions is None else user.exceptions.wrong_passwords
    return [address for address, number in wrong.items() if number >= limit(tenant)]


def unblock(user: User) -> None:
    """Forget every wrong password of a user."""
    if user.exceptions is not None:
        user.exceptions.wrong_passwords.clear()


def count(user: User, address: str) -> None:
    """Note that a password was wrong."""
    wrong = user.own_exceptions.wrong_passwords
    wrong[address] = wrong.get(address, 0) + 1


def _counted(call: Call, user: User, address: str) -> int:
    rules = call.tenant.rules
    if not rules.wrong_passwords_counted_by_user:
        return sum(_from(each, address) for each in call.tenant.users.values())
    by_address = call.tenant.settings.sign_in.brute_force.counts_by_address
    if not (rules.wrong_passwords_counted_by_address and by_address):
        return 0 if user.exceptions is None else sum(user.exceptions.wrong_passwords.values())
    return _from(user, address)


def _from(user: User, address: str) -> int:
    return 0 if user.exceptions is None else user.exceptions.wrong_passwords.get(address, 0)
