"""Used time steps: each is given once, whoever asks."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from pytest_auth0_mfa.factors.steps import Steps

if TYPE_CHECKING:
    from pathlib import Path

SECRET = "JBSWY3DPEHPK3PXP"


def claim_all(file: Path) -> list[int | None]:
    """Take whatever is left of fifty steps, one after the other."""
    steps = Steps(file)
    return [steps.claim("a-user", SECRET, [number]) for number in range(50)]


def test_the_step_before_comes_first() -> None:
    """Two who ask within a step need not wait, and a third one must."""
    steps = Steps()
    assert [6, 7, None] == [steps.claim("a-user", SECRET, [6, 7]) for _ in range(3)]
    assert 8 == steps.claim("a-user", SECRET, [7, 8])


def test_nothing_older_than_the_latest() -> None:
    """Once the present step was used, the one before is of no use any more."""
    steps = Steps()
    steps.claim("a-user", SECRET, [7])
    assert steps.claim("a-user", SECRET, [6]) is None


def test_generators_are_apart() -> None:
    """Another secret, and the same one of another user, have steps of their own."""
    steps = Steps()
    claimed = [steps.claim(*whose, [7]) for whose in (("a", "X"), ("a", "Y"), ("b", "X"))]
    assert [7, 7, 7] == claimed


def test_processes_share(tmp_path: Path) -> None:
    """Of several that want the same steps, each with the file alone, each gets others."""
    file = tmp_path / "steps.json"
    with ThreadPoolExecutor() as pool:
        claimed = list(pool.map(claim_all, [file] * 3))
    given_out = [step for steps in claimed for step in steps if step is not None]
    assert sorted(set(given_out)) == sorted(given_out)
    assert 49 == max(given_out)


def test_no_secret_is_written(tmp_path: Path) -> None:
    """Neither the secret nor the user's name is in the file."""
    file = tmp_path / "steps.json"
    Steps(file).claim("a-user", SECRET, [7])
    assert not {"a-user", SECRET} & set(file.read_text("utf-8").replace('"', " ").split())


@given(st.lists(st.lists(st.integers(0, 40), max_size=3), max_size=30))
def test_never_twice(wishes: list[list[int]]) -> None:
    """Whatever is asked for, what is given only grows, and is among what was asked for."""
    steps = Steps()
    given_out = []
    for wish in wishes:
        step = steps.claim("a-user", SECRET, wish)
        assert step is None or step in wish
        given_out += [] if step is None else [step]
    assert sorted(set(given_out)) == given_out
