"""What is known of an allowance from outside: what is certain on either side, and no more."""

from __future__ import annotations

from pytest_auth0_mfa.explore.allowance import SLACK_S, Allowance

NOW = 1_000.0


def spent(times: int, *, surely: bool = True) -> Allowance:
    """An allowance of ten, one more a minute, of which some are spent."""
    allowance = Allowance(10, 60.0)
    for _ in range(times):
        allowance.spend(NOW, surely=surely)
    return allowance


def test_full_at_first() -> None:
    """Nothing is spent before anything was."""
    assert (True, False) == (spent(0).has_one(NOW), spent(0).is_empty(NOW))


def test_empty_when_all_were_surely_spent() -> None:
    """Ten of ten leave none, nine leave one."""
    assert (True, False) == (spent(10).is_empty(NOW), spent(9).is_empty(NOW))
    assert (False, True) == (spent(10).has_one(NOW), spent(9).has_one(NOW))


def test_doubt_is_neither_empty_nor_left() -> None:
    """What may count leaves both open."""
    doubtful = spent(10, surely=False)
    assert (False, False) == (doubtful.is_empty(NOW), doubtful.has_one(NOW))


def test_refills_one_by_one() -> None:
    """After a minute, and the slack of the clocks, one is back; just before nothing is certain."""
    allowance = spent(10)
    assert not allowance.has_one(NOW + 60)
    assert not allowance.is_empty(NOW + 60)
    assert allowance.has_one(NOW + 60 + SLACK_S)
    assert allowance.is_empty(NOW + 50)


def test_remembers_that_it_was_empty() -> None:
    """What was used up once tells a refill from a limit."""
    assert (True, False) == (spent(10).was_used_up, spent(9).was_used_up)


def test_leaves_only_what_is_certain() -> None:
    """Four of ten spent, surely or not, leave more than five, but not more than six."""
    for surely in (True, False):
        allowance = spent(4, surely=surely)
        assert (True, False) == (allowance.leaves(5, NOW), allowance.leaves(6, NOW))
