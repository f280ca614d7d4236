"""Shares of what could be run."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.deviations.sampling import Sample, read_share


def test_same_seed_same_sample() -> None:
    """A sample can be repeated, and another seed gives another one."""
    names = list(range(100))
    assert Sample(Fraction(1, 8), 3).of(names) == Sample(Fraction(1, 8), 3).of(names)
    assert Sample(Fraction(1, 8), 3).of(names) != Sample(Fraction(1, 8), 4).of(names)


def test_sample() -> None:
    """It has its size, rounded up, and keeps the order."""
    chosen = Sample(Fraction(1, 8), 7).of(list(range(100)))
    assert 13 == len(set(chosen))
    assert sorted(chosen) == chosen


@pytest.mark.parametrize("count", [0, 1])
def test_of_next_to_nothing(count: int) -> None:
    """One of one, none of none."""
    assert count == len(Sample(Fraction(1, 16), 0).of(range(count)))


def test_seeds_reach_everything() -> None:
    """Whatever is in the whole is in the sample of some seed."""
    drawn = {each for seed in range(200) for each in Sample(Fraction(1, 8), seed).of(range(20))}
    assert set(range(20)) == drawn


@pytest.mark.parametrize(
    ("word", "share"), [("1/8", Fraction(1, 8)), ("0.5", Fraction(1, 2)), ("1", Fraction(1))]
)
def test_share(word: str, share: Fraction) -> None:
    """A share is a fraction or a decimal number."""
    assert share == read_share(word)


@pytest.mark.parametrize("word", ["0", "-1/2", "3", "1/0", "half", ""])
def test_no_share(word: str) -> None:
    """Anything else is told, with what to write."""
    with pytest.raises(ValueError, match=r"is no share: write 1/8, or 0\.125"):
        read_share(word)
