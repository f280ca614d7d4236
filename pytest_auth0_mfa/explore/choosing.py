"""What the drawn numbers of moves stand for: things that are there, factors, scopes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from pytest_auth0_mfa.explore.logins import MFA_SCOPES
from pytest_auth0_mfa.factors.kinds import DELIVERED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_auth0_mfa.explore.world import World

_T = TypeVar("_T")

ALL_SCOPES: Final = " ".join(MFA_SCOPES)
RENEWABLE: Final = f"{ALL_SCOPES} offline_access"
SCOPES: Final = (
    ALL_SCOPES,
    "read:authenticators remove:authenticators",
    "remove:authenticators",
    "enroll",
    "read:authenticators",
    RENEWABLE,
)
TYPES: Final = ("", "otp", "oob", "oob otp")
"""Of challenges."""

SENT: Final = (*DELIVERED, "push")
"""Factors of whose challenges somebody hears."""


def pick(things: Sequence[_T], number: int) -> _T | None:
    """One of them, the latest for 0; None where there are none."""
    return things[-1 - number % len(things)] if things else None


def nth(things: Sequence[_T], number: int) -> _T | None:
    """One of them, the first for 0; None where there are none."""
    return things[number % len(things)] if things else None


def enrollable(world: World, names: Sequence[str]) -> list[str]:
    """Which of these factors can be enrolled here."""
    return [each for each in names if each in world.door.offers.enrollable]
