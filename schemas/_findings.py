"""What a comparison of a response with its schema brings to light.

Owns the shape of a finding only. Its texts are composed elsewhere, from the schema and from the
kinds of values seen, so that a finding can be printed anywhere without giving a secret away.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Level: TypeAlias = Literal["MUST", "SHOULD"]
"""How binding the broken expectation is, in the sense of RFC 2119."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One way in which a response differs from what is documented or recorded.

    ``where`` is ``"status"``, ``"header <name>"`` or a JSON pointer (RFC 6901) into the body,
    the empty string standing for the whole body.
    """

    response_id: str
    level: Level
    where: str
    expected: str
    actual: str

    def __str__(self) -> str:
        """Say everything in one line, fit for a terminal."""
        place = self.where or "body"
        return (
            f"{self.response_id} {self.level} {place}: expected {self.expected}, got {self.actual}"
        )
