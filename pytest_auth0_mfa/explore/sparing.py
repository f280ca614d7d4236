"""What is left alone where nobody may use it up: some tries, messages and prompts of each user."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pytest_auth0_mfa.explore.state import Person
    from pytest_auth0_mfa.explore.world import World

SPARED: Final = 4
"""So many of each."""


def spares(world: World, person: Person, *, recovery: bool = False) -> bool:
    """Whether one more wrong code leaves the user tries, where they must be left."""
    if world.door.purse.forbids(("wrong_codes",)):
        return False
    allowance = person.wrong_recovery_codes if recovery else person.wrong_codes
    return world.door.offers.exhausts or allowance.leaves(SPARED, world.now(person))


def may_send(world: World, person: Person, channel: str) -> bool:
    """Whether one more message leaves the user some, where they must be left."""
    if world.door.offers.exhausts or channel == "otp":
        return True
    allowance = person.messages(channel)
    return allowance.leaves(min(SPARED, allowance.burst - 2), world.now(person))
