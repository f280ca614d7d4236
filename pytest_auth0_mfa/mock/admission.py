"""What keeps a login from being looked at, whatever the password.

Owns the effect of settings on logins: connections, organizations, blocked addresses, suspected
bots, and who asks for the second factor. Must not know users.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_auth0_mfa.mock import login_problems

if TYPE_CHECKING:
    from pytest_auth0_mfa.mock.calls import Call
    from pytest_auth0_mfa.mock.model import Client


def admit(call: Call, client: Client, realm: str | None, address: str) -> None:
    """Refuse a login of `client` from a network address where the settings are against it."""
    settings = call.tenant.settings
    sign_in = settings.sign_in
    if realm is None and sign_in.default_directory != settings.connection:
        raise login_problems.no_default_connection()
    if client.client_id in sign_in.disabled_clients:
        raise login_problems.connection_disabled()
    if client.client_id in sign_in.organization_clients and not call.optional("organization"):
        raise login_problems.organization_required()
    if address in sign_in.blocked_addresses:
        raise login_problems.blocked_address()
    if sign_in.are_bots_suspected and address not in sign_in.trusted_addresses:
        raise login_problems.suspicious_request()


def check_who_asks(call: Call) -> None:
    """Refuse a login whose second factor is left to an Action, which this API cannot serve."""
    sign_in = call.tenant.settings.sign_in
    if sign_in.is_mfa_left_to_action or sign_in.is_mfa_in_action:
        raise login_problems.mfa_left_to_action()
