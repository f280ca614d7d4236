"""What the chosen tests will spend, put together before the first request.

Owns how a test is found to cost something: by its requirement, or by the fixtures that it
requests.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Final

from pytest_auth0_mfa.factors.kinds import DELIVERED
from pytest_auth0_mfa.plugin import selection
from pytest_auth0_mfa.tenant.budget import Budget, Plan, known_limits
from pytest_auth0_mfa.tenant.estimates import estimate
from pytest_auth0_mfa.tenant.safety import has_credentials, may_change_users

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import pytest

    from pytest_auth0_mfa.plugin.settings import Settings
    from pytest_auth0_mfa.tenant.estimates import Circumstances

_EXPLORATION: Final = "exploration"
"""The row of an exploration among those of factors."""

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


SHORTENING_CALLS: Final = 5_000
"""Calls of an exploration for shortening a sequence on a mock; elsewhere it has only its own."""


def plan(config: pytest.Config, items: Iterable[pytest.Item], settings: Settings) -> Plan:
    """What these tests will spend at most, and an exploration of what they leave."""
    by_factor: dict[str, Counter[str]] = {}
    seen: set[tuple[str, str]] = set()
    tests = calls = 0
    for item in items:
        if selection.explores(item) and settings.explore:
            calls = settings.explore.steps
            continue
        tests += 1
        requirement = selection.requirement_of(item)
        factor = selection.factor_of(item) if requirement else _marked_factor(item)
        key = (requirement.id if requirement else item.nodeid, factor)
        if key not in seen:
            seen.add(key)
            spent = estimate_of(config, item, settings)
            by_factor[key[1]] = by_factor.get(key[1], Counter()) + spent
    if calls:
        needs = Plan(by_factor, tests).needs
        by_factor[_EXPLORATION] = _most_explored(config, settings, calls, needs)
    return Plan(by_factor, tests, calls)


def _most_explored(
    config: pytest.Config, settings: Settings, calls: int, needs: Counter[str]
) -> Counter[str]:
    """What an exploration of so many calls may spend where others have these needs.

    No call has more than one message sent, and each sequence has two users and a call.
    """
    calls += 0 if is_real(settings) else SHORTENING_CALLS
    factors = {*settings.factors} & {*settings.profile.factors}
    sent = {*_received(config, settings), "push"} & factors
    most = Counter(dict.fromkeys((*sent, "wrong_codes"), calls))
    users = _given_users(settings)
    most["users"] = 2 * (calls + 1) if users is None else users
    most["management"] = most["users"] * _calls_per_user(settings)
    for kind, limit in limits(settings).limits.items():
        most[kind] = min(most[kind], max(limit - needs[kind], 0))
    return +most


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
        if channel not in _received(config, settings):
            del spent[channel]
    spent["management"] = spent["users"] * _calls_per_user(settings)
    return +spent


def write(made: Plan, folder: Path, worker: str, *, judges: bool) -> None:
    """Leave the plan of a worker to the controller; `judges` tells whether requirements are."""
    plan_ = {"by_factor": made.by_factor, "tests": made.tests, "calls": made.calls}
    document = {**plan_, "judges": judges}
    if folder.is_dir():
        folder.joinpath(f"plan-{worker}.json").write_text(json.dumps(document), encoding="utf-8")


def read(folder: Path, worker: str) -> tuple[Plan, bool]:
    """The plan that a worker left, and whether requirements are judged.

    One on another machine leaves none; it may judge some all the same.
    """
    try:
        written = json.loads(folder.joinpath(f"plan-{worker}.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Plan({}, 0), True
    by_factor = {factor: Counter(spent) for factor, spent in written["by_factor"].items()}
    return Plan(by_factor, written["tests"], written["calls"]), written["judges"]


def limits(settings: Settings) -> Budget:
    """What a run may spend: its budget, and on a real tenant the limits that are known."""
    return known_limits(settings.budget) if is_real(settings) else settings.budget


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
    factor = _marked_factor(item)
    sent = factor in DELIVERED and any(_COSTLY_FIXTURES[name] for name in used)
    return Counter({"users": 1, factor: 1} if sent else {"users": 1})


def _marked_factor(item: pytest.Item) -> str:
    """The factor that a user's own test names by its marker."""
    marker = item.get_closest_marker("mfa_factor")
    return str(marker.args[0]) if marker and marker.args else selection.NO_FACTOR


def _received(config: pytest.Config, settings: Settings) -> tuple[str, ...]:
    """The channels whose messages can be read; a test sends nothing by any other."""
    if not is_real(settings) or config.hook.pytest_auth0_inbox.get_hookimpls():
        return DELIVERED
    return ("sms", "email") if settings.variables.get("MAILSLURP_API_KEY") else ()


def cost_of_user(settings: Settings) -> Counter[str]:
    """What it takes to have a user."""
    return +Counter({"users": 1, "management": _calls_per_user(settings)})


def _given_users(settings: Settings) -> int | None:
    """How many users there are at most, None where each is created."""
    profile, variables = settings.profile, settings.variables
    permitted = may_change_users(profile, allow_production=settings.allow_production)
    creates = profile.users_from != "given" and permitted and has_credentials(variables)
    if creates or not is_real(settings):
        return None
    return len(profile.users) + bool(variables.get("AUTH0_USERNAME"))


def _calls_per_user(settings: Settings) -> int:
    """How often the Management API is called for a user."""
    profile = settings.profile
    if not is_real(settings):
        return _MANAGED_CALLS if profile.users_from == "management" else 0
    permitted = may_change_users(profile, allow_production=settings.allow_production)
    if not (permitted and has_credentials(settings.variables)):
        return 0
    return _RESTORED_CALLS if profile.users_from == "given" else _MANAGED_CALLS
