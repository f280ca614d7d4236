"""Several tenants in one run: each judged by itself, then laid side by side."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from pytest_auth0_mfa.mock.server import MockServer
from tests.plugin.test_usage_errors import message

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tests.plugin.conftest import Project
    from tests.plugin.hidden import Hidden

CHOSEN = ("--auth0-conformance", "--auth0-factors=otp", "-k")
JUDGED = (*CHOSEN, "test_used_code_is_refused or test_wrong_code_is_refused")
DIFFERENT = "MFA-VERIFY-REPLAY [otp]"


@pytest.fixture(scope="module")
def wrong() -> Iterator[Mapping[str, object]]:
    """A mock tenant that accepts used codes."""
    with MockServer(["reused-otp-accepted"], seed=4) as server:
        yield server.info


@pytest.fixture
def both(mock: Mapping[str, object], wrong: Mapping[str, object]) -> tuple[str, str]:
    """The options that name the right tenant and the wrong one."""
    return f"--auth0-tenant={mock['url']}", f"--auth0-tenant={wrong['url']}"


def test_each_is_judged(project: Project, both: tuple[str, str]) -> None:
    """Both are judged, the differences are shown, and the gravest exit status is the run's."""
    ended = project.run_apart(*JUDGED, *both)
    assert 1 == ended.status
    compared = ended.text.partition("side by side")[2]
    row = next(line for line in compared.splitlines() if line.strip().startswith(DIFFERENT))
    assert ["conforms", "violates"] == row.split()[-2:]
    assert "MFA-VERIFY-WRONG-CODE [otp]" not in compared


@pytest.mark.parametrize("workers", [(), ("-n", "2")])
def test_each_has_its_files(
    project: Project, both: tuple[str, str], workers: tuple[str, ...]
) -> None:
    """Reports carry the name of the tenant, so that none overwrites another."""
    project.run_apart(*JUDGED, *both, "--auth0-report=mfa.json", "--junitxml=junit.xml", *workers)
    verdicts = {
        path.name: json.loads(path.read_text("utf-8"))["summary"]["violates"]
        for path in project.pytester.path.glob("mfa*.json")
    }
    names = [option.partition("://")[2].replace(":", "-") for option in both]
    assert {f"mfa.{names[0]}.json": 0, f"mfa.{names[1]}.json": 1} == verdicts
    assert 2 == len(list(project.pytester.path.glob("junit.*.xml")))


def test_agreement_is_said(project: Project, both: tuple[str, str]) -> None:
    """Where no verdict differs, that is what is said."""
    ended = project.run_apart(*CHOSEN, "test_wrong_code_is_refused", *both)
    assert 0 == ended.status
    assert "the same verdicts on all of them" in ended.text


def test_one_that_cannot_be_reached(project: Project, both: tuple[str, str]) -> None:
    """It is not judged, which is said and fails the run; the other is judged all the same."""
    ended = project.run_apart(*JUDGED, both[0], "--auth0-tenant=http://127.0.0.1:9")
    assert 4 == ended.status
    assert "http://127.0.0.1:9: not judged, see above" in ended.text
    assert "2 passed" in ended.text


def test_named_twice(one_test: Project) -> None:
    """A tenant that is named twice is a mistake."""
    told = message(one_test.run("--auth0-tenant=mock", "--auth0-tenant=mock"))
    assert "--auth0-tenant=mock: named twice" in told


def test_command_line_overrides_addopts(one_test: Project) -> None:
    """One on the command line takes the place of one in the ini file, as with any option."""
    one_test.pytester.makeini("[pytest]\naddopts = --auth0-tenant=http://127.0.0.1:9")
    ended = one_test.run("--auth0-tenant=mock", "--collect-only")
    assert 0 == ended.status
    assert "side by side" not in ended.text


def test_credentials_by_tenant(hidden: Hidden) -> None:
    """What only one tenant should know stands in a file of its name."""
    folder = hidden.project.pytester.path
    name = hidden.url.partition("://")[2].replace(":", "-")
    (folder / ".env").rename(folder / f".env.{name}")
    ended = hidden.log_in("otp")
    assert {"passed": 1} == ended.outcomes, ended.text
