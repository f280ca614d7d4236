"""An exploration spends no more than its run may, counted where messages arrive."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from pytest_auth0_mfa.errors import Untestable
from pytest_auth0_mfa.explore.door import Door, offers_of
from pytest_auth0_mfa.explore.exploration import Exploration
from pytest_auth0_mfa.explore.purse import Purse
from pytest_auth0_mfa.tenant.budget import Budget
from pytest_auth0_mfa.tenant.ledger import Ledger
from pytest_auth0_mfa.tenant.profile import FACTORS
from tests.explore.in_memory import tenant_in_memory

if TYPE_CHECKING:
    from pytest_auth0_mfa.tenant.tenant import Tenant

SENT = ("sms", "voice", "email")


def explored(
    *deviations: str,
    limits: dict[str, int],
    seed: int,
    shrinks: bool = False,
    factors: tuple[str, ...] = FACTORS,
) -> Exploration:
    """An exploration of a tenant in memory whose run has these limits."""
    tenant = tenant_in_memory(*deviations)
    purse = Purse(Ledger(Budget(limits)))
    door = Door(tenant, offers_of(tenant, factors), 4_000, purse=purse)
    exploration = Exploration(door, seed, shrinks=shrinks)
    exploration.run()
    return exploration


def arrived(tenant: Tenant) -> dict[str, int]:
    """How much the tenant has really sent, and how many users it has."""
    engine: Any = tenant.client.transport.engine  # type: ignore[attr-defined]
    outbox = engine.tenant.outbox
    counts = {channel: len(outbox.find(None, channel)) for channel in SENT}
    users: Any = tenant.users
    return {**counts, "push": engine.tenant.pushes.delivered, "users": users.made}


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize(
    ("kind", "limit"), [("sms", 5), ("voice", 3), ("email", 4), ("push", 6), ("users", 7)]
)
def test_keeps_to_the_budget(kind: str, limit: int, seed: int) -> None:
    """It ends when one more would be too much, as something that is no finding."""
    exploration = explored(seed=seed, limits={kind: limit})
    assert exploration.found is None
    assert isinstance(exploration.disturbance, Untestable)
    told = f"no budget: the exploration may spend 1 {kind}, and 0 of {limit} are left"
    assert told == str(exploration.disturbance)
    assert limit >= arrived(exploration.door.tenant)[kind] > 0


def test_what_arrived_is_counted() -> None:
    """What the report says was sent is what arrived, at least; messages of challenges, too."""
    exploration = explored(seed=2, limits={})
    seen = arrived(exploration.door.tenant)
    spend = exploration.door.spend
    assert [] == [kind for kind, count in seen.items() if count > spend[kind]], (seen, spend)


@pytest.mark.parametrize("kind", ["voice", "push"])
def test_nothing_is_sent_where_nothing_may_be(kind: str) -> None:
    """A channel with no budget is left out, also where a challenge might take it by itself."""
    factors = tuple(each for each in FACTORS if each != kind)
    exploration = explored(seed=4, factors=factors, limits={kind: 0})
    assert (None, None) == (exploration.found, exploration.disturbance)
    assert 0 == arrived(exploration.door.tenant)[kind]


def test_wrong_codes_count() -> None:
    """Tries are spent as they are by tests."""
    exploration = explored(seed=1, limits={"wrong_codes": 3})
    assert "1 wrong_codes, and 0 of 3 are left" in str(exploration.disturbance)
    assert 3 == exploration.door.spend["wrong_codes"]


def test_shortening_keeps_to_it() -> None:
    """What was found stands, as short as the budget let it become."""
    exploration = explored("pending-listed-as-active", seed=2, shrinks=True, limits={"users": 4})
    assert exploration.found is not None
    assert "MFA-ENROLL-INACTIVE" == exploration.found.finding.requirement
    assert 4 >= arrived(exploration.door.tenant)["users"]


def test_user_who_is_not_there_costs_nothing() -> None:
    """What was set aside for a user is there again where none can be had."""
    tenant = tenant_in_memory()
    ledger = Ledger(Budget({"users": 1}))
    door = Door(tenant, offers_of(tenant, FACTORS), 10, purse=Purse(ledger))
    made, tenant.users.new = tenant.users.new, _nobody  # type: ignore[method-assign,assignment]
    with pytest.raises(Untestable, match="nobody"):
        door.new_user()
    tenant.users.new = made  # type: ignore[method-assign]
    assert door.new_user().email


def _nobody(verified_email: str | None = None) -> None:
    raise Untestable(f"nobody, {verified_email}")
