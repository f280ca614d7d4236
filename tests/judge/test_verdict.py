"""The order of the verdicts, and what becomes of several."""

from __future__ import annotations

import itertools

import pytest

from pytest_auth0_mfa.judge.verdict import SEVERITY, Verdict, collapse

JUDGED = {"conforms", "violates", "deviates", "known", "stale"}


def test_every_verdict_has_its_place() -> None:
    """The order is complete and names none twice."""
    assert sorted(Verdict) == sorted(SEVERITY)


@pytest.mark.parametrize(("graver", "milder"), list(itertools.pairwise(SEVERITY)))
def test_graver_stands(graver: Verdict, milder: Verdict) -> None:
    """Of two the graver stands, in whatever order they come."""
    assert graver is collapse([graver, milder])
    assert graver is collapse([milder, graver])


@pytest.mark.parametrize("verdict", Verdict)
def test_failure_is_never_hidden(verdict: Verdict) -> None:
    """Nothing outweighs a violation."""
    assert Verdict.VIOLATES is collapse([verdict, Verdict.VIOLATES])


@pytest.mark.parametrize("open_verdict", [Verdict.UNTESTED, Verdict.INCONCLUSIVE])
def test_success_does_not_hide_what_is_open(open_verdict: Verdict) -> None:
    """One test that conforms does not make up for one that could not be run."""
    assert open_verdict is collapse([Verdict.CONFORMS, open_verdict])


@pytest.mark.parametrize("verdict", Verdict)
def test_judged(verdict: Verdict) -> None:
    """Those that were held against the tenant count as judged."""
    assert (verdict.value in JUDGED) is verdict.judged
