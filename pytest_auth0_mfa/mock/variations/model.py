"""What a variation is: one named way in which a tenant may differ and yet be right.

Owns the three kinds, a tenant that behaves differently (`rules`), answers that look different
(`changes`) and answers that are written differently (`wire`). Must not name any variation.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_auth0_mfa.mock.composition import Change


@dataclass(frozen=True, slots=True)
class Variation:
    """One named way to differ.

    `because` says why it is allowed, `source` where that is written. `noted` are beginnings of the
    ids of requirements that tell of it as a difference: they do not fail for it.
    """

    name: str
    summary: str
    because: str
    source: str
    # A test compares names and types with `Rules` and `Wire`.
    rules: Mapping[str, Any] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    wire: Mapping[str, Any] = field(default_factory=dict)
    noted: tuple[str, ...] = ()
