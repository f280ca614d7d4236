"""Covers what no report of a test carries: warnings, collection, crashes, streams, ids of tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pytest_auth0_mfa.errors import SettingsError
from pytest_auth0_mfa.plugin import scrubbing, streams
from pytest_auth0_mfa.plugin.refusal import refusing_run, refusing_test

if TYPE_CHECKING:
    import warnings
    from collections.abc import Generator

    from pytest_auth0_mfa.api.redaction import Redactor


class Covering:
    """Takes the secrets that a redactor knows out of whatever else a run writes."""

    def __init__(self, config: pytest.Config, redactor: Redactor) -> None:
        """Cover what there is of the run's streams."""
        self._config = config
        self._redactor = redactor
        streams.cover(config, redactor)

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionstart(self) -> None:
        """Cover the streams that have been opened since."""
        streams.cover(self._config, self._redactor)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_make_collect_report(
        self,
    ) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
        """Take secrets out of what a module prints and raises while it is imported."""
        report = yield
        scrubbing.scrub_collected(report, self._redactor)
        return report

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Refuse ids that hold a secret: they go to caches, reports and other processes."""
        for item in items:
            with refusing_test(item):
                self._check(item.nodeid)

    @pytest.hookimpl(tryfirst=True, optionalhook=True)
    def pytest_xdist_node_collection_finished(self, ids: list[str]) -> None:
        """The same for ids that a worker has collected."""
        with refusing_run():
            for nodeid in ids:
                self._check(nodeid)

    def _check(self, nodeid: str) -> None:
        name, bracket, parameters = nodeid.partition("[")
        shown = bracket and self._redactor.scrub_known(parameters)
        if shown != parameters:
            raise SettingsError(
                f"{name}[{shown}: a secret is part of the id of this test, which pytest writes "
                "everywhere; name the parameters, as in parametrize(..., ids=[...])"
            )

    @pytest.hookimpl(tryfirst=True)
    def pytest_warning_recorded(self, warning_message: warnings.WarningMessage) -> None:
        """Take secrets out of a warning before anybody keeps it."""
        scrubbing.scrub_warning(warning_message, self._redactor)

    @pytest.hookimpl(tryfirst=True)
    def pytest_keyboard_interrupt(self, excinfo: pytest.ExceptionInfo[BaseException]) -> None:
        """Take secrets out of the reason of `pytest.exit`."""
        scrubbing.scrub_exception(excinfo.value, self._redactor)

    @pytest.hookimpl(tryfirst=True)
    def pytest_internalerror(self, excrepr: object) -> None:
        """Take secrets out of the traceback of a plugin that crashed."""
        scrubbing.scrub_representation(excrepr, self._redactor)
