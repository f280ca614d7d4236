"""Where users come from on a tenant that is no mock, and when they may be created at all."""

from __future__ import annotations

import pytest

from pytest_auth0_mfa.errors import SettingsError
from pytest_auth0_mfa.tenant.profile import Profile
from pytest_auth0_mfa.tenant.safety import source_of_users

CREDENTIALS = {"AUTH0_MANAGEMENT_CLIENT_ID": "m2m"}
SINGLE = {"AUTH0_USERNAME": "somebody"}
LISTED = (("somebody", "VARIABLE"),)


@pytest.mark.parametrize(
    ("profile", "variables", "allowed", "source"),
    [
        (Profile(), {}, False, "given"),
        (Profile(test_tenant=True), {}, False, "given"),
        (Profile(), {**CREDENTIALS, **SINGLE}, False, "given"),
        (Profile(users=LISTED), CREDENTIALS, False, "given"),
        (Profile(test_tenant=True, users=LISTED), {**CREDENTIALS, **SINGLE}, False, "management"),
        (Profile(users=LISTED), {**CREDENTIALS, **SINGLE}, True, "management"),
        (Profile(test_tenant=True, users_from="given"), CREDENTIALS, True, "given"),
        (Profile(users_from="given"), CREDENTIALS, False, "given"),
        (Profile(test_tenant=True, users_from="management"), CREDENTIALS, False, "management"),
    ],
)
def test_source(profile: Profile, variables: dict[str, str], allowed: bool, source: str) -> None:  # noqa: FBT001 - a parameter of the test
    """The Management API where it may be used, given users otherwise."""
    assert source == source_of_users(profile, variables, allow_production=allowed)


@pytest.mark.parametrize(
    ("profile", "variables", "told"),
    [
        (Profile(), CREDENTIALS, "set test_tenant = true in the profile, or pass"),
        (Profile(users_from="management", users=LISTED), CREDENTIALS, "test_tenant = true"),
        (Profile(test_tenant=True, users_from="management"), SINGLE, "needs credentials: set"),
    ],
)
def test_refused(profile: Profile, variables: dict[str, str], told: str) -> None:
    """What cannot be is told with the remedy."""
    with pytest.raises(SettingsError, match=told):
        source_of_users(profile, variables, allow_production=False)
