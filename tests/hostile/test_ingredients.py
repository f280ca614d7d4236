"""How hostility is asked for, and that the seed decides."""

from __future__ import annotations

import pytest

from pytest_auth0_mfa.mock.hostile.ingredients import (
    Hostility,
    Ingredient,
    UnusableHostilityError,
)

STRIKING = [each for each in Ingredient if each is not Ingredient.SKEW]
MANY = 5000


def struck(hostility: Hostility, ingredient: Ingredient, key: str = "POST /x") -> set[int]:
    """The numbers of those to whom it happens."""
    return {n for n in range(MANY) if hostility.strike(ingredient, key, n) is not None}


def test_seed_alone_is_everything() -> None:
    """A bare seed switches everything on, and is written as it was read."""
    hostility = Hostility.parse("7")
    assert (7, "7") == (hostility.seed, str(hostility))
    assert frozenset(Ingredient) == hostility.ingredients


def test_some_ingredients() -> None:
    """After a colon only what is named is on; the order does not matter."""
    hostility = Hostility.parse("7:slow, late")
    assert {Ingredient.LATE, Ingredient.SLOW} == hostility.ingredients
    assert "7:late,slow" == str(hostility)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "expected a whole number"),
        ("seven", "such as 7 or 7:throttle,late, got 'seven'"),
        ("-1", "expected a whole number"),
        ("7.5", "expected a whole number"),
        ("throttle", "expected a whole number"),
        ("7:", "unknown ingredient ''"),
        ("7:throtle", "unknown ingredient 'throtle'; known: throttle, late, doubled, reordered"),
        ("7:late,,slow", "unknown ingredient ''"),
        ("7;late", "expected a whole number"),
    ],
)
def test_unusable(text: str, told: str) -> None:
    """What asks for nothing is refused, and the message says what would."""
    with pytest.raises(UnusableHostilityError) as raised:
        Hostility.parse(text)
    assert told in str(raised.value)


@pytest.mark.parametrize("ingredient", STRIKING)
def test_seed_decides(ingredient: Ingredient) -> None:
    """The same seed strikes the same ones, another seed and another endpoint others."""
    struck_once = struck(Hostility.parse("7"), ingredient)
    assert struck_once == struck(Hostility.parse("7"), ingredient)
    assert struck_once != struck(Hostility.parse("8"), ingredient)
    assert struck_once != struck(Hostility.parse("7"), ingredient, "GET /x")
    assert 0.002 * MANY < len(struck_once) < 0.1 * MANY


@pytest.mark.parametrize("ingredient", STRIKING)
def test_ingredients_do_not_depend_on_each_other(ingredient: Ingredient) -> None:
    """What one strikes is the same whether the others are on or off."""
    alone = Hostility.parse(f"7:{ingredient.value}")
    assert struck(Hostility.parse("7"), ingredient) == struck(alone, ingredient)
    others = (each for each in STRIKING if each is not ingredient)
    assert set() == set().union(*(struck(alone, each) for each in others))


def test_skew() -> None:
    """Clocks are off by some seconds, fast or slow, and right where that is not switched on."""
    skews = [Hostility(seed, frozenset(Ingredient)).skew_s for seed in range(50)]
    assert all(2 <= abs(skew) <= 20 for skew in skews)
    assert {True, False} == {skew > 0 for skew in skews}
    assert 0.0 == Hostility.parse("7:slow").skew_s
