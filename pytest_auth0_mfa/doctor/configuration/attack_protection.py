"""Attack protection, which cannot tell a test from an attack."""

from __future__ import annotations

from ipaddress import ip_address, ip_network
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from pytest_auth0_mfa.doctor.check import Level
from pytest_auth0_mfa.doctor.configuration.looks import Weighed
from pytest_auth0_mfa.doctor.finding import State
from pytest_auth0_mfa.doctor.reading import UnreadError
from pytest_auth0_mfa.doctor.site import texts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_auth0_mfa.doctor.configuration.looks import Look
    from pytest_auth0_mfa.doctor.site import Site

_ROOT: Final = "/attack-protection"
_PAGES: Final = ("brute-force-protection", "suspicious-ip-throttling", "bot-detection")
_USUAL_ATTEMPTS: Final = 10
_USUAL_LOGINS: Final = 100
_EVERYWHERE: Final = "count_per_identifier"
_RANGES: Final = ("ipv4_cidrs", "ipv6_cidrs", "connecting_ipv4_cidrs", "connecting_ipv6_cidrs")
_OF_LOGINS: Final = {"tenant", "authentication"}
"""The scopes of a list that logins are subject to.
Source: https://auth0.com/docs/api/management/v2/network-acls/post-network-acls"""

_ENOUGH: Final = 10
"""Requests a second with which provisioning is not slowed down: that of the smallest paid plan.
Source: https://auth0.com/docs/troubleshoot/customer-support/operational-policies/rate-limit-policy/rate-limit-configurations"""


def blocks_early(site: Site) -> str | None:
    """Whether few wrong passwords block a user, or wherever the user is."""
    page = site.reading.record(f"{_ROOT}/brute-force-protection")
    if not _blocks(page) or _excepts(page, site.needs.address):
        return None
    attempts, found = page.get("max_attempts"), []
    if isinstance(attempts, int) and attempts < _USUAL_ATTEMPTS:
        found.append(f"max_attempts is {attempts}")
    if page.get("mode") == _EVERYWHERE:
        found.append(f"mode is {_EVERYWHERE}: a block holds from everywhere")
    return ", ".join(found) or None


def throttles_early(site: Site) -> str | None:
    """Whether few failed logins block an address that is not excepted."""
    page = site.reading.record(f"{_ROOT}/suspicious-ip-throttling")
    if not _blocks(page) or _excepts(page, site.needs.address):
        return None
    stages = page.get("stage")
    login = stages.get("pre-login") if isinstance(stages, dict) else None
    attempts = login.get("max_attempts") if isinstance(login, dict) else None
    is_few = isinstance(attempts, int) and attempts < _USUAL_LOGINS
    return f"stage.pre-login.max_attempts is {attempts}" if is_few else None


def blocks_this_machine(site: Site) -> str | None:
    """Whether the address of this machine is blocked."""
    address = site.needs.address
    if address is None:
        raise UnreadError(State.UNREAD, "needs the address that the tenant sees this machine at")
    page = site.reading.page(f"/anomaly/blocks/ips/{quote(address, safe='')}")
    return None if page is None else f"{address} is blocked"


def challenges_passwords(site: Site) -> str | Weighed | None:
    """Whether a login by password may have to prove that it is no robot's."""
    page = site.reading.record(f"{_ROOT}/bot-detection")
    policy = page.get("challenge_password_policy")
    is_harmless = policy in {None, "never"} or page.get("monitoring_mode_enabled") is True
    if is_harmless or _excepts(page, site.needs.address):
        return None
    told = f"challenge_password_policy is {policy}"
    return Weighed(told, Level.WARNS) if policy == "when_risky" else told


def refuses_breached(site: Site) -> str | None:
    """Whether passwords that are known from breaches are refused."""
    page = site.reading.record(f"{_ROOT}/breached-password-detection")
    return "logins with such passwords are blocked" if _blocks(page) else None


def may_shut_out(site: Site) -> str | Weighed | None:
    """Whether a list blocks addresses; it warns where it is not known to be this machine's."""
    blocking = [
        each
        for each in site.reading.records("/network-acls", "network_acls")
        if each.get("active") is True and _is_block(each)
    ]
    if not blocking:
        return None
    named = ", ".join(str(each.get("description")) for each in blocking)
    if any(_matches(each, site.needs.address) for each in blocking):
        return f"{named} blocks {site.needs.address}"
    return Weighed(f"blocking: {named}", Level.WARNS)


def excepts_somebody(site: Site) -> str | None:
    """Whether addresses are excepted somewhere."""
    pages = {name: site.reading.record(f"{_ROOT}/{name}") for name in _PAGES}
    named = [name for name, page in pages.items() if page.get("allowlist")]
    return f"allowlist of {', '.join(named)}" if named else None


def answers_few(site: Site) -> str | None:
    """Whether the Management API takes few requests a second, by what its answers told."""
    site.settings()
    limit = site.reading.per_second
    return f"{limit} requests a second" if limit is not None and limit < _ENOUGH else None


def _blocks(page: Mapping[str, object]) -> bool:
    return page.get("enabled") is True and "block" in texts(page.get("shields"))


def _excepts(page: Mapping[str, object], address: str | None) -> bool:
    return any(_holds(each, address) for each in texts(page.get("allowlist")))


def _holds(network: str, address: str | None) -> bool:
    """Whether an address is that, or within that range."""
    try:
        return address is not None and ip_address(address) in ip_network(network, strict=False)
    except ValueError:
        return False


def _is_block(acl: Mapping[str, object]) -> bool:
    rule = _rule(acl)
    action = rule.get("action")
    blocks = isinstance(action, dict) and action.get("block") is True
    return blocks and rule.get("scope") in _OF_LOGINS


def _matches(acl: Mapping[str, object], address: str | None) -> bool:
    match = _rule(acl).get("match")
    ranges = match if isinstance(match, dict) else {}
    listed = [each for name in _RANGES for each in texts(ranges.get(name))]
    return any(_holds(each, address) for each in listed)


def _rule(acl: Mapping[str, object]) -> Mapping[str, object]:
    rule = acl.get("rule")
    return rule if isinstance(rule, dict) else {}


LOOKS: Final[Mapping[str, Look]] = {
    "ap.bruteforce": blocks_early,
    "ap.suspicious-ip": throttles_early,
    "ap.ip-blocked": blocks_this_machine,
    "ap.bot": challenges_passwords,
    "ap.breached": refuses_breached,
    "ap.network-acl": may_shut_out,
    "ap.allowlist-posture": excepts_somebody,
    "ap.rate": answers_few,
}
