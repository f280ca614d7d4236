"""What a bad day is made of, how often each of it happens, and how it is asked for.

Owns the draws: all of them come from the seed and a key, none from the order of other draws. Must
not know requests or messages.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from random import Random
from typing import Final


class Ingredient(str, Enum):
    """One thing that goes wrong; each has a switch."""

    THROTTLE = "throttle"
    """A request is refused with 429 and has to wait for up to a second."""
    LATE = "late"
    """A message arrives some tenths of a second after the answer."""
    DOUBLED = "doubled"
    """A message arrives twice."""
    REORDERED = "reordered"
    """A message is overtaken by the next one to its address, if that comes soon."""
    SKEW = "skew"
    """The tenant's clock is some seconds fast or slow."""
    SLOW = "slow"
    """An answer takes some tenths of a second."""
    DROPPED = "dropped"
    """The connection breaks, before the request was carried out or after."""


_RATES: Final = {
    Ingredient.THROTTLE: 0.007,
    Ingredient.LATE: 0.06,
    Ingredient.DOUBLED: 0.06,
    Ingredient.REORDERED: 0.04,
    Ingredient.SLOW: 0.008,
    Ingredient.DROPPED: 0.007,
}
"""The share of requests, or of messages. A run of all suites meets each some dozens of times."""

_LEAST_SKEW_S: Final = 2.0
_MOST_SKEW_S: Final = 20.0


class UnusableHostilityError(ValueError):
    """A text that asks for no hostility; the message says what would."""


@dataclass(frozen=True, slots=True)
class Hostility:
    """A seed and what is switched on."""

    seed: int
    ingredients: frozenset[Ingredient]

    @classmethod
    def parse(cls, text: str) -> Hostility:
        """Read `SEED`, for everything, or `SEED:throttle,late`, for what is named.

        Raises `UnusableHostilityError`.
        """
        seed, colon, listed = text.partition(":")
        if not (seed.isascii() and seed.isdigit()):
            raise UnusableHostilityError(
                f"expected a whole number, the seed, such as 7 or 7:throttle,late, got {text!r}"
            )
        names = [name.strip() for name in listed.split(",")] if colon else list(Ingredient)
        return cls(int(seed), frozenset(_ingredient(name) for name in names))

    def __str__(self) -> str:
        """As it is written on a command line."""
        if len(self.ingredients) == len(Ingredient):
            return str(self.seed)
        names = (each.value for each in Ingredient if each in self.ingredients)
        return f"{self.seed}:{','.join(names)}"

    def strike(self, ingredient: Ingredient, key: str, number: int) -> Random | None:
        """What to draw the details from where it happens to the `number`-th of a kind, else None.

        `key` names the kind: an endpoint, or a channel.
        """
        if ingredient not in self.ingredients:
            return None
        drawn = self._random(ingredient, key, number)
        return drawn if drawn.random() < _RATES[ingredient] else None

    @property
    def skew_s(self) -> float:
        """How far the tenant's clock is fast; negative where it is slow, 0 where it is right."""
        if Ingredient.SKEW not in self.ingredients:
            return 0.0
        drawn = self._random(Ingredient.SKEW, "", 0)
        return drawn.choice((1, -1)) * drawn.uniform(_LEAST_SKEW_S, _MOST_SKEW_S)

    def _random(self, ingredient: Ingredient, key: str, number: int) -> Random:
        return Random(f"{self.seed} {ingredient.value} {key} {number}")  # noqa: S311  A mock's.


def _ingredient(name: str) -> Ingredient:
    known = [each.value for each in Ingredient]
    if name not in known:
        raise UnusableHostilityError(
            f"unknown ingredient {name!r}; known: {', '.join(known)}. Leave them out for all"
        )
    return Ingredient(name)
