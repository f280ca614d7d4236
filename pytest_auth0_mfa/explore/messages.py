"""Messages to a person: why no further one may be sent, and what says that one more is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_auth0_mfa.explore.expectation import Reason
from pytest_auth0_mfa.explore.refusals import SPENT

if TYPE_CHECKING:
    from pytest_auth0_mfa.explore.state import Person
    from pytest_auth0_mfa.explore.world import World


def message_reasons(world: World, person: Person, channel: str) -> list[Reason]:
    """Why no further message may be sent to a person."""
    if not person.messages(channel).is_empty(world.now(person)):
        return []
    named = "MFA-LIMIT-PUSHES" if channel == "push" else "MFA-LIMIT-SENDS"
    return [Reason(named, "after too many messages", SPENT)]


def may_be_spent(world: World, person: Person, channel: str) -> bool:
    """Whether the messages to a person may be used up."""
    return not person.messages(channel).has_one(world.now(person))


def message_rules(person: Person, channel: str) -> list[str]:
    """The requirements by which one more message is sent."""
    allowance = person.messages(channel)
    if not allowance.total:
        return []
    limit = "MFA-LIMIT-PUSHES" if channel == "push" else "MFA-LIMIT-SENDS"
    return [f"{limit}-REFILL", limit] if allowance.was_used_up else [limit]
