"""The life of an authenticator, as a table.

Rules of this file:

* An authenticator starts pending; a proof of possession makes it active; removal ends it.
* Every allowed step is a row of `TRANSITIONS`. What has no row is refused.
* A refused step raises `IllegalTransitionError` and leaves the authenticator as it was.
* Nothing else decides about states, and nothing here knows users, codes or HTTP.
"""

from __future__ import annotations

from enum import Enum
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class State(Enum):
    """Where an authenticator stands."""

    PENDING = "pending"
    """Associated but not confirmed: listed with `active: false`, cannot be challenged."""
    ACTIVE = "active"
    """Confirmed: listed with `active: true`, can be challenged."""
    REMOVED = "removed"
    """Deleted: not listed, proves nothing any more."""


class Event(Enum):
    """What can happen to an authenticator."""

    PROVED = "proved"
    """Possession was proved by a right code."""
    ENABLED = "enabled"
    """Something else brought it to life: the confirmation of another authenticator, for recovery
    codes; the verification of the address, for the e-mail of the account."""
    DELETED = "deleted"
    """The user, or the loss of the last factor, deleted it."""


TRANSITIONS: Mapping[State, Mapping[Event, State]] = MappingProxyType(
    {
        State.PENDING: {
            Event.PROVED: State.ACTIVE,
            Event.ENABLED: State.ACTIVE,
            Event.DELETED: State.REMOVED,
        },
        State.ACTIVE: {
            Event.PROVED: State.ACTIVE,
            Event.ENABLED: State.ACTIVE,
            Event.DELETED: State.REMOVED,
        },
        State.REMOVED: {},
    }
)


class IllegalTransitionError(Exception):
    """An authenticator was asked to take a step that its state does not allow."""


def step(state: State, event: Event) -> State:
    """Return the state that follows `event`, or raise `IllegalTransitionError`."""
    allowed = TRANSITIONS[state]
    if event not in allowed:
        names = ", ".join(each.value for each in allowed) or "nothing"
        raise IllegalTransitionError(
            f"a {state.value} authenticator allows {names}, but was {event.value}"
        )
    return allowed[event]
