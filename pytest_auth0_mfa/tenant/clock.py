"""The tenant's clock as one user sees it: moved where the tenant lets us, waited for elsewhere."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from pytest_auth0_mfa.api.tenant_time import TenantTime
from pytest_auth0_mfa.api.waits import Cause
from pytest_auth0_mfa.errors import Untestable

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_auth0_mfa.api.recorder import Recorder


class UserClock:
    """The clock by which everything of one user is measured, in seconds.

    `move` advances the clock of that user at the tenant by seconds; None on a tenant
    whose clock nobody moves. `tenant_time` says how far the tenant's clock is from ours.
    """

    def __init__(
        self,
        recorder: Recorder,
        move: Callable[[float], None] | None = None,
        tenant_time: TenantTime | None = None,
    ) -> None:
        """Start at the present time."""
        self._tenant_time = tenant_time or TenantTime()
        self._recorder = recorder
        self._move = move
        self._ahead_s = 0.0

    @property
    def movable(self) -> bool:
        """Whether time can be made to pass without waiting."""
        return self._move is not None

    def now(self) -> float:
        """Seconds since the epoch at the tenant."""
        return time.time() + self._tenant_time.ahead_s + self._ahead_s

    def pass_seconds(self, seconds: float, cause: Cause = Cause.DECISION) -> None:
        """Let a short time pass: moved where possible, waited for elsewhere."""
        if self._move is not None:
            self._advance(seconds)
            return
        self._recorder.will_wait(cause, seconds)
        time.sleep(seconds)

    def travel(self, seconds: float, purpose: str) -> None:
        """Let a long time pass; raises `Untestable` where that would mean to wait for it."""
        if self._move is None:
            raise Untestable(
                f"{purpose} needs {seconds / 60:.0f} minutes to pass, and this tenant's clock "
                "cannot be moved"
            )
        self._advance(seconds)

    def _advance(self, seconds: float) -> None:
        assert self._move is not None  # noqa: S101 - for the type checker; both callers looked
        self._move(seconds)
        self._ahead_s += seconds
