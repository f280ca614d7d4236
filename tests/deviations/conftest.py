"""What the suites find of deviations: begun when a session begins, looked at when it ends.

Each deviation is tried with its requirement, and a sample of them with everything. It takes
minutes in processes of their own, so that the other tests run meanwhile. `POWER` in the
environment asks for more: see `planning`.
"""

from __future__ import annotations

import os
from contextlib import ExitStack
from typing import TYPE_CHECKING, Final

import pytest

from pytest_auth0_mfa.mock.deviations import DEVIATIONS
from tests.deviations import equivalents
from tests.deviations.measuring import Measuring
from tests.deviations.planning import planned
from tests.deviations.processes import Processes

if TYPE_CHECKING:
    from pytest_auth0_mfa.mock.deviations import Deviation

BEGUN: Final = pytest.StashKey[Measuring]()
SAID: Final = pytest.StashKey[str]()
AT_ONCE: Final = 2


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests that wait for these runs last; the others keep their order."""
    items.sort(key=lambda item: item.get_closest_marker("power") is not None)


def pytest_collection_finish(session: pytest.Session) -> None:
    """Begin at once, unless several workers of pytest-xdist would all begin the same."""
    chosen = _deviations(session.items)
    config = session.config
    if not chosen or config.option.collectonly or hasattr(config, "workerinput"):
        return
    groups, said = planned(chosen, os.environ.get("POWER", ""))
    config.stash[BEGUN], config.stash[SAID] = _measuring(config), said
    config.stash[BEGUN].begin(chosen, groups)


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Say what was tried with everything, so that it can be tried again."""
    if SAID in config.stash:
        terminalreporter.write_line(config.stash[SAID])


@pytest.fixture(scope="session")
def power(request: pytest.FixtureRequest) -> Measuring:
    """What is found of the deviations that this session asks for."""
    config = request.config
    if BEGUN not in config.stash:
        config.stash[BEGUN] = _measuring(config)
    return config.stash[BEGUN]


@pytest.fixture(scope="session")
def chosen(request: pytest.FixtureRequest) -> set[str]:
    """The names of the deviations that this session asks for."""
    return {each.name for each in _deviations(request.session.items)}


def _measuring(config: pytest.Config) -> Measuring:
    """Make what measures, and end it with the session."""
    processes = Processes(AT_ONCE, [equivalents.__name__])
    measuring = Measuring(processes.run, AT_ONCE)
    ending = ExitStack()
    ending.callback(measuring.close)
    ending.callback(processes.close)
    config.add_cleanup(ending.close)
    return measuring


def _deviations(items: list[pytest.Item]) -> list[Deviation]:
    """The deviations that chosen tests ask for."""
    return [
        DEVIATIONS[str(item.callspec.params["deviation"])]
        for item in items
        if isinstance(item, pytest.Function)
        and hasattr(item, "callspec")
        and "deviation" in item.callspec.params
        and item.get_closest_marker("power")
    ]
