"""How far it is known that a code was used.

A tenant of several servers must know it everywhere at once. One in which the news travels takes a
used code again, over another connection, until it has arrived. Must not know what a code proves.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pytest_auth0_mfa.mock.calls import Call
    from pytest_auth0_mfa.mock.model import User


@dataclass(frozen=True, slots=True)
class Use:
    """The use of a code: over which connection, and when (epoch seconds, of its user)."""

    code: str
    connection: str
    at: float


def note(call: Call, user: User, code: str) -> None:
    """Remember that a code was used, where the news of it travels."""
    if call.tenant.rules.uses_travel_s > 0:
        user.latest_use = Use(code, call.request.connection, call.tenant.now(user))


def is_unknown(call: Call, user: User, code: str) -> bool:
    """Tell whether the code was used, and the news has not arrived where this call is made."""
    use = user.latest_use
    if use is None or use.code != code or use.connection == call.request.connection:
        return False
    return call.tenant.now(user) - use.at < call.tenant.rules.uses_travel_s
