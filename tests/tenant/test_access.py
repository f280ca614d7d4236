"""In whose name a run speaks: from a mock's description, or from variables."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from cryptography.hazmat.primitives import serialization

from pytest_auth0_mfa.api.assertion import generate_key
from pytest_auth0_mfa.api.secret import Secret
from pytest_auth0_mfa.errors import SettingsError
from pytest_auth0_mfa.tenant.access import (
    access_from_mock,
    access_from_variables,
    application_of,
    registered_application,
)
from pytest_auth0_mfa.tenant.profile import KeyFile

if TYPE_CHECKING:
    from pathlib import Path

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


class TestPrivateKey:
    """The application that signs assertions."""

    def test_of_a_mock(self) -> None:
        """A mock is told the public half of a new key, and names the client."""
        told: list[str] = []

        def register(public_key: str) -> str:
            told.append(public_key)
            return "registered"

        application = registered_application("http://127.0.0.1:1/", register)
        assert ("registered", "private_key_jwt") == (application.client_id, application.method)
        assert application.key is not None
        assert "http://127.0.0.1:1/" == application.key.audience
        assert [application.key.public_pem] == told

    def test_of_a_file(self, tmp_path: Path) -> None:
        """The key in a file signs for the tenant by the algorithm of the profile."""
        pem = generate_key("x").private.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.TraditionalOpenSSL,
            serialization.NoEncryption(),
        )
        path = tmp_path / "key.pem"
        path.write_bytes(pem)
        application = application_of(KeyFile("signing", path, "PS256"), "https://acme.example/")
        assert application.key is not None
        assert ("signing", "https://acme.example/", "PS256") == (
            application.client_id,
            application.key.audience,
            application.key.algorithm,
        )

    @pytest.mark.parametrize(
        ("text", "told"),
        [(None, r"cannot be read \(No such file"), ("x", "cannot be used: it is no private key")],
    )
    def test_of_an_unusable_file(self, tmp_path: Path, text: str | None, told: str) -> None:
        """The message names the setting, the file and what is wrong with it."""
        path = tmp_path / "key.pem"
        if text is not None:
            path.write_text(text)
        with pytest.raises(SettingsError, match=rf"private_key_file: .*key\.pem {told}"):
            application_of(KeyFile("signing", path, "RS256"), "https://acme.example/")
