"""What caught a deviation, told by real runs of the suites."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pytest_auth0_mfa.mock.deviations import DEVIATIONS
from tests.deviations import made_up
from tests.deviations.catching import catch
from tests.deviations.elsewhere import elsewhere
from tests.deviations.expected import CATALOGUE, pairs_of
from tests.deviations.found import Found
from tests.deviations.processes import Processes, RunFailedError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from tests.deviations.expected import Pair, Run, Verdicts

REUSED = DEVIATIONS["reused-otp-accepted"]
NARROW = pairs_of(each.id for each in CATALOGUE if each.id.startswith("MFA-VERIFY"))


@pytest.fixture(scope="module")
def processes() -> Iterator[Processes]:
    """One process that knows the deviations of `made_up` too."""
    running = Processes(1, [made_up.__name__])
    yield running
    running.close()


@pytest.fixture
def narrow(processes: Processes) -> Run:
    """Runs that try verification alone and take the rest for right, which saves time."""

    def run(
        deviations: Sequence[str], pairs: Collection[Pair] | None = None, *, until_red: bool = False
    ) -> Verdicts:
        others = dict.fromkeys(pairs or (), "conforms")
        some = NARROW & others.keys()
        judged = processes.run(deviations, some, until_red=until_red) if some else {}
        return {**others, **judged}

    return run


def test_caught(processes: Processes) -> None:
    """Its requirement turns red, for the factor that it is about."""
    found = Found(REUSED, catch(REUSED, processes.run))
    assert ("caught", frozenset({"otp"})) == (found.outcome, found.catch.factors)


def test_by_another(narrow: Run) -> None:
    """What another requirement turns red for is told with its id."""
    found = Found(made_up.BY_ANOTHER, catch(made_up.BY_ANOTHER, narrow))
    assert ("by another", "MFA-VERIFY-OLD-STEP") == (found.outcome, found.catch.instead)
    assert not found.is_good


def test_missed(narrow: Run) -> None:
    """What nothing turns red for is missed."""
    found = Found(made_up.MISSED, catch(made_up.MISSED, narrow))
    assert ("missed", "") == (found.outcome, found.catch.instead)
    assert not found.is_good


def test_elsewhere(narrow: Run) -> None:
    """Two in one mock: the one that turns another requirement red is told from the other."""
    found = elsewhere([made_up.MISSED, made_up.BY_ANOTHER], narrow)
    stray = frozenset({("MFA-VERIFY-OLD-STEP", "otp")})
    assert {"made-up-header": (frozenset(), 0), "made-up-old-step": (stray, 0)} == found


def test_until_red(processes: Processes) -> None:
    """A run that is to end at the first red judges nothing after it."""
    pairs = pairs_of(["MFA-VERIFY-REPLAY", "MFA-VERIFY-FOREIGN-CODE"])
    verdicts = processes.run([REUSED.name], pairs, until_red=True)
    assert ["violates"] == [each for each in verdicts.values() if each != "conforms"]
    assert len(verdicts) < len(pairs)


def test_nothing_is_left_of_a_run(processes: Processes) -> None:
    """Each run begins with a mock of its own: what was wrong before is right again."""
    pairs = pairs_of(["MFA-VERIFY-REPLAY"])
    assert "violates" in processes.run([REUSED.name], pairs).values()
    assert dict.fromkeys(pairs, "conforms") == processes.run([], pairs)


def test_failed_run(processes: Processes) -> None:
    """A run without verdicts is an error that quotes what was printed; the next one succeeds."""
    with pytest.raises(RunFailedError, match=r"(?s)no verdicts of no-such.*no deviation is called"):
        processes.run(["no-such-deviation"], pairs_of(["MFA-VERIFY-REPLAY"]))
    assert "conforms" in processes.run([], pairs_of(["MFA-VERIFY-REPLAY"])).values()


def test_without_fork() -> None:
    """Where nothing can fork, each run has a process of its own; once ended, none is started."""
    running = Processes(1, ["tests.deviations.without_fork"])
    try:
        for _ in range(2):
            verdicts = running.run([REUSED.name], pairs_of([REUSED.requirement]))
            assert "violates" == verdicts[REUSED.requirement, "otp"]
    finally:
        running.close()
    with pytest.raises(RunFailedError, match="have been ended"):
        running.run([])
