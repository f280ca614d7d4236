"""Answers and requirements made by hand: the judge needs no tenant."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from pytest_auth0_mfa.judge.catalogue import Requirement
from pytest_auth0_mfa.judge.judgement import Judgement

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pytest_auth0_mfa.judge.catalogue import Level

JSON = {"content-type": "application/json", "cache-control": "no-store"}


@dataclass(frozen=True, slots=True)
class Numbered:
    """The record of an exchange, of which the judge needs the number."""

    id: int


@dataclass(frozen=True, slots=True)
class Told:
    """An answer with the shape that the judge asks for, and nothing else."""

    status: int
    body: object
    exchange: Numbered = Numbered(1)
    headers: Mapping[str, str] = field(default_factory=lambda: JSON)

    @property
    def accepted(self) -> bool:
        """Whether the status is one of success."""
        return self.status < 300

    @property
    def error(self) -> str | None:
        """The error code of the body."""
        return self.body.get("error") if isinstance(self.body, dict) else None

    def summary(self) -> str:
        """The status."""
        return f"status {self.status}"


@pytest.fixture
def judgement_of() -> Callable[[Level], Judgement]:
    """A maker of judgements on a requirement of a level."""

    def make(level: Level = "MUST") -> Judgement:
        return Judgement(
            Requirement(
                id="MFA-X",
                group="x",
                title="X",
                level=level,
                basis="documented",
                factors=("otp",),
                statement="X holds.",
                source="X <https://example.com>",
                responses=(),
                needs=(),
                note="",
            ),
            "otp",
        )

    return make


@pytest.fixture
def judge(judgement_of: Callable[[Level], Judgement]) -> Judgement:
    """The judgement of a requirement that must hold."""
    return judgement_of("MUST")
