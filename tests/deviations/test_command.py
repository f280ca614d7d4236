"""`python -m tests.deviations`: what it prints, and how it ends."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from pytest_auth0_mfa.mock.deviations import DEVIATIONS
from tests.conftest import ROOT
from tests.deviations import command, page
from tests.deviations.command import main
from tests.deviations.expected import ALL_PAIRS, pairs_of, wanted
from tests.deviations.processes import RunFailedError

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from tests.deviations.expected import Pair, Verdicts

NAME = "reused-otp-accepted"
REALM = ("MFA-LOGIN-REALM", "any")


class Suites:
    """Suites that find each deviation by its requirement, but for what is set here."""

    blind: frozenset[str] = frozenset()
    """Deviations that their requirement does not catch."""
    strays: frozenset[str] = frozenset()
    """Deviations that turn a certain other requirement red."""
    sweeping: frozenset[str] = frozenset()
    """Deviations that leave all others unjudged."""
    fails = False

    def __init__(self, count: int, modules: Sequence[str]) -> None:
        """Take what real processes take."""
        assert count >= 1
        assert modules

    def run(
        self,
        deviations: Sequence[str],
        pairs: Collection[Pair] | None = None,
        *,
        until_red: bool = False,
    ) -> Verdicts:
        """Judge in no time."""
        if self.fails:
            raise RunFailedError("no verdicts: it said nothing")
        red: dict[Pair, str] = {}
        if self.sweeping & {*deviations}:
            red.update(dict.fromkeys(ALL_PAIRS, "inconclusive"))
        if self.strays & {*deviations}:
            red[REALM] = "violates"
        for each in (DEVIATIONS[name] for name in deviations if name in DEVIATIONS):
            if each.name not in self.blind:
                red.update(dict.fromkeys(pairs_of([each.requirement]), wanted(each)))
        verdicts = {pair: red.get(pair, "conforms") for pair in pairs or ALL_PAIRS}
        return {pair: verdicts[pair] for pair in red if pair in verdicts} if until_red else verdicts

    def close(self) -> None:
        """Have nothing to end."""


@pytest.fixture(autouse=True)
def suites(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> type[Suites]:
    """Suites of this test's own in place of processes, and a page of its own."""
    own = type("Own", (Suites,), {})
    monkeypatch.setattr(command, "Processes", own)
    monkeypatch.setattr(page, "PATH", tmp_path / "power.md")
    return own


def test_caught(capsys: pytest.CaptureFixture[str]) -> None:
    """All is well where each named one is caught."""
    assert 0 == main([NAME, "codes-without-client-secret"])
    printed = capsys.readouterr().out
    assert "deviations: 2, caught by their requirement: 2, caught by another one only: 0" in printed


def test_missed(suites: type[Suites], capsys: pytest.CaptureFixture[str]) -> None:
    """One that is missed is told, and the status says so."""
    suites.blind = frozenset({NAME})
    assert 1 == main([NAME])
    assert "| missed " in capsys.readouterr().out


def test_by_another(suites: type[Suites], capsys: pytest.CaptureFixture[str]) -> None:
    """To be caught by accident is not to be caught."""
    suites.blind = suites.strays = frozenset({NAME})
    assert 1 == main([NAME])
    assert "| by another | MFA-LOGIN-REALM " in capsys.readouterr().out


def test_elsewhere(suites: type[Suites], capsys: pytest.CaptureFixture[str]) -> None:
    """An unrelated red is found where everything is tried, and only there."""
    suites.strays = frozenset({NAME})
    assert 0 == main([NAME])
    assert 1 == main([NAME, "--write"])
    assert "| MFA-LOGIN-REALM |" in capsys.readouterr().out


def test_whole(capsys: pytest.CaptureFixture[str]) -> None:
    """Written first, the page tells what a run of everything finds; before, it does not."""
    assert 1 == main(["--whole"])
    assert "docs/power.md tells otherwise: --write writes it\n" in capsys.readouterr().out
    assert 0 == main(["--write"])
    assert 0 == main(["--whole"])
    assert page.read().keys() == DEVIATIONS.keys()


def test_equivalent_turns_red(suites: type[Suites], capsys: pytest.CaptureFixture[str]) -> None:
    """To turn red what is right is as wrong as to miss what is not."""
    suites.strays = frozenset({"answer-turned-around"})
    assert 1 == main(["--write"])
    told = "the equivalent answer-turned-around turns red: MFA-LOGIN-REALM\n"
    assert capsys.readouterr().out.endswith(told)


def test_sweeping(suites: type[Suites], capsys: pytest.CaptureFixture[str]) -> None:
    """What makes runs long is no fault; the run tells how to make the next one shorter."""
    suites.sweeping = frozenset({NAME, "associate-otp-without-secret"})
    assert 0 == main(["--write"])
    told = f"to save time, add to SWEEPING in tests/deviations/grouping.py: {NAME}\n"
    assert capsys.readouterr().out.endswith(told)


def test_write_some(capsys: pytest.CaptureFixture[str]) -> None:
    """Written for one, the page lacks the others, and says which."""
    assert 1 == main(["--write", NAME])
    assert "docs/power.md lacks access-token-blocked-by" in capsys.readouterr().out
    assert {NAME} == page.read().keys()


def test_new(capsys: pytest.CaptureFixture[str]) -> None:
    """What the page lacks can be tried without naming it, and what it has is kept."""
    main(["--write", NAME])
    capsys.readouterr()
    assert 0 == main(["--write", "--new"])
    assert f"deviations: {len(DEVIATIONS) - 1}, " in capsys.readouterr().out
    assert page.read().keys() == DEVIATIONS.keys()


def test_sample(capsys: pytest.CaptureFixture[str]) -> None:
    """A sample is told with the seed by which it can be had again."""
    assert 0 == main(["--sample", "1/8", "--seed", "7"])
    first = capsys.readouterr().out
    assert 0 == main(["--sample", "1/8", "--seed", "7"])
    assert first == capsys.readouterr().out
    assert f" of {len(DEVIATIONS)} deviations, chosen by --seed 7\n" in first


def test_failed_run(suites: type[Suites], capsys: pytest.CaptureFixture[str]) -> None:
    """Without an answer nothing is said of deviations."""
    suites.fails = True
    assert 2 == main([NAME])
    told = capsys.readouterr()
    assert ("", "no verdicts: it said nothing\n") == (told.out, told.err)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["reused-opt-accepted"], "unknown deviation 'reused-opt-accepted'; did you mean 'reused-"),
        (["zzz"], "unknown deviation 'zzz'; pytest --auth0-deviation=list prints all"),
        (["--sample", "8"], "argument --sample: '8' is no share: write 1/8, or 0.125"),
        (["-j", "0"], "argument -j/--jobs: '0' is no number of processes: write 1 or more"),
    ],
)
def test_mistake(arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What cannot be meant is told, with what to write."""
    with pytest.raises(SystemExit, match="2"):
        main(arguments)
    assert told in capsys.readouterr().err


def test_real_run() -> None:
    """The command as it is typed finds a deviation in a mock that listens."""
    ended = subprocess.run(
        [sys.executable, "-m", "tests.deviations", NAME, "-j", "1"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (0, "") == (ended.returncode, ended.stderr)
    assert "deviations: 1, caught by their requirement: 1" in ended.stdout
