"""What a test costs, found by its requirement or by the fixtures that it requests.

Owns the circumstances of a run on which that depends.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from pytest_auth0_mfa.factors.kinds import DELIVERED
from pytest_auth0_mfa.plugin import selection
from pytest_auth0_mfa.tenant.estimates import estimate
from pytest_auth0_mfa.tenant.safety import has_credentials, may_change_users

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pytest

    from pytest_auth0_mfa.plugin.settings import Settings
    from pytest_auth0_mfa.tenant.estimates import Circumstances

_COSTLY_FIXTURES: Final = {
    "auth0_user": False,
    "mfa_login": False,
    "mfa_token": False,
    "mfa_enrollment": True,
    "enrolled_authenticator": True,
}
"""Fixtures that take a user, and whether they have something sent."""

_MANAGED_CALLS: Final = 2
"""A user is created and deleted by one call each."""

_RESTORED_CALLS: Final = 4
"""A given user is looked for, its methods are listed twice, and one of them is deleted."""


def by_key(items: Iterable[pytest.Item]) -> dict[tuple[str, str], pytest.Item]:
    """The tests by what is measured: a requirement, or a test of the user's own, and the factor.

    What a requirement spends is that of all its tests; the first stands for them.
    """
    found: dict[tuple[str, str], pytest.Item] = {}
    for item in items:
        found.setdefault(key_of(item), item)
    return found


def key_of(item: pytest.Item) -> tuple[str, str]:
    """The requirement that a test judges, or its node id, and the factor."""
    requirement = selection.requirement_of(item)
    if requirement is None:
        return item.nodeid, marked_factor(item)
    return requirement.id, selection.factor_of(item)


def estimate_of(config: pytest.Config, item: pytest.Item, settings: Settings) -> Counter[str]:
    """What one test will spend at most; nothing where its factor is not offered."""
    if item.stash.get(selection.UNOFFERED, False):
        return Counter()
    requirement = selection.requirement_of(item)
    if requirement is None:
        spent = _by_fixtures(item)
    else:
        spent = estimate(requirement.id, selection.factor_of(item), circumstances(settings))
    for channel in DELIVERED:
        if channel not in received_by(config, settings):
            del spent[channel]
    spent["management"] = spent["users"] * calls_per_user(settings)
    return +spent


def is_real(settings: Settings) -> bool:
    """Whether the tenant is one of Auth0's; behind a URL there may be a mock."""
    return settings.target.kind == "domain"


def circumstances(settings: Settings) -> Circumstances:
    """Under which circumstances tests will run; a URL is taken for a mock, where all of them do."""
    if not is_real(settings):
        return "mock"
    return "use-up-tries" if settings.profile.use_up_tries else "real"


def _by_fixtures(item: pytest.Item) -> Counter[str]:
    """What the fixtures of a user's own test spend."""
    used = [name for name in getattr(item, "fixturenames", ()) if name in _COSTLY_FIXTURES]
    if not used:
        return Counter()
    factor = marked_factor(item)
    sent = factor in DELIVERED and any(_COSTLY_FIXTURES[name] for name in used)
    return Counter({"users": 1, factor: 1} if sent else {"users": 1})


def marked_factor(item: pytest.Item) -> str:
    """The factor that a user's own test names by its marker."""
    marker = item.get_closest_marker("mfa_factor")
    return str(marker.args[0]) if marker and marker.args else selection.NO_FACTOR


def received_by(config: pytest.Config, settings: Settings) -> tuple[str, ...]:
    """The channels whose messages can be read; a test sends nothing by any other."""
    if not is_real(settings) or config.hook.pytest_auth0_inbox.get_hookimpls():
        return DELIVERED
    return ("sms", "email") if settings.variables.get("MAILSLURP_API_KEY") else ()


def cost_of_user(settings: Settings) -> Counter[str]:
    """What it takes to have a user."""
    return +Counter({"users": 1, "management": calls_per_user(settings)})


def calls_per_user(settings: Settings) -> int:
    """How often the Management API is called for a user."""
    profile = settings.profile
    if not is_real(settings):
        return _MANAGED_CALLS if profile.users_from == "management" else 0
    permitted = may_change_users(profile, allow_production=settings.allow_production)
    if not (permitted and has_credentials(settings.variables)):
        return 0
    return _RESTORED_CALLS if profile.users_from == "given" else _MANAGED_CALLS
