"""The documented mock and the model agree: in memory, and over HTTP by the code of real runs.

`EXPLORE=n` in the environment makes so many calls in memory.
"""

from __future__ import annotations

import os

import pytest

from pytest_auth0_mfa.api.recorder import Recorder
from pytest_auth0_mfa.explore.door import Door, offers_of
from pytest_auth0_mfa.explore.exploration import Exploration
from pytest_auth0_mfa.mock.server import MockServer
from pytest_auth0_mfa.tenant.opening import Opening, open_tenant
from pytest_auth0_mfa.tenant.profile import FACTORS
from tests.explore.in_memory import explore

STEPS = int(os.environ.get("EXPLORE", "4000"))


def test_engine_agrees_with_the_model() -> None:
    """Thousands of calls to the engine find no disagreement."""
    exploration = explore(steps=STEPS, seed=20_261_126)
    assert (None, None) == (exploration.found, exploration.disturbance)
    assert STEPS == exploration.door.steps


@pytest.mark.parametrize("factors", [FACTORS, ("otp", "sms", "recovery-code")])
def test_server_agrees_with_the_model(factors: tuple[str, ...]) -> None:
    """Hundreds of calls over HTTP find none either, also where only some factors are asked for."""
    with MockServer(seed=5) as server:
        opening = Opening(url=str(server.info["url"]), variables={})
        tenant = open_tenant(opening, Recorder())
        exploration = Exploration(Door(tenant, offers_of(tenant, factors), 200), 11)
        exploration.run()
        tenant.inboxes.close()
        tenant.client.transport.close()
    assert (None, None) == (exploration.found, exploration.disturbance)
    assert 200 == exploration.door.steps


def test_same_seed_makes_the_same_calls() -> None:
    """A seed repeats a run, and another one makes another."""

    def calls(seed: int) -> list[str]:
        exploration = explore("deletion-takes-all-factors", steps=3_000, seed=seed)
        assert exploration.found is not None
        return [f"{each.method} {each.path}" for each in exploration.found.exchanges]

    assert calls(3) == calls(3)
    assert calls(3) != calls(4)
