"""In whose name a run speaks: from a mock's description, or from variables."""

from __future__ import annotations

import pytest

from pytest_auth0_mfa.api.secret import Secret
from pytest_auth0_mfa.errors import SettingsError
from pytest_auth0_mfa.tenant.access import access_from_mock, access_from_variables

PAIR = {"AUTH0_CLIENT_ID": "an-application", "AUTH0_CLIENT_SECRET": "planted"}


def test_of_a_mock() -> None:
    """A mock describes all three applications, its API and its database."""
    access = access_from_mock(
        {
            "client_id": "confidential",
            "client_secret": "planted",
            "public_client_id": "public",
            "management": {"client_id": "machine", "client_secret": "planted too"},
            "audience": "https://api.example",
            "connection": "Username-Password-Authentication",
        },
        Secret,
    )
    assert ("confidential", "planted") == (
        access.application.client_id,
        access.application.client_secret,
    )
    assert access.public_application is not None
    assert ("public", "none") == (
        access.public_application.client_id,
        access.public_application.method,
    )
    assert access.management_application is not None
    assert "machine" == access.management_application.client_id
    assert ("https://api.example", "Username-Password-Authentication") == (
        access.audience,
        access.connection,
    )


def test_of_variables() -> None:
    """What is not set is None; the secret is wrapped."""
    access = access_from_variables(PAIR, Secret)
    assert "<client_secret>" == repr(access.application.client_secret)
    assert (None, None, None, None) == (
        access.public_application,
        access.management_application,
        access.audience,
        access.connection,
    )


def test_of_all_variables() -> None:
    """Each variable has its place."""
    variables = {
        **PAIR,
        "AUTH0_MANAGEMENT_CLIENT_ID": "machine",
        "AUTH0_MANAGEMENT_CLIENT_SECRET": "planted too",
        "AUTH0_AUDIENCE": "https://api.example",
        "AUTH0_CONNECTION": "people",
    }
    access = access_from_variables(variables, Secret, "public")
    assert access.management_application is not None
    assert access.public_application is not None
    assert ("machine", "public", "https://api.example", "people") == (
        access.management_application.client_id,
        access.public_application.client_id,
        access.audience,
        access.connection,
    )


def test_public_application() -> None:
    """An application without a secret identifies itself by its id alone."""
    access = access_from_variables({"AUTH0_CLIENT_ID": "spa"}, Secret)
    assert ("none", {"client_id": "spa"}) == (
        access.application.method,
        access.application.in_body(),
    )


@pytest.mark.parametrize("variables", [{}, {"AUTH0_CLIENT_ID": ""}])
def test_missing(variables: dict[str, str]) -> None:
    """What is missing is named together, with the place where it is found."""
    with pytest.raises(SettingsError) as raised:
        access_from_variables(variables, Secret)
    for word in ("AUTH0_CLIENT_ID", "AUTH0_CLIENT_SECRET", ".env", "Applications"):
        assert word in str(raised.value)
