"""Each state-related deviation is found by the model, under its own requirement.

A few of them in each run, others every day; `POWER=all` in the environment runs every one.
"""

from __future__ import annotations

import os
from datetime import datetime, timezone

import pytest

from pytest_auth0_mfa.judge.catalogue import load_catalogue
from pytest_auth0_mfa.mock.deviations import DEVIATIONS
from tests.explore.in_memory import explore
from tests.explore.state_related import ALSO, STATE_RELATED

STEPS = 60_000
"""More than any takes; a machine of its own makes as many in half a minute."""
SAMPLE = 6


def chosen() -> list[str]:
    """All of them, or those whose turn it is today."""
    if os.environ.get("POWER") == "all":
        return STATE_RELATED
    today = datetime.now(timezone.utc).toordinal()
    turns = len(STATE_RELATED) // SAMPLE
    return STATE_RELATED[today % turns :: turns][:SAMPLE]


def test_names_exist() -> None:
    """The list names deviations, and only such as break a MUST."""
    assert set() == set(STATE_RELATED) - set(DEVIATIONS)
    assert len(STATE_RELATED) > 100
    levels = {load_catalogue()[DEVIATIONS[name].requirement].level for name in STATE_RELATED}
    assert {"MUST"} == levels


@pytest.mark.power
@pytest.mark.parametrize("wrong", chosen())
def test_model_finds(wrong: str) -> None:
    """The requirement of the deviation is among those that are named."""
    exploration = explore(wrong, steps=STEPS)
    assert exploration.found is not None, f"agreed for {exploration.door.steps} calls"
    deviation = DEVIATIONS[wrong]
    right = {deviation.requirement, *deviation.also, *ALSO.get(wrong, ())}
    assert right & set(exploration.found.finding.requirements), exploration.found.finding
