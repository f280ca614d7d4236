"""The mailbox of notifications that a mock tenant keeps."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from pytest_auth0_mfa.errors import Prerequisite
from pytest_auth0_mfa.guardian import MockPushes
from tests.guardian.stand_in import PUSH, TRANSACTION_TOKEN

if TYPE_CHECKING:
    from pytest_auth0_mfa.api.transport import Transport
    from tests.guardian.stand_in import StandIn


@pytest.fixture
def pushes(transport: Transport) -> MockPushes:
    """The notifications to one device."""
    return MockPushes(transport, "dev_1&x")


def test_request(pushes: MockPushes, stand_in: StandIn) -> None:
    """The mock is asked for one device, whose id is encoded."""
    assert [] == pushes.notifications(30.0)
    assert ("GET", "/__mock__/pushes?device=dev_1%26x") == (
        stand_in.seen[0].method,
        stand_in.seen[0].path,
    )


def test_each_comes_once(pushes: MockPushes, stand_in: StandIn) -> None:
    """What was handed over is not handed over again; the oldest comes first."""
    stand_in.pushes += [{"mfa": {**PUSH, "txtkn": "1"}}, {"mfa": {**PUSH, "txtkn": "2"}}]
    assert ["1", "2"] == [each.transaction_token for each in pushes.notifications()]
    # A mock forgets its oldest when there are many.
    stand_in.pushes[:1] = []
    stand_in.pushes.append({"mfa": {**PUSH, "txtkn": "3"}})
    assert ["3"] == [each.transaction_token for each in pushes.notifications()]
    assert [] == pushes.notifications()


def test_token_is_learned(pushes: MockPushes, stand_in: StandIn, transport: Transport) -> None:
    """The transaction token is in no record and is scrubbed from any text."""
    stand_in.pushes.append(PUSH)
    pushes.notifications()
    recorder = transport.recorder
    assert TRANSACTION_TOKEN not in json.dumps([each.to_json() for each in recorder.exchanges])
    assert TRANSACTION_TOKEN not in recorder.redactor.scrub(f"it was {TRANSACTION_TOKEN}")


def test_what_is_no_list(pushes: MockPushes, stand_in: StandIn) -> None:
    """A tenant without a control plane has no such mailbox."""
    stand_in.pushes = "not found"  # type: ignore[assignment]
    with pytest.raises(Prerequisite, match="gave no list of objects"):
        pushes.notifications()
