"""Which endpoint answers which path and method.

Owns the table of all of them. Must not answer anything itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pytest_auth0_mfa.mock.management import (
    actions,
    attack_protection,
    authentication_methods,
    blocks,
    client_grants,
    clients,
    connections,
    delivery,
    email_settings,
    enrollments,
    factors,
    lists,
    network_acls,
    phone_providers,
    resource_servers,
    tenant_settings,
    user_lists,
    users,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_auth0_mfa.mock.management.calls import Endpoint, Endpoints

ID: Final = "{}"
"""What stands for an id in the path of an endpoint."""

_MODULES: Final = (
    *(user_lists, users, authentication_methods, enrollments, blocks),
    *(factors, delivery, phone_providers, email_settings),
    *(clients, client_grants, resource_servers, connections, tenant_settings),
    *(attack_protection, network_acls, actions, lists),
)
ENDPOINTS: Final[Endpoints] = {
    path: methods for module in _MODULES for path, methods in module.ENDPOINTS.items()
}
"""Every endpoint, by path and method."""


@dataclass(frozen=True, slots=True)
class Found:
    """An endpoint, and the ids in the path by which it was found."""

    endpoint: Endpoint
    ids: tuple[str, ...] = ()


def find(path: str, method: str) -> Found | None:
    """Return what answers a decoded path and a method, None where nothing does."""
    segments = path.split("/")
    for pattern, methods in _BY_LENGTH.get(len(segments), ()):
        pairs = zip(pattern, segments, strict=True)
        if all(part == each or (part == ID and each) for part, each in pairs):
            ids = tuple(each for part, each in zip(pattern, segments, strict=True) if part == ID)
            return Found(methods[method], ids) if method in methods else None
    return None


def _by_length() -> dict[int, list[tuple[list[str], Mapping[str, Endpoint]]]]:
    """Group the paths by their length; those with the fewest ids come first."""
    grouped: dict[int, list[tuple[list[str], Mapping[str, Endpoint]]]] = {}
    for path, methods in sorted(ENDPOINTS.items(), key=lambda item: item[0].count(ID)):
        segments = path.split("/")
        grouped.setdefault(len(segments), []).append((segments, methods))
    return grouped


_BY_LENGTH: Final = _by_length()
