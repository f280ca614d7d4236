"""What a run leaves to others at its end: reports, properties of a JUnit file, annotations."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Final, Protocol, cast

import pytest

from pytest_auth0_mfa._version import __version__
from pytest_auth0_mfa.errors import SettingsError
from pytest_auth0_mfa.judge.catalogue import load_catalogue
from pytest_auth0_mfa.judge.report import report_document
from pytest_auth0_mfa.judge.verdict import Verdict
from pytest_auth0_mfa.plugin.scrubbing import OURS
from pytest_auth0_mfa.reports import write

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytest_auth0_mfa.plugin.session import Session

_ADDS_PROPERTIES: Final = "add_global_property"
"""The method of pytest's JUnit plugin behind the fixture `record_testsuite_property`."""


class _JUnit(Protocol):
    def add_global_property(self, name: str, value: object) -> None: ...


class Publishing:
    """Tells the JUnit file of the run, before pytest writes it."""

    def __init__(self, session: Session) -> None:
        """Speak of this run."""
        self._session = session

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Add what the run was about, where there is a file and anything was judged."""
        if self._session.record.is_empty:
            return
        for plugin in session.config.pluginmanager.get_plugins():
            if hasattr(plugin, _ADDS_PROPERTIES):
                for name, value in properties(self._session):
                    cast("_JUnit", plugin).add_global_property(OURS + name, value)


def properties(session: Session) -> Iterator[tuple[str, str]]:
    """What is said of the run as a whole."""
    facts = session.facts()
    yield "run", facts.id
    yield "tenant", facts.tenant
    yield "mock", str(facts.mock).lower()
    yield "workers", str(facts.workers)
    yield "version", __version__
    for verdict in Verdict:
        yield verdict.value, str(session.record.count(verdict))


def write_reports(session: Session) -> list[str]:
    """Write every report that was asked for; returns what could not be written, and why."""
    if not session.settings.reports:
        return []
    document = _document(session)
    faults = (_fault(document, path) for path in session.settings.reports)
    return [fault for fault in faults if fault]


def _fault(document: dict[str, Any], path: Path) -> str | None:
    """Write one report; returns why it could not be, None where it was."""
    try:
        write(document, path)
    except SettingsError as error:
        return f"--auth0-report={error}"
    return None


def annotate(reporter: pytest.TerminalReporter, session: Session) -> None:
    """Write GitHub's workflow commands, where this is one of its jobs."""
    if os.environ.get("GITHUB_ACTIONS") != "true":
        return
    from pytest_auth0_mfa.reports.annotations import commands  # noqa: PLC0415 - lazily

    for line in commands(_document(session)):
        reporter.write_line(line)


def _document(session: Session) -> dict[str, Any]:
    return report_document(session.record, session.facts(), load_catalogue())
