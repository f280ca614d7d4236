"""The configuration of a tenant as a baseline keeps it: what matters to MFA, and nothing volatile.

Ids, times, secrets, texts and addresses are left out; of code there is a digest, so that a change
shows.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from pytest_auth0_mfa.doctor.check import Level
from pytest_auth0_mfa.doctor.configuration import look_at
from pytest_auth0_mfa.doctor.finding import State
from pytest_auth0_mfa.doctor.reading import UnreadError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pytest_auth0_mfa.doctor.site import Site

NOT_READ: Final = "not read"

_MEMBERS: Final[Mapping[str, tuple[str, ...]]] = {
    "/tenants/settings": (
        *("default_directory", "default_audience", "customize_mfa_in_postlogin_action", "flags"),
    ),
    "/guardian/factors/phone/message-types": ("message_types",),
    "/guardian/factors/phone/selected-provider": ("provider",),
    "/guardian/factors/phone/settings": ("otp_length", "otp_expiration_time"),
    "/guardian/factors/push-notification/selected-provider": ("provider",),
    "/emails/provider": ("name", "enabled"),
    "/email-templates/mfa_oob_code": ("enabled",),
    "/attack-protection/brute-force-protection": (
        *("enabled", "shields", "mode", "max_attempts", "allowlist"),
    ),
    "/attack-protection/suspicious-ip-throttling": ("enabled", "shields", "stage", "allowlist"),
    "/attack-protection/breached-password-detection": ("enabled", "shields"),
    "/attack-protection/bot-detection": (
        *("challenge_password_policy", "monitoring_mode_enabled", "allowlist"),
    ),
}
"""What is kept of pages that are one object."""

_OF_APPLICATION: Final = (
    *("app_type", "grant_types", "oidc_conformant", "is_first_party", "organization_usage"),
    *("token_endpoint_auth_method", "is_token_endpoint_ip_header_trusted"),
)
_OF_CONNECTION: Final = (
    *("passwordPolicy", "brute_force_protection", "requires_username", "disable_signup"),
    *("import_mode", "enabledDatabaseCustomization", "authentication_methods"),
)


def configuration_of(site: Site) -> dict[str, Any]:
    """The pages, and what the doctor finds in them: `pages`, `found` (check -> level)."""
    pages = {
        "application": _kept(lambda: _some(site.application(), _OF_APPLICATION)),
        "connection": _kept(lambda: _connection(site)),
        "actions": _kept(lambda: _actions(site)),
        "/guardian/factors": _kept(lambda: _factors(site)),
        "/guardian/policies": _kept(lambda: _ordered(site.reading.page("/guardian/policies"))),
    }
    for path, names in _MEMBERS.items():
        pages[path] = _kept(lambda path=path, names=names: _page(site, path, names))
    found = {
        each.id: each.weight.value
        for each in look_at(site)
        if each.state is State.FOUND and each.weight is not Level.INFORMS
    }
    return {"pages": dict(sorted(pages.items())), "found": dict(sorted(found.items()))}


def _kept(read: Any) -> Any:  # noqa: ANN401 - JSON
    """What `read` gives, or why it could not be read."""
    try:
        return read()
    except UnreadError as error:
        return {NOT_READ: error.told}


def _page(site: Site, path: str, names: tuple[str, ...]) -> Any:  # noqa: ANN401 - JSON
    page = site.reading.page(path)
    return None if page is None else _some(site.reading.record(path), names)


def _some(page: Mapping[str, object], names: Iterable[str]) -> dict[str, Any]:
    """The members of these names, their lists sorted; of addresses only how many there are."""
    return {
        name: len(value) if name == "allowlist" and isinstance(value, list) else _ordered(value)
        for name, value in sorted(page.items())
        if name in set(names)
    }


def _ordered(value: object) -> Any:  # noqa: ANN401 - JSON
    """The same, with what is a set in some order put into one."""
    if isinstance(value, dict):
        return {name: _ordered(each) for name, each in sorted(value.items())}
    if isinstance(value, list):
        return sorted((_ordered(each) for each in value), key=str)
    return value


def _factors(site: Site) -> dict[str, bool]:
    listed = site.reading.records("/guardian/factors")
    pairs = ((str(each.get("name")), each.get("enabled") is True) for each in listed)
    return dict(sorted(pairs))


def _connection(site: Site) -> Any:  # noqa: ANN401 - JSON
    connection = site.connection()
    if connection is None:
        return None
    options = connection.get("options")
    kept = _some(options, _OF_CONNECTION) if isinstance(options, dict) else {}
    return {"name": connection.get("name"), "strategy": connection.get("strategy"), **kept}


def _actions(site: Site) -> list[dict[str, str]]:
    """The Actions at the login in their order, with digests of their code."""
    bindings = site.reading.records("/actions/triggers/post-login/bindings", "bindings")
    return [
        {"name": str(each.get("display_name")), "code": _digest(each.get("action"))}
        for each in bindings
    ]


def _digest(action: object) -> str:
    code = action.get("code") if isinstance(action, dict) else None
    return sha256(str(code).encode()).hexdigest()[:16]
