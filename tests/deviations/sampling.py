"""A share of what could be run, where not all is: chosen by a seed, so that it can be repeated."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from random import Random
from secrets import randbelow
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence

T = TypeVar("T")

_SEEDS: Final = 10_000


@dataclass(frozen=True, slots=True)
class Sample:
    """A share of something; the same seed chooses the same."""

    share: Fraction
    seed: int

    def of(self, whole: Sequence[T]) -> list[T]:
        """Some of these in their order; at least one of any."""
        count = ceil(len(whole) * self.share)
        places = Random(self.seed).sample(range(len(whole)), count)  # noqa: S311  No secret.
        return [whole[place] for place in sorted(places)]


def read_share(word: str) -> Fraction:
    """Read `1/8` or `0.125`; raises `ValueError` for what is no share of anything."""
    try:
        share = Fraction(word)
    except (ValueError, ZeroDivisionError):
        share = Fraction(0)
    if not 0 < share <= 1:
        raise ValueError(f"{word!r} is no share: write 1/8, or 0.125")
    return share


def any_seed() -> int:
    """Another seed each time, short enough to be typed."""
    return randbelow(_SEEDS)
