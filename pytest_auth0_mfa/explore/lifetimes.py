"""Lifetimes: what refuses a token whose time is over, and what gives it that time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pytest_auth0_mfa.explore.expectation import Reason
from pytest_auth0_mfa.explore.refusals import FORBIDDEN

if TYPE_CHECKING:
    from pytest_auth0_mfa.explore.state import Oob, Token
    from pytest_auth0_mfa.explore.world import World

_LATE_S: Final = 60.0


def too_old(requirement: str, errors: frozenset[str] = frozenset()) -> Reason:
    """Why a token is refused whose time is over."""
    return Reason(requirement, "that is older than ten minutes", FORBIDDEN, errors)


def age_rules(world: World, token: Token, oob: Oob | None = None) -> list[str]:
    """The requirements that give a token, and an `oob_code`, time."""
    rules = ["MFA-LIFETIME-OOB"] if oob is not None and world.age(oob) > _LATE_S else []
    rules += ["MFA-LIFETIME-TOKEN"] if world.age(token) > _LATE_S else []
    return rules
