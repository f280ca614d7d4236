"""What a look at a part of the configuration comes to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from pytest_auth0_mfa.doctor.site import Site

if TYPE_CHECKING:
    from pytest_auth0_mfa.doctor.check import Level


@dataclass(frozen=True, slots=True)
class Weighed:
    """What was found, where it matters more or less than the check usually does."""

    told: str
    level: Level


Look: TypeAlias = Callable[[Site], "str | Weighed | None"]
"""Says what is wrong, None where nothing is; raises `UnreadError` where that cannot be told."""
