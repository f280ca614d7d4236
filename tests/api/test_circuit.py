"""When a tenant counts as lost."""

from __future__ import annotations

import pytest

from pytest_auth0_mfa.api.circuit import FAILURES, LASTING_S, Aside, Circuit


class Time:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        """Begin at 0."""
        self.seconds = 0.0

    def now(self) -> float:
        """The present."""
        return self.seconds


@pytest.fixture
def time() -> Time:
    """The clock of a test."""
    return Time()


@pytest.fixture
def circuit(time: Time) -> Circuit:
    """A circuit on that clock."""
    return Circuit(time.now)


def fail(circuit: Circuit, time: Time, times: int, lasting_s: float) -> None:
    """Fail so often in so long a time."""
    for _ in range(times - 1):
        circuit.failed("POST /x: nothing answers there")
        time.seconds += lasting_s / (times - 1)
    circuit.failed("POST /x: nothing answers there")


def test_opens(circuit: Circuit, time: Time) -> None:
    """Often enough in a row, for long enough; the reason tells both, and the last cause."""
    fail(circuit, time, FAILURES, LASTING_S)
    told = circuit.reason or ""
    assert f"for {LASTING_S:.0f} s, {FAILURES} times in a row" in told
    assert told.endswith("the last time POST /x: nothing answers there")


def test_stays_open(circuit: Circuit, time: Time) -> None:
    """A run that was broken off is not taken up again half-way."""
    fail(circuit, time, FAILURES, LASTING_S)
    told = circuit.reason
    circuit.answered()
    assert (told, True) == (circuit.reason, told is not None)


def test_few_failures(circuit: Circuit, time: Time) -> None:
    """However long they are apart."""
    fail(circuit, time, FAILURES - 1, 100 * LASTING_S)
    assert circuit.reason is None


def test_short_outage(circuit: Circuit, time: Time) -> None:
    """A tenant that restarts is not lost, however often it is asked meanwhile."""
    fail(circuit, time, 10 * FAILURES, LASTING_S - 1)
    assert circuit.reason is None


def test_answer_in_between(circuit: Circuit, time: Time) -> None:
    """Failures count in a row only."""
    fail(circuit, time, FAILURES - 1, LASTING_S)
    circuit.answered()
    fail(circuit, time, FAILURES - 1, LASTING_S)
    assert circuit.reason is None


def test_aside(circuit: Circuit, time: Time) -> None:
    """Failures of the control plane count; its answers do not say that the tenant is heard."""
    aside = Aside(circuit)
    for _ in range(FAILURES):
        aside.failed("gone")
        aside.answered()
        time.seconds += LASTING_S
    assert aside.reason is not None
    assert aside.reason == circuit.reason
