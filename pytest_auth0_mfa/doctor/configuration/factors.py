"""Factors and policies: whether a second factor is asked for, and which."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pytest_auth0_mfa.doctor.check import Level
from pytest_auth0_mfa.doctor.configuration.actions import enables_mfa
from pytest_auth0_mfa.doctor.configuration.looks import Weighed
from pytest_auth0_mfa.doctor.reading import odd
from pytest_auth0_mfa.doctor.site import texts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_auth0_mfa.doctor.configuration.looks import Look
    from pytest_auth0_mfa.doctor.site import Site

_PAGE: Final = "/guardian/factors"
_POLICIES: Final = "/guardian/policies"
_NAMES: Final = {"sms": "sms", "voice": "sms", "push": "push-notification"}
"""What the tenant calls a factor of the MFA API, where that is another name."""

_INDEPENDENT: Final = {"sms", "push-notification", "otp", "duo", "webauthn-roaming"}
_DRIVEN: Final = {"sms", "push-notification", "otp", "email", "recovery-code"}
_RECOVERY: Final = "recovery-code"


def lacks_factors(site: Site) -> str | None:
    """Whether a factor that must work is off, or its trial over; not told for recovery codes."""
    is_on, is_over = _enabled(site), _expired(site)
    needed = sorted(site.needs.factors - {_RECOVERY})
    off = [each for each in needed if _NAMES.get(each, each) not in is_on]
    over = [each for each in needed if _NAMES.get(each, each) in is_over and each not in off]
    parts = [f"off: {', '.join(off)}"] * bool(off) + [f"trial over: {', '.join(over)}"] * bool(over)
    return "; ".join(parts) or None


def has_further_factors(site: Site) -> str | None:
    """Whether a factor is on that the tests leave out."""
    known = {_NAMES.get(each, each) for each in site.needs.factors}
    further = sorted(_enabled(site) - known - {_RECOVERY})
    return f"on: {', '.join(further)}" if further else None


def asks_nobody(site: Site) -> str | None:
    """Whether neither a policy nor an Action asks for a second factor."""
    if _policies(site) or enables_mfa(site):
        return None
    return f"{_POLICIES} is empty, and no Action at the login enables MFA"


def asks_by_risk(site: Site) -> str | None:
    """Whether the risk of a login decides."""
    policies = _policies(site)
    return "the policy is confidence-score" if policies == ["confidence-score"] else None


def asks_for_nothing(site: Site) -> str | None:
    """Whether a second factor is asked for, and none is on."""
    return "a policy is set, and no factor is on" if _policies(site) and not _alone(site) else None


def lacks_independent(site: Site) -> str | None:
    """Whether only factors are on that need another one."""
    is_on = _alone(site)
    return f"on alone: {', '.join(sorted(is_on))}" if is_on and not is_on & _INDEPENDENT else None


def lacks_recovery(site: Site) -> str | Weighed | None:
    """Whether recovery codes are off; it blocks where the tests need them."""
    if _RECOVERY in _enabled(site):
        return None
    level = Level.BLOCKS if _RECOVERY in site.needs.factors else Level.INFORMS
    return Weighed("off: recovery-code", level)


def has_undriven_only(site: Site) -> str | None:
    """Whether no factor is on that the MFA API drives."""
    is_on = _alone(site)
    return f"on: {', '.join(sorted(is_on))}" if is_on and not is_on & _DRIVEN else None


def _alone(site: Site) -> set[str]:
    """The factors that are on, without recovery codes, which come with others."""
    return _enabled(site) - {_RECOVERY}


def _enabled(site: Site) -> set[str]:
    return _names(site, "enabled")


def _expired(site: Site) -> set[str]:
    return _names(site, "trial_expired")


def _names(site: Site, flag: str) -> set[str]:
    """The names of the factors for which a flag is set."""
    factors = site.reading.records(_PAGE)
    if not all(isinstance(each.get("name"), str) for each in factors):
        raise odd(_PAGE)
    return {str(each["name"]) for each in factors if each.get(flag) is True}


def _policies(site: Site) -> list[str]:
    page = site.reading.page(_POLICIES)
    if not isinstance(page, list):
        raise odd(_POLICIES)
    return texts(page)


LOOKS: Final[Mapping[str, Look]] = {
    "mfa.factor-enabled": lacks_factors,
    "mfa.factor-unexpected": has_further_factors,
    "mfa.policy": asks_nobody,
    "mfa.policy-adaptive": asks_by_risk,
    "mfa.policy-no-factor": asks_for_nothing,
    "mfa.independent": lacks_independent,
    "mfa.recovery": lacks_recovery,
    "mfa.webauthn-duo": has_undriven_only,
}
