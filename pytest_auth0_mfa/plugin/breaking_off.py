"""Breaking a run off: once the tenant is lost, no further test of a requirement is begun.

Each is reported as untested, with the reason, so that every requirement is accounted for. A worker
of pytest-xdist finds out for itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pytest_auth0_mfa.errors import Untestable
from pytest_auth0_mfa.judge.report import BROKEN_OFF
from pytest_auth0_mfa.plugin.outcomes import CASE

if TYPE_CHECKING:
    from pytest_auth0_mfa.plugin.session import Session


class BreakingOff:
    """Refuses to set up what cannot succeed."""

    def __init__(self, session: Session) -> None:
        """Look at the tenant of this run."""
        self._session = session

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Skip a test of a requirement where the tenant is lost."""
        if CASE in item.stash and self._session.lost:
            raise Untestable(f"{BROKEN_OFF}{self._session.lost}")
