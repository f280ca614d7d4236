"""Sets aside what a test will spend before it begins, and settles it afterwards.

A plugin of its own, whose `setup` comes within the wrappers of others: those that see no setup fail
in the teardown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from pytest_auth0_mfa.plugin import planning, repeating

if TYPE_CHECKING:
    from collections.abc import Generator

    from pytest_auth0_mfa.plugin.session import Session

_RESERVED: Final = pytest.StashKey[dict[str, int]]()
"""What a test was planned to spend, set aside until it is over."""


class Reserving:
    """Keeps the tests of a run within its budget."""

    def __init__(self, session: Session) -> None:
        """Spend from the ledger of this session."""
        self._session = session

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Set aside what a test will spend; raises `Untestable` where the budget lacks it."""
        settings = self._session.settings
        if planning.limits(settings).limits:
            spent = planning.estimate_of(item.config, item, settings)
            self._session.ledger.reserve(spent)
            item.stash[_RESERVED] = dict(spent)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_teardown(self, item: pytest.Item) -> Generator[None, object, object]:
        """Replace it by what was spent."""
        try:
            return (yield)
        finally:
            reserved = item.stash.get(_RESERVED, None)
            if reserved is not None:
                self._session.ledger.settle(reserved, repeating.spent_now(item, self._session))
                del item.stash[_RESERVED]
