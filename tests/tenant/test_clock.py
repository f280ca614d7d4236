"""The clock of a user: moved where the tenant allows it, waited for elsewhere."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from pytest_auth0_mfa.api.recorder import Recorder
from pytest_auth0_mfa.api.secret import Secret
from pytest_auth0_mfa.errors import Untestable
from pytest_auth0_mfa.factors.steps import Steps
from pytest_auth0_mfa.factors.totp import Totp
from pytest_auth0_mfa.tenant import clock as clock_module
from pytest_auth0_mfa.tenant.clock import UserClock

if TYPE_CHECKING:
    from collections.abc import Callable

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
NOON = 1_800_000_000.0


class FakeTime:
    """Stands for the module `time`: sleeping moves it and takes no time."""

    def __init__(self, now: float) -> None:
        """Begin at `now`."""
        self.now = now
        self.slept: list[float] = []

    def time(self) -> float:
        """The present."""
        return self.now

    def sleep(self, seconds: float) -> None:
        """Let time pass."""
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def wall(monkeypatch: pytest.MonkeyPatch) -> FakeTime:
    """A wall clock that stands still at the beginning of a step of 30 seconds."""
    fake = FakeTime(NOON)
    monkeypatch.setattr(clock_module, "time", fake)
    return fake


@pytest.fixture
def recorder() -> Recorder:
    """The recorder that counts what was waited for."""
    return Recorder()


class TestMovable:
    """A tenant whose clock may be moved."""

    def test_moves_instead_of_waiting(self, wall: FakeTime, recorder: Recorder) -> None:
        """Both lengths of time are asked of the tenant, and the user's clock follows."""
        moved: list[float] = []
        clock = UserClock(recorder, moved.append)
        clock.pass_seconds(30)
        clock.travel(601, "expiry")
        assert ([30, 601], [], NOON + 631) == (moved, wall.slept, clock.now())
        assert 0 == recorder.spend.waited_s

    def test_clocks_are_apart(self, wall: FakeTime, recorder: Recorder) -> None:
        """One user's time travel does not concern another."""
        first, second = (UserClock(recorder, lambda _: None) for _ in range(2))
        first.travel(601, "expiry")
        assert (NOON + 601, wall.now) == (first.now(), second.now())


class TestFixed:
    """A tenant whose clock nobody moves."""

    def test_waits_for_a_short_time(self, wall: FakeTime, recorder: Recorder) -> None:
        """A step is waited for, and counted."""
        UserClock(recorder).pass_seconds(12.5)
        assert ([12.5], 12.5) == (wall.slept, recorder.spend.waited_s)

    def test_never_waits_for_a_long_time(self, wall: FakeTime, recorder: Recorder) -> None:
        """An expiry is not waited for: the requirement cannot be exercised here."""
        with pytest.raises(Untestable, match="the mfa_token to expire needs 10 minutes to pass"):
            UserClock(recorder).travel(601, "the mfa_token to expire")
        assert [] == wall.slept


@pytest.fixture
def totp_of(recorder: Recorder) -> Callable[[str], Totp]:
    """A maker of generators on a clock that can be moved, or not."""
    steps = Steps()

    def make(clock: str) -> Totp:
        move = (lambda _: None) if clock == "movable" else None
        return Totp(SECRET, UserClock(recorder, move), Secret, partial(steps.claim, "a-user"))

    return make


@pytest.mark.usefixtures("wall")
class TestCodes:
    """One-time passwords on such clocks."""

    @pytest.mark.parametrize("clock", ["movable", "fixed"])
    def test_no_step_is_used_twice(self, totp_of: Callable[[str], Totp], clock: str) -> None:
        """A tenant refuses a used code, so every code is of a step of its own."""
        totp = totp_of(clock)
        codes = [totp.code() for _ in range(4)]
        assert 4 == len(set(codes))
        assert all(len(code) == 6 and code.isdigit() for code in codes)

    def test_no_step_is_used_by_two(self, totp_of: Callable[[str], Totp], wall: FakeTime) -> None:
        """Two generators of one secret share its steps, and only the third code waits."""
        one, other = totp_of("fixed"), totp_of("fixed")
        codes = [one.code(), other.code()]
        assert [] == wall.slept
        codes += [one.code(), other.previous_code()]
        assert (4, 3) == (len(set(codes)), len(wall.slept))

    def test_previous_step_saves_a_wait(
        self, totp_of: Callable[[str], Totp], wall: FakeTime
    ) -> None:
        """Two codes cost nothing on a fixed clock: that of the step before is accepted too."""
        totp = totp_of("fixed")
        first, second = totp.code(), totp.code()
        step = int(NOON // 30)
        assert [totp.code_of(step - 1), totp.code_of(step)] == [first, second]
        assert [] == wall.slept

    def test_third_code_waits_for_the_next_step(
        self, totp_of: Callable[[str], Totp], wall: FakeTime
    ) -> None:
        """Only then the generator waits, and no longer than a step."""
        totp = totp_of("fixed")
        for _ in range(3):
            totp.code()
        assert [31] == wall.slept

    def test_step_that_is_about_to_end(
        self, totp_of: Callable[[str], Totp], wall: FakeTime
    ) -> None:
        """In its last seconds the step before is not offered: it would be refused on arrival."""
        wall.now = NOON + 28
        totp = totp_of("fixed")
        assert totp.code_of(int(NOON // 30)) == totp.code()

    def test_previous_code(self, totp_of: Callable[[str], Totp]) -> None:
        """The code of the step before is one that was not used."""
        totp = totp_of("movable")
        used = totp.code()
        previous = totp.previous_code()
        assert used != previous
        assert previous != totp.code()

    def test_old_code_needs_a_movable_clock(self, totp_of: Callable[[str], Totp]) -> None:
        """Elsewhere one would have to wait."""
        assert 6 == len(totp_of("movable").old_code())
        with pytest.raises(Untestable):
            totp_of("fixed").old_code()

    @pytest.mark.parametrize("offset", [0, 12_345, 999_999])
    def test_wrong_code_is_wrong_for_a_while(
        self, totp_of: Callable[[str], Totp], wall: FakeTime, offset: int
    ) -> None:
        """It is none of the codes around now, so it cannot become right on its way."""
        wall.now = NOON + offset
        totp = totp_of("movable")
        step = int(wall.now // 30)
        near = {totp.code_of(step + shift) for shift in range(-5, 6)}
        assert totp.wrong_code() not in near

    def test_codes_are_masked(self, totp_of: Callable[[str], Totp]) -> None:
        """A code is a secret of the run."""
        assert "<otp>" == repr(totp_of("movable").code())
