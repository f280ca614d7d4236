"""In whose name a run speaks to the tenant: applications, audience, connection."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from pytest_auth0_mfa.api.application import Application
from pytest_auth0_mfa.api.assertion import UnusableKeyError, generate_key, read_key
from pytest_auth0_mfa.errors import SettingsError
from pytest_auth0_mfa.tenant import domains

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pytest_auth0_mfa.api.secret import Secret
    from pytest_auth0_mfa.tenant.profile import KeyFile

    Learn = Callable[[str, str], Secret]

REQUIRED: Final = ("AUTH0_CLIENT_ID",)
VARIABLES: Final[Mapping[str, str]] = {
    "AUTH0_DOMAIN": "the domain of the tenant, which a bare `--auth0-tenant` means",
    "AUTH0_CLIENT_ID": "the application in whose name the tests log in",
    "AUTH0_CLIENT_SECRET": "its secret; leave it out for a public application",
    "AUTH0_AUDIENCE": "an API registered on the tenant, for which access tokens are asked",
    "AUTH0_CONNECTION": "the database connection of the users, where there is no default directory",
    "AUTH0_MANAGEMENT_CLIENT_ID": "a machine-to-machine application for the Management API",
    "AUTH0_MANAGEMENT_CLIENT_SECRET": "its secret",
    "AUTH0_USERNAME": "a user without authenticators, for whoever has no Management API",
    "AUTH0_PASSWORD": "the password of that user",
    "AUTH0_CA_FILE": "the certificate authority of a private certificate, a file in PEM form",
    "MAILSLURP_API_KEY": "the key of an account at MailSlurp, where codes are read",
    "MAILSLURP_URL": "another address of the API of MailSlurp",
}
"""Environment variables that say how to reach a tenant and the messages that it sends."""


@dataclass(frozen=True, slots=True)
class Access:
    """What a run may present to the tenant; None for what it has not been given.

    `audience` is an API registered on the tenant, `connection` the name of the database;
    `realm_needed` says that logins must name it, for want of a default directory.
    `private_key_application` gives the application that signs assertions, always the same one.
    `canonical_domain` is the one that the tenant's own audiences keep under a custom domain.
    """

    application: Application
    public_application: Application | None = None
    management_application: Application | None = None
    audience: str | None = None
    connection: str | None = None
    realm_needed: bool = False
    private_key_application: Callable[[], Application] | None = None
    canonical_domain: str | None = None


def access_from_mock(
    described: Mapping[str, object],
    learn: Learn,
    private_key_application: Callable[[], Application] | None = None,
) -> Access:
    """Read the access that a mock tenant offers in its description."""
    return Access(
        _confidential(described, learn),
        Application(str(described["public_client_id"]), None, "none"),
        management_application(described, {}, learn),
        str(described["audience"]),
        str(described["connection"]),
        private_key_application=private_key_application,
        canonical_domain=domains.canonical_domain(described, None),
    )


def access_from_variables(
    variables: Mapping[str, str],
    learn: Learn,
    public_client_id: str | None = None,
    private_key_application: Callable[[], Application] | None = None,
    canonical_domain: str | None = None,
) -> Access:
    """Read the access from environment variables; names all that are missing at once."""
    missing = [name for name in REQUIRED if not variables.get(name)]
    if missing:
        raise SettingsError(
            f"not set: {', '.join(missing)}. Set it in the environment or in .env, together with "
            "AUTH0_CLIENT_SECRET unless the application is a public one (dashboard: "
            "Applications > your application > Settings)"
        )
    return Access(
        _from_pair(variables, "AUTH0_CLIENT", learn),
        Application(public_client_id, None, "none") if public_client_id else None,
        management_application(None, variables, learn),
        variables.get("AUTH0_AUDIENCE") or None,
        variables.get("AUTH0_CONNECTION") or None,
        realm_needed=bool(variables.get("AUTH0_CONNECTION")),
        private_key_application=private_key_application,
        canonical_domain=canonical_domain,
    )


def management_application(
    described: Mapping[str, object] | None, variables: Mapping[str, str], learn: Learn
) -> Application | None:
    """The application that may use the Management API: a mock's, or that of the variables."""
    if described is not None:
        management = described.get("management")
        return _confidential(management, learn) if isinstance(management, dict) else None
    if not variables.get("AUTH0_MANAGEMENT_CLIENT_ID"):
        return None
    return _from_pair(variables, "AUTH0_MANAGEMENT_CLIENT", learn)


def application_of(
    key_file: KeyFile, audience: str, now: Callable[[], float] = time.time
) -> Application:
    """The application whose private key lies in a file; `audience` is the tenant's issuer.

    `now` gives the tenant's time in epoch seconds. Raises `SettingsError` where there is no usable
    key in the file.
    """
    where = f"private_key_file: {key_file.path}"
    try:
        key = read_key(key_file.path.read_bytes(), audience, key_file.algorithm)
    except OSError as error:
        raise SettingsError(f"{where} cannot be read ({error.strerror})") from None
    except UnusableKeyError as error:
        raise SettingsError(f"{where} cannot be used: {error}") from None
    return Application(key_file.client_id).with_key(replace(key, now=now))


def registered_application(
    audience: str, register: Callable[[str], str], now: Callable[[], float] = time.time
) -> Application:
    """An application with a new key, whose public half `register` tells a mock for an id.

    `now` gives the tenant's time in epoch seconds.
    """
    key = replace(generate_key(audience), now=now)
    return Application(register(key.public_pem)).with_key(key)


def _from_pair(variables: Mapping[str, str], prefix: str, learn: Learn) -> Application:
    client_secret = variables.get(f"{prefix}_SECRET")
    if not client_secret:
        return Application(variables[f"{prefix}_ID"], None, "none")
    return Application(variables[f"{prefix}_ID"], learn(client_secret, "client_secret"))


def _confidential(described: Mapping[str, object], learn: Learn) -> Application:
    client_secret = learn(str(described["client_secret"]), "client_secret")
    return Application(str(described["client_id"]), client_secret)
