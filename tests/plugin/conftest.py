"""A user's project, in which pytest runs with the plugin installed."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest

from pytest_auth0_mfa.mock.server import MockServer
from tests.plugin.administered import administer
from tests.plugin.hidden import hide

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tests.plugin.administered import Administered
    from tests.plugin.hidden import Hidden, Serve

TIMEOUT_S = 60
QUICK = ("-p", "no:cacheprovider", "-p", "no:hypothesispytest")
"""Plugins that a user's project can do without; that of Hypothesis loads it in every run."""

LOADED_ONCE = (
    "cryptography.hazmat.primitives.asymmetric.rsa",
    "dotenv",
    "jsonschema",
    "prettytable",
    "pytest_auth0_mfa.judge.tokens",
    "pytest_auth0_mfa.mock.server",
    "pytest_auth0_mfa.plugin.hooks",
)


@dataclass(frozen=True, slots=True)
class Ended:
    """How a run of pytest ended: exit status, everything printed, how many tests had which end."""

    status: int
    text: str
    outcomes: dict[str, int]


@dataclass(frozen=True, slots=True)
class Project:
    """The user's project; `run` runs pytest in this process, `run_apart` in one of its own."""

    pytester: pytest.Pytester

    def write(self, **files: str) -> None:
        """Write test modules, by their names without suffix."""
        self.pytester.makepyfile(**files)

    def run(self, *arguments: str) -> Ended:
        """Run pytest here."""
        return _ended(self.pytester.runpytest_inprocess(*QUICK, *arguments))

    def run_apart(self, *arguments: str) -> Ended:
        """Run pytest in a process of its own, as workers and encodings need it."""
        result = self.pytester.runpytest_subprocess(*QUICK, *arguments, timeout=TIMEOUT_S)
        return _ended(result)

    def report(self, *arguments: str) -> tuple[Ended, dict[str, Any]]:
        """Run pytest here with a JSON report and return both."""
        ended = self.run("--auth0-report=r.json", *arguments)
        return ended, json.loads((self.pytester.path / "r.json").read_text("utf-8"))


def _ended(result: pytest.RunResult) -> Ended:
    lines = [*result.outlines, *result.errlines]
    try:
        outcomes = result.parseoutcomes()
    except ValueError:
        outcomes = {}
    return Ended(int(result.ret), "\n".join(lines), outcomes)


@pytest.fixture(scope="session", autouse=True)
def modules_that_load_once() -> None:
    """Load what cannot be loaded anew for each run inside this process.

    pytester forgets the modules that a run has loaded; extension modules written in Rust refuse
    to be initialised twice (https://pyo3.rs, "may only be initialized once per interpreter").
    """
    for name in LOADED_ONCE:
        import_module(name)


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch, bare_environment: dict[str, str]) -> None:
    """Take away variables of the machine that would change a run."""
    for name in os.environ.keys() - bare_environment.keys() - {"PYTEST_CURRENT_TEST"}:
        monkeypatch.delenv(name)


@pytest.fixture
def project(pytester: pytest.Pytester) -> Project:
    """A project without tests, with the plugin installed."""
    return Project(pytester)


@pytest.fixture
def one_test(project: Project) -> Iterator[Project]:
    """A project with one test, which needs a fixture of ours and would leave a trace if it ran."""
    project.write(
        test_one="""
        from pathlib import Path

        def test_one(mfa_token):
            Path("it-ran").touch()
        """
    )
    yield project
    assert not (project.pytester.path / "it-ran").exists()


@pytest.fixture(scope="module")
def mock() -> Iterator[Mapping[str, object]]:
    """A mock tenant."""
    with MockServer(seed=3) as server:
        yield server.info


@pytest.fixture
def hidden(project: Project, mock: Mapping[str, object], serve: Serve) -> Hidden:
    """A tenant without control plane, whose credentials are in `.env`, its users in a profile."""
    return hide(project, mock, serve)


@pytest.fixture
def administered(
    project: Project, serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Administered]:
    """A tenant without control plane of this test alone, and its administrator."""
    monkeypatch.setenv("XDG_STATE_HOME", str(project.pytester.path / "state"))
    with MockServer(seed=4) as server:
        yield administer(project, server.info, serve)
