"""The life of an authenticator: every step that is allowed, and every one that is not."""

from __future__ import annotations

import pytest

from pytest_auth0_mfa.mock.model import Authenticator, Factor
from pytest_auth0_mfa.mock.states import TRANSITIONS, Event, IllegalTransitionError, State

ALLOWED = [
    (State.PENDING, Event.PROVED, State.ACTIVE),
    (State.PENDING, Event.ENABLED, State.ACTIVE),
    (State.PENDING, Event.DELETED, State.REMOVED),
    (State.ACTIVE, Event.PROVED, State.ACTIVE),
    (State.ACTIVE, Event.ENABLED, State.ACTIVE),
    (State.ACTIVE, Event.DELETED, State.REMOVED),
]
REFUSED = [(State.REMOVED, event) for event in Event]


def authenticator(state: State) -> Authenticator:
    """Make an authenticator in a state."""
    return Authenticator("totp|dev_0123456789abcdef", Factor.OTP, "SECRET", state)


@pytest.mark.parametrize(("state", "event", "following"), ALLOWED)
def test_allowed_step_is_taken(state: State, event: Event, following: State) -> None:
    """An allowed step leads to the state that the table names."""
    subject = authenticator(state)
    subject.take(event)
    assert following is subject.state


@pytest.mark.parametrize(("state", "event"), REFUSED)
def test_refused_step_changes_nothing(state: State, event: Event) -> None:
    """A step that the table lacks raises and leaves the authenticator as it was."""
    subject = authenticator(state)
    with pytest.raises(IllegalTransitionError, match=f"{state.value} authenticator allows nothing"):
        subject.take(event)
    assert state is subject.state


def test_every_pair_is_judged_here() -> None:
    """The two tables above cover every state with every event."""
    judged = {(state, event) for state, event, _ in ALLOWED} | set(REFUSED)
    assert {(state, event) for state in State for event in Event} == judged
    assert set(State) == set(TRANSITIONS)


@pytest.mark.parametrize(
    ("state", "active"), [(State.PENDING, False), (State.ACTIVE, True), (State.REMOVED, False)]
)
def test_only_the_active_state_counts_as_active(state: State, *, active: bool) -> None:
    """What is pending or removed is not active."""
    assert active is authenticator(state).is_active
