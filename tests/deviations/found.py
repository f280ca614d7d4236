"""What was found of a deviation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from pytest_auth0_mfa.mock.deviations import Deviation

Outcome = Literal["caught", "by another", "missed"]


@dataclass(frozen=True, slots=True)
class Catch:
    """What caught a deviation.

    `factors` are those for which its requirement turned red. Where there are none, `instead` is the
    requirement that turned red in its place, empty where none did.
    """

    factors: frozenset[str]
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A deviation, what caught it, and which unrelated requirements turned red.

    `elsewhere` is None where only its own requirement was tried.
    """

    deviation: Deviation
    catch: Catch
    elsewhere: frozenset[str] | None = None

    @property
    def outcome(self) -> Outcome:
        """Caught by its requirement, by another one only, or missed."""
        if self.catch.factors:
            return "caught"
        return "by another" if self.catch.instead else "missed"

    @property
    def is_good(self) -> bool:
        """Whether its requirement caught it, and nothing else turned red as far as is known."""
        return self.outcome == "caught" and not self.elsewhere
