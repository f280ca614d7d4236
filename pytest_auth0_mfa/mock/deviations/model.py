"""What a deviation is: one named way in which the mock is wrong, for one requirement.

Owns the two kinds, a tenant that behaves differently (`rules`) and an answer that looks
different (`change`). Must not name any deviation.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar

from pytest_auth0_mfa.mock.composition import Change

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Change", "Deviation"]


@dataclass(frozen=True, slots=True)
class Deviation:
    """One named way to be wrong; `requirement` is the id of the requirement that it breaks.

    `also` are the ids of others that judge the very same place, so that they may turn red too.
    """

    name: str
    requirement: str
    summary: str
    # A test compares names and types with `Rules`.
    rules: Mapping[str, Any] = field(default_factory=dict)
    change: Change | None = None
    also: frozenset[str] = frozenset()

    wire: ClassVar[Mapping[str, Any]] = MappingProxyType({})
    """Nothing is wrong about how answers are written."""

    @property
    def changes(self) -> tuple[Change, ...]:
        """The edit of answers, where there is one."""
        return () if self.change is None else (self.change,)
