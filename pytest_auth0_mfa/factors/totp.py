"""A one-time password generator in the user's hand.

Computes codes through `pyotp` for the tenant's clock and never hands out a step twice (`steps`): a
tenant refuses a code that was used. Source of the parameters (SHA-1, 6 digits, 30 s):
https://github.com/auth0/go-auth0/tree/d5be7536/test/data/recordings/authentication
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import pyotp

from pytest_auth0_mfa.api.waits import Cause
from pytest_auth0_mfa.errors import Prerequisite

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pytest_auth0_mfa.api.secret import Secret
    from pytest_auth0_mfa.tenant.clock import UserClock

    Claim = Callable[[str, Iterable[int]], int | None]

STEP_S: Final = 30
_MARGIN_S: Final = 4
"""A code of the previous step is not offered in the last seconds of the current one."""


class Totp:
    """One generator: the secret of an enrollment on the clock of its user."""

    def __init__(
        self,
        secret: str,
        clock: UserClock,
        learn: Callable[[str, str], Secret],
        claim: Claim,
    ) -> None:
        """Generate codes for `secret` (base32); `learn` marks each as a secret of the run.

        `claim` takes a step that nobody has used, of those named.
        """
        try:
            self._totp = pyotp.TOTP(secret)
            self._totp.at(0)
        except ValueError as error:
            raise Prerequisite(f"no codes can be made from the secret: {error}") from None
        self._clock = clock
        self._learn = learn
        self._claim = partial(claim, secret)

    def code(self) -> Secret:
        """A code that the tenant accepts now and has not seen.

        Moves the user's clock to the next step where the clock can be moved. Elsewhere the
        previous step, which the tenant accepts too, saves a wait; only then it waits.
        """
        while (step := self._claim(self._offered())) is None:
            self._to_next_step()
        return self.code_of(step)

    def previous_code(self) -> Secret:
        """The unused code of the step before the current one, early in the current one."""
        while (step := self._claim(self._previous())) is None:
            self._to_next_step()
        return self.code_of(step)

    def old_code(self) -> Secret:
        """An unused code, three steps old; raises `Untestable` where time cannot be moved."""
        self._clock.travel(5 * STEP_S, "a code that is old but was never used")
        return self.code_of(self._step() - 3)

    def wrong_code(self) -> Secret:
        """A well-formed code that is not that of any step near the current one."""
        near = {self._totp.at((self._step() + shift) * STEP_S) for shift in range(-5, 6)}
        wrong = next(code for code in _candidates() if code not in near)
        return self._learn(wrong, "otp")

    def code_of(self, step: int) -> Secret:
        """The code of a step, counted from the epoch."""
        return self._learn(self._totp.at(step * STEP_S), "otp")

    def _offered(self) -> list[int]:
        """Steps that the tenant accepts now, in the order in which they save waiting."""
        return [*([] if self._clock.movable else self._previous()), self._step()]

    def _previous(self) -> list[int]:
        return [self._step() - 1] if self._may_look_back() else []

    def _to_next_step(self) -> None:
        self._clock.pass_seconds(STEP_S - self._clock.now() % STEP_S + 1, Cause.STEP)

    def _step(self) -> int:
        return int(self._clock.now() // STEP_S)

    def _may_look_back(self) -> bool:
        return self._clock.now() % STEP_S < STEP_S - _MARGIN_S


def _candidates() -> list[str]:
    return [f"{number:06d}" for number in range(135_790, 135_810)]
