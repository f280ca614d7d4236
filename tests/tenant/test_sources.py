"""What is built to give users: which client of the Management API, and which source."""

from __future__ import annotations

import pytest

from pytest_auth0_mfa.api.application import Application
from pytest_auth0_mfa.api.recorder import Recorder
from pytest_auth0_mfa.errors import SettingsError
from pytest_auth0_mfa.tenant.opening import Opening, open_for_sweep, open_tenant
from pytest_auth0_mfa.tenant.profile import Profile
from pytest_auth0_mfa.tenant.provisioning import ManagedUsers, RestoredUsers, new_password
from pytest_auth0_mfa.tenant.sources import management_client
from pytest_auth0_mfa.tenant.users import GivenUsers

CLIENT = {"AUTH0_CLIENT_ID": "an-application"}
MANAGEMENT = {"AUTH0_MANAGEMENT_CLIENT_ID": "m2m", "AUTH0_MANAGEMENT_CLIENT_SECRET": "planted"}


def opening(profile: Profile, variables: dict[str, str] = MANAGEMENT) -> Opening:
    """A tenant on a custom domain, with what a run was told."""
    variables = {**CLIENT, **variables}
    return Opening("https://login.acme.com", variables, may_be_mock=False, profile=profile)


@pytest.mark.parametrize(
    ("profile", "url"),
    [
        (Profile(), "https://login.acme.com"),
        (Profile(canonical_domain="acme.us.auth0.com"), "https://acme.us.auth0.com"),
    ],
)
def test_management_domain(profile: Profile, url: str) -> None:
    """The API of a tenant on a custom domain is at the tenant's own, and so is its audience."""
    application = Application("m2m")
    client = management_client(
        opening(profile),
        application,
        Recorder(),
        True,  # noqa: FBT003 - as `Transport` has it
        profile.canonical_domain,
        is_mock=False,
    )
    assert f"{url}/api/v2/" == client.token.audience


@pytest.mark.parametrize(
    ("profile", "variables", "source"),
    [
        (Profile(test_tenant=True), MANAGEMENT, ManagedUsers),
        (Profile(test_tenant=True, users_from="given"), MANAGEMENT, RestoredUsers),
        (Profile(users_from="given"), MANAGEMENT, GivenUsers),
        (Profile(test_tenant=True), {}, GivenUsers),
    ],
)
def test_source(profile: Profile, variables: dict[str, str], source: type) -> None:
    """Nothing is sent to find out."""
    assert source is type(open_tenant(opening(profile, variables), Recorder()).users)


def test_sweep_needs_a_test_tenant() -> None:
    """It is refused before anything is sent."""
    with pytest.raises(SettingsError, match=r"https://login.acme.com: nothing says that this is"):
        open_for_sweep(opening(Profile()), Recorder())


def test_passwords() -> None:
    """Each is another, has every kind of character and none three times in a row."""
    passwords = {new_password() for _ in range(500)}
    assert 500 == len(passwords)
    for password in passwords:
        kinds = (str.islower, str.isupper, str.isdigit, lambda each: each == "-")
        assert all(any(map(kind, password)) for kind in kinds)
        assert not any(each * 3 in password for each in set(password))
