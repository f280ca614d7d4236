"""What the chosen tests will spend, put together before the first request.

Owns the sum. What one test costs is `costs`' part, which are left out `sparing`'s.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import fields
from typing import TYPE_CHECKING, Final

from pytest_auth0_mfa.plugin import costs, selection, sparing
from pytest_auth0_mfa.tenant.budget import Budget, Plan, known_limits
from pytest_auth0_mfa.tenant.safety import has_credentials, may_change_users

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import pytest

    from pytest_auth0_mfa.plugin.settings import Settings

_EXPLORATION: Final = "exploration"
"""The row of an exploration among those of factors."""

SHORTENING_CALLS: Final = 5_000
"""Calls of an exploration for shortening a sequence on a mock; elsewhere it has only its own."""


def plan(config: pytest.Config, items: Sequence[pytest.Item], settings: Settings) -> Plan:
    """What these tests will spend at most, and an exploration of what they leave."""
    spared = sparing.NOBODY
    if costs.is_real(settings):
        spared = sparing.spared(config, items, settings)
    explored = settings.explore if any(map(selection.explores, items)) else None
    run = [each for each in items if not selection.explores(each) and each not in spared]
    by_factor: dict[str, Counter[str]] = {}
    for (_, factor), item in costs.by_key(run).items():
        spent = costs.estimate_of(config, item, settings)
        by_factor[factor] = by_factor.get(factor, Counter()) + spent
    calls = explored.steps if explored else 0
    if calls:
        needs = Plan(by_factor, len(run)).needs
        by_factor[_EXPLORATION] = _most_explored(config, settings, calls, needs)
    left_out = sum(each in spared for each in items)
    return Plan(by_factor, len(run), calls, left_out, spared.needs if left_out else Counter())


def _most_explored(
    config: pytest.Config, settings: Settings, calls: int, needs: Counter[str]
) -> Counter[str]:
    """What an exploration of so many calls may spend where others have these needs.

    No call has more than one message sent, and each sequence has two users and a call.
    """
    calls += 0 if costs.is_real(settings) else SHORTENING_CALLS
    factors = {*settings.factors} & {*settings.profile.factors}
    sent = {*costs.received_by(config, settings), "push"} & factors
    most = Counter(dict.fromkeys((*sent, "wrong_codes"), calls))
    users = _given_users(settings)
    most["users"] = 2 * (calls + 1) if users is None else users
    most["management"] = most["users"] * costs.calls_per_user(settings)
    for kind, limit in limits(settings).limits.items():
        most[kind] = min(most[kind], max(limit - needs[kind], 0))
    return +most


def write(made: Plan, folder: Path, worker: str, *, judges: bool) -> None:
    """Leave the plan of a worker to the controller; `judges` tells whether requirements are."""
    told = {one.name: getattr(made, one.name) for one in fields(made)}
    document = {"plan": told, "judges": judges}
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
    told = written["plan"]
    by_factor = {factor: Counter(spent) for factor, spent in told["by_factor"].items()}
    would_take = Counter(told["would_take"])
    return Plan(**{**told, "by_factor": by_factor, "would_take": would_take}), written["judges"]


def limits(settings: Settings) -> Budget:
    """What a run may spend: its budget, and on a real tenant the limits that are known."""
    return known_limits(settings.budget) if costs.is_real(settings) else settings.budget


def _given_users(settings: Settings) -> int | None:
    """How many users there are at most, None where each is created."""
    profile, variables = settings.profile, settings.variables
    permitted = may_change_users(profile, allow_production=settings.allow_production)
    creates = profile.users_from != "given" and permitted and has_credentials(variables)
    if creates or not costs.is_real(settings):
        return None
    return len(profile.users) + bool(variables.get("AUTH0_USERNAME"))
