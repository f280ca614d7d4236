"""Sets aside what a test will spend before it begins, and settles it afterwards.

A plugin of its own, whose `setup` comes within the wrappers of others: those that see no setup fail
in the teardown.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

import pytest

from pytest_auth0_mfa.plugin import costs, planning, repeating, sparing

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
        self._items: list[pytest.Item] = []

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Take note of what will run."""
        self._items = session.items

    @cached_property
    def _spared(self) -> sparing.Spared:
        """What a tenant is spared that sends real messages; an embedded mock sends none."""
        if self._session.settings.target.kind == "mock":
            return sparing.NOBODY
        return sparing.spared(self._session.config, self._items, self._session.settings)

    def _spare(self, item: pytest.Item) -> None:
        """Raise `Untestable` where a real tenant is spared this test, or one that rehearses it."""
        if item not in self._spared:
            return
        if costs.is_real(self._session.settings) or self._session.tenant.rehearses:
            self._spared.check(item)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Set aside what a test will spend; raises `Untestable` where the budget lacks it."""
        self._spare(item)
        settings = self._session.settings
        if planning.limits(settings).limits:
            spent = costs.estimate_of(item.config, item, settings)
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
