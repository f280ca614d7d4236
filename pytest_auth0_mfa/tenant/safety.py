"""Whether a run may create and delete users where it is, and where its users come from then.

Nothing that a tenant says of itself tells a tenant for tests from one in production: the
environment tag of the dashboard is in no answer of its API. So whoever runs must say so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pytest_auth0_mfa.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_auth0_mfa.tenant.profile import Profile

Source = Literal["management", "given"]

REMEDY = (
    "nothing says that this is a tenant for tests, so no user is created or deleted there: set "
    "test_tenant = true in the profile, or pass --auth0-allow-production"
)


def has_credentials(variables: Mapping[str, str]) -> bool:
    """Whether there are credentials for the Management API."""
    return bool(variables.get("AUTH0_MANAGEMENT_CLIENT_ID"))


def may_change_users(profile: Profile, *, allow_production: bool) -> bool:
    """Whether users may be created and deleted on a tenant that is no mock."""
    return profile.test_tenant or allow_production


def source_of_users(
    profile: Profile, variables: Mapping[str, str], *, allow_production: bool
) -> Source:
    """Where the users of a run on a real tenant come from.

    The Management API where its credentials are there and users may be created, given ones
    otherwise. Raises `SettingsError` where what was asked for, or what there is, may not be used.
    """
    if profile.users_from == "given":
        return "given"
    if not has_credentials(variables):
        if profile.users_from == "management":
            raise SettingsError(
                'users = "management" in the profile needs credentials: set '
                "AUTH0_MANAGEMENT_CLIENT_ID and AUTH0_MANAGEMENT_CLIENT_SECRET"
            )
        return "given"
    if may_change_users(profile, allow_production=allow_production):
        return "management"
    are_given = profile.users or variables.get("AUTH0_USERNAME")
    if profile.users_from == "management" or not are_given:
        raise SettingsError(f"{REMEDY}; or give users (AUTH0_USERNAME, or [[user]] in the profile)")
    return "given"
