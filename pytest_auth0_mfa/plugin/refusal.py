"""What becomes of a mistake that shows when tests are collected: the run is refused.

A worker of pytest-xdist cannot end the run, and what it raises while it collects is lost. There
the tests concerned fail with the message instead.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import pytest

from pytest_auth0_mfa.errors import CatalogueError, SettingsError
from pytest_auth0_mfa.plugin import workers

if TYPE_CHECKING:
    from collections.abc import Iterator

REASON: Final = pytest.StashKey[str]()
"""Why a test is refused in a worker; not set for any other test."""

_NAME: Final = "auth0_mfa_refusal"


@contextmanager
def refusing_run() -> Iterator[None]:
    """Refuse the run where a setting is wrong."""
    try:
        yield
    except SettingsError as error:
        raise pytest.UsageError(f"auth0-mfa: {error}") from None


@contextmanager
def refusing_test(item: pytest.Item) -> Iterator[None]:
    """Refuse the run, or in a worker this test, where a setting or a requirement is wrong."""
    try:
        yield
    except SettingsError as error:
        _refuse(item, f"auth0-mfa: {error}")
    except CatalogueError as error:
        _refuse(item, f"auth0-mfa: {item.nodeid}: {error}")


def _refuse(item: pytest.Item, reason: str) -> None:
    if not workers.is_worker(item.config):
        raise pytest.UsageError(reason) from None
    item.stash[REASON] = reason
    if not item.config.pluginmanager.hasplugin(_NAME):
        item.config.pluginmanager.register(_Refusal(), _NAME)


class _Refusal:
    """Fails the refused tests of a worker before anything of theirs is set up."""

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        reason = item.stash.get(REASON, None)
        if reason is not None:
            pytest.fail(reason, pytrace=False)
