"""What a run is about to do about users, said in the header before anything is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_auth0_mfa.errors import SettingsError
from pytest_auth0_mfa.tenant.safety import has_credentials, may_change_users, source_of_users

if TYPE_CHECKING:
    from pytest_auth0_mfa.plugin.settings import Settings

_CREDENTIALS = "AUTH0_MANAGEMENT_CLIENT_ID"


def users(settings: Settings) -> list[str]:
    """A line on where users come from and what becomes of them; none for a mock's own."""
    if settings.target.kind == "mock":
        asked = settings.profile.users_from == "management"
        return (
            ["auth0-mfa: creates its users through the Management API (profile)"] if asked else []
        )
    unless = "unless it is a mock: " if settings.target.kind == "url" else ""
    return [f"auth0-mfa: {unless}{_intention(settings)}"]


def _intention(settings: Settings) -> str:
    try:
        source = source_of_users(
            settings.profile, settings.variables, allow_production=settings.allow_production
        )
    except SettingsError as error:
        return f"creates no user: {error}"
    if source == "management":
        return (
            f"creates and deletes users through the Management API ({_because(settings)}); each is "
            "marked with this run"
        )
    given = _given(settings)
    if not given:
        return "creates no user, and none is given"
    return f"enrolls and changes given users, each once: {given}{_afterwards(settings)}"


def _because(settings: Settings) -> str:
    origin = settings.variable_origins.get(_CREDENTIALS, "environment")
    allowed = "test_tenant in the profile"
    if not settings.profile.test_tenant:
        allowed = f"--auth0-allow-production ({settings.origins['auth0_allow_production']})"
    return f"{_CREDENTIALS} from {origin}, {allowed}"


def _given(settings: Settings) -> str:
    """Where users are given, empty where none is."""
    named = []
    if settings.variables.get("AUTH0_USERNAME"):
        named.append(f"AUTH0_USERNAME ({settings.variable_origins['AUTH0_USERNAME']})")
    if settings.profile.users:
        named.append(f"{len(settings.profile.users)} of the profile")
    return ", ".join(named)


def _afterwards(settings: Settings) -> str:
    permitted = may_change_users(settings.profile, allow_production=settings.allow_production)
    if permitted and has_credentials(settings.variables):
        return "; what it enrolled is removed at the end"
    return "; what it enrolled stays"
