"""E-mail and push: who delivers, and to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from pytest_auth0_mfa.doctor.check import Level
from pytest_auth0_mfa.doctor.configuration.looks import Weighed
from pytest_auth0_mfa.doctor.reading import as_record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_auth0_mfa.doctor.configuration.looks import Look
    from pytest_auth0_mfa.doctor.site import Site

_EMAIL: Final = "/emails/provider"
_TEMPLATE: Final = "/email-templates/mfa_oob_code"
_PUSH: Final = "/guardian/factors/push-notification"
_SNS: Final = ("aws_access_key_id", "aws_region")


def lacks_email_provider(site: Site) -> str | Weighed | None:
    """Whether e-mail goes by nobody, or by the provider that Auth0 has for trials."""
    page = site.reading.page(_EMAIL)
    if page is None:
        return Weighed("no provider is configured: Auth0's test provider sends", Level.WARNS)
    return "the provider is disabled" if as_record(page, _EMAIL).get("enabled") is False else None


def has_disabled_template(site: Site) -> str | None:
    """Whether the template of codes is off; one that nobody customized is not there, and works."""
    page = site.reading.page(_TEMPLATE)
    if page is None:
        return None
    is_off = as_record(page, _TEMPLATE).get("enabled") is False
    return "the template mfa_oob_code is disabled" if is_off else None


def has_unverified_users(site: Site) -> str | None:
    """Whether a given user has an address that is not verified."""
    unverified = [
        name
        for name in site.needs.users
        for user in site.reading.records(f"/users-by-email?{urlencode({'email': name})}")
        if user.get("email_verified") is not True
    ]
    return f"not verified: {', '.join(unverified)}" if unverified else None


def cannot_push(site: Site) -> str | None:
    """Whether prompts go another way than the device of the tests hears of."""
    provider = site.reading.record(f"{_PUSH}/selected-provider").get("provider")
    if provider == "sns":
        sns = site.reading.record(f"{_PUSH}/providers/sns")
        missing = [name for name in _SNS if not sns.get(name)]
        return f"the provider is sns, without {', '.join(missing)}" if missing else None
    if provider == "direct":
        apns = site.reading.record(f"{_PUSH}/providers/apns")
        told = "the provider is direct, and Apple's is not configured; Google's cannot be read"
        return None if apns.get("enabled") is True or site.needs.has_device else told
    told = "the provider is guardian, which reaches Auth0's own app alone, and [push] wants another"
    return told if site.needs.has_device else None


def uses_sandbox(site: Site) -> str | None:
    """Whether Apple's sandbox is used where the tenant sends by itself."""
    if site.reading.record(f"{_PUSH}/selected-provider").get("provider") != "direct":
        return None
    apns = site.reading.record(f"{_PUSH}/providers/apns")
    return "apns.sandbox is on" if apns.get("sandbox") is True else None


LOOKS: Final[Mapping[str, Look]] = {
    "email.provider": lacks_email_provider,
    "email.template": has_disabled_template,
    "email.verified": has_unverified_users,
    "push.provider": cannot_push,
    "push.apns-sandbox": uses_sandbox,
}
