"""Blocks: of users after too many wrong passwords, and of network addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pytest_auth0_mfa.mock import wrong_passwords
from pytest_auth0_mfa.mock.management import refusals
from pytest_auth0_mfa.mock.management.calls import NO_CONTENT, endpoint
from pytest_auth0_mfa.mock.messages import Answer

if TYPE_CHECKING:
    from pytest_auth0_mfa.mock.management.calls import Call, Endpoints
    from pytest_auth0_mfa.mock.messages import Json
    from pytest_auth0_mfa.mock.model import User


def show(call: Call) -> Answer:
    """Tell from where the user of the path is blocked."""
    return _blocks(call, call.user)


def show_by_identifier(call: Call) -> Answer:
    """Tell from where the user of an address is blocked."""
    return _blocks(call, _named(call))


def lift(call: Call) -> Answer:
    """Unblock the user of the path."""
    wrong_passwords.unblock(call.user)
    return NO_CONTENT


def lift_by_identifier(call: Call) -> Answer:
    """Unblock the user of an address."""
    wrong_passwords.unblock(_named(call))
    return NO_CONTENT


def show_address(call: Call) -> Answer:
    """Tell by the status whether a network address is blocked."""
    if call.ids[0] not in call.tenant.settings.sign_in.blocked_addresses:
        raise refusals.not_served()
    return Answer(200, {})


def lift_address(call: Call) -> Answer:
    """Unblock a network address."""
    call.tenant.settings.sign_in.blocked_addresses.discard(call.ids[0])
    return NO_CONTENT


def _named(call: Call) -> User:
    identifier = call.query.text("identifier")
    if identifier is None:
        raise refusals.invalid_query("Missing required property: identifier", "identifier")
    user = call.tenant.user_by_email(identifier)
    if user is None:
        raise refusals.unknown_user()
    return user


def _blocks(call: Call, user: User) -> Answer:
    common: dict[str, Json] = {
        "identifier": user.email,
        "connection": call.tenant.settings.connection,
    }
    blocked = [{**common, "ip": each} for each in wrong_passwords.blocks(call.tenant, user)]
    return Answer(200, {"blocked_for": blocked})


ENDPOINTS: Final[Endpoints] = {
    "user-blocks": {
        "GET": endpoint(show_by_identifier, "read:users"),
        "DELETE": endpoint(lift_by_identifier, "update:users"),
    },
    "user-blocks/{}": {
        "GET": endpoint(show, "read:users"),
        "DELETE": endpoint(lift, "update:users"),
    },
    "anomaly/blocks/ips/{}": {
        "GET": endpoint(show_address, "read:anomaly_blocks"),
        "DELETE": endpoint(lift_address, "delete:anomaly_blocks"),
    },
}
