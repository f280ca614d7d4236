"""Settings of the tenant as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pytest_auth0_mfa.doctor.check import Level
from pytest_auth0_mfa.doctor.configuration.looks import Weighed
from pytest_auth0_mfa.doctor.reading import LegacyPhoneError
from pytest_auth0_mfa.doctor.site import text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_auth0_mfa.doctor.configuration.looks import Look
    from pytest_auth0_mfa.doctor.site import Site

_DATABASE: Final = "auth0"


def has_no_directory(site: Site) -> str | Weighed | None:
    """Whether logins that name no realm lead nowhere; it informs where they name one."""
    directory = text(site.settings().get("default_directory"))
    if directory is None:
        told = "default_directory is not set"
    else:
        named = [each for each in site.connections() if each.get("name") == directory]
        if named and named[0].get("strategy") == _DATABASE:
            return None
        kind = f"is of the kind {named[0].get('strategy')}" if named else "does not exist"
        told = f"default_directory is {directory!r}, which {kind}"
    if site.needs.connection:
        return Weighed(f"{told}; the tests name a realm", Level.INFORMS)
    return told


def has_default_audience(site: Site) -> str | None:
    """Whether tokens are for an API that nobody asked for."""
    audience = text(site.settings().get("default_audience"))
    return f"default_audience is {audience}" if audience else None


def is_under_unknown_domain(site: Site) -> str | None:
    """Whether the tests use a custom domain and were not told the tenant's own."""
    domains = site.reading.records("/custom-domains")
    is_custom = any(each.get("domain") == site.needs.host for each in domains)
    if is_custom and site.needs.canonical_host is None:
        return f"{site.needs.host} is a custom domain, and the profile has no canonical_domain"
    return None


def has_unified_phones(site: Site) -> str | None:
    """Whether the older pages of phones are closed."""
    try:
        site.reading.page("/guardian/factors/phone/selected-provider")
    except LegacyPhoneError as error:
        return error.told
    return None


LOOKS: Final[Mapping[str, Look]] = {
    "tenant.default-directory": has_no_directory,
    "tenant.default-audience": has_default_audience,
    "tenant.domain": is_under_unknown_domain,
    "tenant.legacy-phone": has_unified_phones,
}
