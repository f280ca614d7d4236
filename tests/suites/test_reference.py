"""The suites against the mock, which must be without fault however it is reached."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from pytest_auth0_mfa.mock.server import MockServer
from tests.conftest import ROOT, passed_on

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.conftest import Received, Reply, SuitesRun

    Serve = Callable[[Callable[[Received], Reply]], str]

A_TIME_STEP_S = 30


@pytest.fixture(scope="module")
def mock_url() -> Iterator[str]:
    """The URL of a mock that runs on its own."""
    with MockServer(seed=1) as server:
        yield str(server.info["url"])


@pytest.fixture(scope="module")
def proxied_url(mock_url: str, serve: Serve) -> str:
    """The URL of a proxy in front of that mock; it passes the `Host` header on."""
    return serve(partial(passed_on, mock_url))


def without_fault(run: SuitesRun) -> None:
    """Check that a run of all suites found everything as it must be."""
    assert 0 == run.status, run.text
    assert {"conforms"} == set(run.verdicts().values())
    assert len(run.verdicts()) > 100


def test_embedded(run_suites: Callable[..., SuitesRun]) -> None:
    """On the mock of the run itself every requirement is kept."""
    without_fault(run_suites())


def test_readme_shows_the_matrix(run_suites: Callable[..., SuitesRun]) -> None:
    """What the README shows of a run is what a run shows."""
    readme = (ROOT / "README.md").read_text("utf-8")
    shown = readme.partition("auth0 mfa conformance ")[2].partition("```")[0].splitlines()[1:]
    told = {" ".join(line.split()) for line in run_suites().text.splitlines()}
    assert 20 < len(shown)
    assert [] == [line for line in shown if " ".join(line.split()) not in told]


def test_every_documented_response_is_observed(run_suites: Callable[..., SuitesRun]) -> None:
    """A run of all suites sees each response that has a schema, as it should be."""
    responses = run_suites().report["responses"]
    assert len(responses) > 50
    assert [] == [each["id"] for each in responses if not each["observed"]]


def test_distributed(run_suites: Callable[..., SuitesRun]) -> None:
    """Two workers come to the same end."""
    without_fault(run_suites("-n", "2"))


def test_by_url(run_suites: Callable[..., SuitesRun], mock_url: str) -> None:
    """Credentials, users and clock of a mock are found at its URL."""
    run = run_suites(f"--auth0-tenant={mock_url}")
    without_fault(run)
    assert (mock_url, True) == (run.report["run"]["tenant"], run.report["run"]["mock"])


def test_through_a_proxy(run_suites: Callable[..., SuitesRun], proxied_url: str) -> None:
    """A proxy in between changes nothing: host names follow the request."""
    without_fault(run_suites(f"--auth0-tenant={proxied_url}", "--auth0-factors=otp,sms"))


@pytest.mark.parametrize("options", [(), ("-n", "2")])
def test_provisioned(
    run_suites: Callable[..., SuitesRun], tmp_path: Path, options: tuple[str, ...]
) -> None:
    """Users that are created through the Management API change nothing, and none is left."""
    profile = tmp_path / "p.toml"
    profile.write_text('users = "management"\n', "utf-8")
    run = run_suites(f"--auth0-profile={profile}", "--auth0-factors=email", *options)
    without_fault(run)
    spent = run.report["spend"]
    assert (2 * spent["users"], True) == (spent["management"], spent["users"] > 50)
    assert f"auth0-mfa: removed {spent['users']} users" in run.text


def test_of_one_factor(run_suites: Callable[..., SuitesRun]) -> None:
    """A choice of factors judges these and what is bound to no factor."""
    run = run_suites("--auth0-factors=recovery-code")
    without_fault_of = {factor for _, factor in run.verdicts()}
    assert (0, {"any", "recovery-code"}) == (run.status, without_fault_of)


def test_nothing_waits(run_suites: Callable[..., SuitesRun]) -> None:
    """On a mock no time step is waited for: time is moved, and messages come at once."""
    assert run_suites().report["spend"]["waited_s"] < A_TIME_STEP_S
