"""Custom domains: which domain a tenant's own audiences name, whatever host name it is reached by.

Issuers follow the host name; the audiences of the MFA API and the Management API keep the
canonical domain, which a tenant tells nobody. Must not send anything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from pytest_auth0_mfa.errors import Prerequisite, SettingsError
from pytest_auth0_mfa.tenant.target import is_loopback

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_auth0_mfa.api.exchange import Answer

_CANONICAL_SUFFIX: Final = ".auth0.com"
_UNKNOWN_AUDIENCE: Final = {"invalid_request", "access_denied", "invalid_target"}
"""Errors by which servers refuse an audience that is not registered."""


def canonical_domain(described: Mapping[str, object] | None, of_profile: str | None) -> str | None:
    """The tenant's own domain: what a mock says of itself, on any other tenant the profile's."""
    told = of_profile if described is None else described.get("canonical_domain")
    return str(told) if told else None


def check_with_mock(of_profile: str | None, of_mock: str | None) -> None:
    """Raise `SettingsError` where the profile contradicts what a mock says of itself."""
    if of_profile is None or of_profile == of_mock:
        return
    told = f"has {of_mock}" if of_mock else "has no custom domain"
    raise SettingsError(
        f"canonical_domain of the profile is {of_profile}, but the mock there {told}: take it out "
        f"of the profile, or start the mock with --canonical-domain {of_profile}"
    )


def may_be_custom(url: str) -> bool:
    """Whether the tenant at `url` may have a canonical domain that cannot be seen there."""
    host = urlsplit(url).hostname or ""
    return not (host.endswith(_CANONICAL_SUFFIX) or is_loopback(host))


def raise_if_unknown(answer: Answer, audience: str) -> None:
    """Raise `Prerequisite` where a login at what may be a custom domain is refused its audience."""
    if answer.error in _UNKNOWN_AUDIENCE:
        raise Prerequisite(
            f"{answer.exchange}: refused for the audience {audience} ({answer.summary()}). If the "
            "tenant is reached under a custom domain, name its canonical one in the profile: "
            'canonical_domain = "acme.us.auth0.com"; if it has no other, name this one'
        )
