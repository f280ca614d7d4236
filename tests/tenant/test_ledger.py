"""The ledger: what was spent of a budget, over all processes of a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pytest_auth0_mfa.errors import Untestable
from pytest_auth0_mfa.tenant.budget import Budget
from pytest_auth0_mfa.tenant.ledger import Ledger

if TYPE_CHECKING:
    from pathlib import Path

BUDGET = Budget({"sms": 3})


def test_shared(tmp_path: Path) -> None:
    """Two processes spend from one budget."""
    one, other = (Ledger(BUDGET, tmp_path / "spent.json") for _ in range(2))
    one.reserve({"sms": 2})
    with pytest.raises(
        Untestable, match="no budget: the test may spend 2 sms, and 1 of 3 are left"
    ):
        other.reserve({"sms": 2})
    other.reserve({"sms": 1, "users": 50})


@pytest.mark.parametrize("shared", [True, False])
def test_settled(tmp_path: Path, shared: bool) -> None:  # noqa: FBT001 - a parameter of the test
    """What was set aside and not spent is there again, and what was spent beyond is gone."""
    ledger = Ledger(BUDGET, tmp_path / "spent.json" if shared else None)
    ledger.reserve({"sms": 3})
    ledger.settle({"sms": 3}, {"sms": 1})
    ledger.reserve({"sms": 2})
    ledger.settle({"sms": 2}, {"sms": 5.0})
    with pytest.raises(Untestable, match="0 of 3 are left"):
        ledger.reserve({"sms": 1})
    ledger.reserve({})
