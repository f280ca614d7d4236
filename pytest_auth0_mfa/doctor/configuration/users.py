"""The database of the users, and the users themselves."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlencode

from pytest_auth0_mfa.doctor.check import Level
from pytest_auth0_mfa.doctor.configuration.looks import Weighed
from pytest_auth0_mfa.doctor.reading import as_record
from pytest_auth0_mfa.tenant.marks import QUERY, mark_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_auth0_mfa.doctor.configuration.looks import Look
    from pytest_auth0_mfa.doctor.site import Site

_PASSIVE: Final = {"auth0", "ad", "auth0-adldap", "email", "sms", "waad", "adfs"}
"""Kinds of connections that take a password without a browser, and those of one-time codes.
Source: https://auth0.com/docs/get-started/authentication-and-authorization-flow/resource-owner-password-flow"""

_STALE: Final = timedelta(hours=2)
_STRICT: Final = {"good", "excellent"}


def is_off(site: Site) -> str | None:
    """Whether the database is off for the application of the tests."""
    connection = site.connection()
    if connection is None:
        return None
    page = f"/connections/{quote(str(connection.get('id')), safe='')}/clients"
    enabled = [each.get("client_id") for each in site.reading.records(page, "clients")]
    return None if site.needs.client_id in enabled else f"{connection.get('name')} is off for it"


def is_no_database(site: Site) -> str | None:
    """Whether the realm that the tests name is missing, or takes no passwords."""
    if site.needs.connection is None:
        return None
    connection = site.connection()
    if connection is None:
        return f"there is no connection {site.needs.connection!r}"
    strategy = connection.get("strategy")
    return None if strategy in _PASSIVE else f"{connection.get('name')} is of the kind {strategy}"


def takes_no_passwords(site: Site) -> str | None:
    """Whether passwords are switched off."""
    methods = _options(site).get("authentication_methods")
    password = methods.get("password") if isinstance(methods, dict) else None
    is_disabled = isinstance(password, dict) and password.get("enabled") is False
    return "authentication_methods.password is off" if is_disabled else None


def wants_more(site: Site) -> str | Weighed | None:
    """Whether a new user needs more than an address and any password."""
    options = _options(site)
    if options.get("requires_username") is True:
        return "requires_username is on"
    policy = options.get("passwordPolicy")
    if policy in _STRICT and site.needs.users == ():
        return None
    told = f"passwordPolicy is {policy}: fixtures of your own need such passwords"
    return Weighed(told, Level.INFORMS) if policy in _STRICT else None


def is_unguarded(site: Site) -> str | None:
    """Whether wrong passwords block nobody there."""
    is_guarded = _options(site).get("brute_force_protection")
    return "brute_force_protection is off" if is_guarded is False else None


def is_elsewhere(site: Site) -> str | None:
    """Whether the users are in a database of one's own."""
    options = _options(site)
    named = [name for name in ("import_mode", "enabledDatabaseCustomization") if options.get(name)]
    return f"{', '.join(named)} on" if named else None


def has_leftovers(site: Site) -> str | None:
    """Whether users of runs are there that are long over."""
    query = urlencode({"q": QUERY, "search_engine": "v3", "per_page": 50})
    oldest = datetime.now(timezone.utc) - _STALE
    marks = [mark_of(each) for each in site.reading.records(f"/users?{query}", "users")]
    stale = [each for each in marks if each and each.created_at < oldest]
    return f"{len(stale)} users older than two hours" if stale else None


def has_blocked_users(site: Site) -> str | None:
    """Whether a given user is blocked, by an administrator or for wrong passwords."""
    blocked = [name for name in site.needs.users if _is_blocked(site, name)]
    return f"blocked: {', '.join(blocked)}" if blocked else None


def _is_blocked(site: Site, name: str) -> bool:
    users = site.reading.records(f"/users-by-email?{urlencode({'email': name})}")
    if any(user.get("blocked") is True for user in users):
        return True
    path = f"/user-blocks?{urlencode({'identifier': name})}"
    page = site.reading.page(path)
    return page is not None and bool(as_record(page, path).get("blocked_for"))


def _options(site: Site) -> Mapping[str, object]:
    """The options of the database, empty where there is no such database."""
    connection = site.connection()
    options = connection.get("options") if connection else None
    return options if isinstance(options, dict) else {}


LOOKS: Final[Mapping[str, Look]] = {
    "conn.enabled": is_off,
    "conn.realm": is_no_database,
    "conn.password-method": takes_no_passwords,
    "conn.username": wants_more,
    "conn.bruteforce": is_unguarded,
    "conn.import": is_elsewhere,
    "user.stale": has_leftovers,
    "user.blocked": has_blocked_users,
}
