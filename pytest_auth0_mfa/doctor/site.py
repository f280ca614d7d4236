"""What the doctor is asked about: an application of a tenant, and what is to work there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_auth0_mfa.doctor.reading import Reading


@dataclass(frozen=True, slots=True)
class Needs:
    """What a run needs of a tenant.

    `factors` are those that must work; `method` is how the application authenticates; `connection`
    is the realm that logins name, None where they leave it to the default directory. `url` is
    where the tests reach the tenant, `canonical_host` the tenant's own, None where nobody said.
    `users` are the given ones, by name. `address` is that of this machine as the tenant sees it,
    None where that is not known. `has_device` tells that push notifications are received.
    """

    client_id: str
    method: str
    factors: frozenset[str]
    connection: str | None
    url: str
    canonical_host: str | None = None
    users: tuple[str, ...] = ()
    address: str | None = None
    has_device: bool = False

    @property
    def host(self) -> str:
        """The name of the host at which the tests reach the tenant."""
        return urlsplit(self.url).hostname or ""


@dataclass(frozen=True, slots=True)
class Site:
    """A tenant as its Management API tells of it, and what is needed there."""

    reading: Reading
    needs: Needs

    def application(self) -> Mapping[str, object]:
        """The application of the tests; raises `UnreadError`."""
        return self.reading.record(f"/clients/{self.needs.client_id}")

    def settings(self) -> Mapping[str, object]:
        """The settings of the tenant; raises `UnreadError`."""
        return self.reading.record("/tenants/settings")

    def connections(self) -> list[Mapping[str, object]]:
        """The databases and other connections; raises `UnreadError`."""
        return self.reading.records("/connections?per_page=100", "connections")

    def realm(self) -> str | None:
        """The name of the database that logins go to, None where there is none."""
        return self.needs.connection or text(self.settings().get("default_directory"))

    def connection(self) -> Mapping[str, object] | None:
        """The database that logins go to, None where there is none of that name."""
        realm = self.realm()
        return next((each for each in self.connections() if each.get("name") == realm), None)


def text(value: object) -> str | None:
    """A text that is not empty, None for anything else."""
    return value if isinstance(value, str) and value else None


def texts(value: object) -> list[str]:
    """The texts of a list, none for anything else."""
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []
