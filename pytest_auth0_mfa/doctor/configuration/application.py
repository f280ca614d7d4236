"""The application of the tests: whether the tenant lets it do what they ask of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pytest_auth0_mfa.api import grants
from pytest_auth0_mfa.doctor.site import text, texts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_auth0_mfa.doctor.configuration.looks import Look
    from pytest_auth0_mfa.doctor.site import Site

_THIRD_PARTY: Final = "tpc_"


def lacks_mfa_grants(site: Site) -> str | None:
    """Whether a grant is missing that the factors need."""
    held = texts(site.application().get("grant_types"))
    missing = [each for each in needed_grants(site.needs.factors) if each not in held]
    return f"grant_types lacks {', '.join(missing)}" if missing else None


def needed_grants(factors: frozenset[str]) -> list[str]:
    """The grants of MFA that these factors need, in a fixed order."""
    delivered = factors - {"otp", "recovery-code"}
    wanted = (
        (grants.MFA_OTP, "otp" in factors),
        (grants.MFA_OOB, bool(delivered)),
        (grants.MFA_RECOVERY_CODE, "recovery-code" in factors),
    )
    return [grant for grant, is_needed in wanted if is_needed]


def lacks_password_grant(site: Site) -> str | None:
    """Whether the grant by which the tests log in is missing."""
    grant = grants.PASSWORD_REALM if site.needs.connection else grants.PASSWORD
    held = texts(site.application().get("grant_types"))
    return None if grant in held else f"grant_types lacks {grant}"


def is_legacy(site: Site) -> str | None:
    """Whether logins go through the legacy pipeline."""
    is_conformant = site.application().get("oidc_conformant")
    return None if is_conformant is True else f"oidc_conformant is {is_conformant!r}"


def has_other_method(site: Site) -> str | None:
    """Whether the application authenticates in another way than the tests do."""
    application, method = site.application(), site.needs.method
    wanted = text(application.get("token_endpoint_auth_method"))
    if wanted is None:
        signs = "private_key_jwt" in _methods(application)
        wanted = "private_key_jwt" if signs else method
    return None if wanted == method else f"it takes {wanted}, and the tests use {method}"


def _methods(application: Mapping[str, object]) -> Mapping[str, object]:
    methods = application.get("client_authentication_methods")
    return methods if isinstance(methods, dict) else {}


def is_third_party(site: Site) -> str | None:
    """Whether the application belongs to a third party."""
    application = site.application()
    if site.needs.client_id.startswith(_THIRD_PARTY):
        return f"the id of the application begins with {_THIRD_PARTY}"
    is_first = application.get("is_first_party")
    return "is_first_party is False" if is_first is False else None


def is_not_trusted_with_addresses(site: Site) -> str | None:
    """Whether the tenant takes no address of a user from the application; it needs a secret."""
    is_trusted = site.application().get("is_token_endpoint_ip_header_trusted")
    if site.needs.method == "none" or is_trusted is True:
        return None
    return "is_token_endpoint_ip_header_trusted is off; needed where your back end logs users in"


def requires_organization(site: Site) -> str | None:
    """Whether logins without an organization are refused."""
    usage = site.application().get("organization_usage")
    return "organization_usage is require" if usage == "require" else None


def gets_no_refresh_tokens(site: Site) -> str | None:
    """Whether the application may not use the grant of refresh tokens."""
    held = texts(site.application().get("grant_types"))
    return None if "refresh_token" in held else "grant_types lacks refresh_token"


LOOKS: Final[Mapping[str, Look]] = {
    "app.mfa-grants": lacks_mfa_grants,
    "app.password-grant": lacks_password_grant,
    "app.oidc": is_legacy,
    "app.auth-method": has_other_method,
    "app.first-party": is_third_party,
    "app.ip-header": is_not_trusted_with_addresses,
    "app.org": requires_organization,
    "app.refresh": gets_no_refresh_tokens,
}
