"""What a run is waiting for, told while it waits.

A plain line, so that it reads the same on a terminal and in the log of a pipeline, and no more than
one in half a minute. Processes of pytest-xdist have no terminal and say nothing; what they
waited is in the summary.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from pytest_auth0_mfa.api.waits import lasting
from pytest_auth0_mfa.plugin.console import uncaptured

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

    from pytest_auth0_mfa.api.waits import Cause

APART_S: Final = 30.0
_SILENT: Final = -2
"""The verbosity of `-qq`, at which pytest itself says next to nothing."""


class Progress:
    """Speaks of long waits."""

    def __init__(self, config: pytest.Config, now: Callable[[], float] = time.monotonic) -> None:
        """Speak through the reporter of this run; `now` is in seconds."""
        self._config = config
        self._now = now
        self._silent_until = float("-inf")

    def __call__(self, cause: Cause, left_s: float) -> None:
        """Say what is waited for and how long it may take, unless that was said a moment ago."""
        reporter = self._config.pluginmanager.getplugin("terminalreporter")
        is_silent = self._config.get_verbosity() <= _SILENT
        if reporter is None or is_silent or self._now() < self._silent_until:
            return
        self._silent_until = self._now() + APART_S
        with uncaptured(self._config):
            reporter.ensure_newline()
            reporter.write_line(
                f"auth0-mfa: waiting for {cause.awaited}, {lasting(round(left_s))} at most"
            )
            reporter.flush()
