"""What the API tells of a user.

Owns the members of a user's document. Must not change a user.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_auth0_mfa.mock import dates, tokens

if TYPE_CHECKING:
    from pytest_auth0_mfa.mock.messages import Json
    from pytest_auth0_mfa.mock.model import User
    from pytest_auth0_mfa.mock.tenant import Tenant


def document(tenant: Tenant, user: User) -> dict[str, Json]:
    """Describe a user; what was never said is left out, as in recordings."""
    provider, _, identifier = user.user_id.partition("|")
    identity: dict[str, Json] = {
        "connection": tenant.settings.connection,
        "user_id": identifier,
        "provider": provider,
        "isSocial": False,
    }
    given = {} if user.record is None else user.record.attributes
    described: dict[str, Json] = {
        "created_at": dates.iso(user.created_at),
        **tokens.profile(user),
        "identities": [identity],
        "user_id": user.user_id,
        **given,
    }
    if user.is_blocked or "blocked" in given:
        described["blocked"] = user.is_blocked
    if user.active_factors:
        described["multifactor"] = ["guardian"]
    return described
