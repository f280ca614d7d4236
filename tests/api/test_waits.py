"""What a run waits for: counted by cause, and spoken of where it is long."""

from __future__ import annotations

import pytest

from pytest_auth0_mfa.api.recorder import Recorder
from pytest_auth0_mfa.api.spend import Spend
from pytest_auth0_mfa.api.waits import LONG_S, Cause, lasting, summed_up


@pytest.mark.parametrize("cause", Cause)
def test_counted_by_cause(cause: Cause) -> None:
    """A wait counts once in the whole, and once for its cause."""
    spend = Spend()
    spend.wait(cause, 2.5)
    spend.wait(cause, 1)
    counted = {name: count for name, count in spend.to_json().items() if count}
    assert {"waited_s": 3.5, cause.counter: 3.5} == counted


def test_only_long_waits_are_spoken_of() -> None:
    """Whoever listens hears of what lasts, or has lasted, five seconds."""
    heard: list[tuple[Cause, float]] = []
    recorder = Recorder()
    recorder.on_wait = lambda cause, left_s: heard.append((cause, left_s))
    recorder.will_wait(Cause.STEP, LONG_S - 0.1)
    recorder.still_waits(Cause.MESSAGE, 1, 29)
    assert [] == heard
    recorder.will_wait(Cause.STEP, 29)
    recorder.still_waits(Cause.MESSAGE, 6, 24)
    assert [(Cause.STEP, 29), (Cause.MESSAGE, 24)] == heard
    assert LONG_S - 0.1 + 29 == recorder.spend.waited_s


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(0.44, "0.4 s"), (5, "5 s"), (59.6, "1 min"), (60, "1 min"), (190, "3 min 10 s")],
)
def test_durations(seconds: float, told: str) -> None:
    """As people say them."""
    assert told == lasting(seconds)


def test_sum() -> None:
    """The longest first, and nothing of what took no second."""
    spend = Spend()
    assert not summed_up(spend.to_json())
    spend.wait(Cause.MESSAGE, 0.3)
    assert "waited 0.3 s" == summed_up(spend.to_json())
    spend.wait(Cause.STEP, 30)
    spend.wait(Cause.LIMIT, 160)
    told = "waited 3 min 10 s: 2 min 40 s for rate limits, 30 s for one-time passwords"
    assert told == summed_up(spend.to_json())
    assert "waited 12 s" == summed_up({"waited_s": 12})
