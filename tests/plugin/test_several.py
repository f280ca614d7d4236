"""Several tenants in one run: each judged by itself, then laid side by side."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from pytest_auth0_mfa.mock.server import MockServer
from pytest_auth0_mfa.plugin.several import gravest, named_for
from tests.conftest import SUITES
from tests.plugin.test_usage_errors import message

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tests.plugin.conftest import Project
    from tests.plugin.hidden import Hidden

CHOSEN = (str(SUITES / "test_verification.py"), "--auth0-factors=otp", "-k")
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


def side_by_side(project: Project, *arguments: str) -> tuple[int, str]:
    """Run here what starts a pytest for each tenant; returns exit status and comparison."""
    ended = project.run(*arguments)
    return ended.status, ended.text.partition("side by side")[2]


def test_each_is_judged(project: Project, both: tuple[str, str]) -> None:
    """Both are judged, by workers, and the gravest exit status is the run's.

    Differences are shown, and no file of one tenant overwrites another's.
    """
    files = ("--auth0-report=mfa.json", "--junitxml=junit.xml", "-n", "1")
    status, compared = side_by_side(project, *JUDGED, *both, *files)
    row = next(line for line in compared.splitlines() if line.strip().startswith(DIFFERENT))
    assert (1, ["conforms", "violates"]) == (status, row.split()[-2:])
    assert "MFA-VERIFY-WRONG-CODE [otp]" not in compared
    verdicts = {
        path.name: json.loads(path.read_text("utf-8"))["summary"]["violates"]
        for path in project.pytester.path.glob("mfa*.json")
    }
    names = [option.partition("://")[2].replace(":", "-") for option in both]
    assert {f"mfa.{names[0]}.json": 0, f"mfa.{names[1]}.json": 1} == verdicts
    assert 2 == len(list(project.pytester.path.glob("junit.*.xml")))


def test_one_that_cannot_be_reached(
    project: Project, both: tuple[str, str], capfd: pytest.CaptureFixture[str]
) -> None:
    """It is not judged, which is said and fails the run.

    The others are judged all the same; where no verdict differs, that is what is said.
    """
    alike = (*CHOSEN, "test_wrong_code_is_refused", *both)
    status, compared = side_by_side(project, *alike, "--auth0-tenant=http://127.0.0.1:9")
    assert 4 == status
    assert "http://127.0.0.1:9: not judged, see above" in compared
    assert "the same verdicts on all of them" in compared
    assert 2 == capfd.readouterr().out.count("1 passed")


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [([0, 0], 0), ([0, 1], 1), ([1, 4], 4), ([5, 0], 5), ([5, 1], 1), ([2, 4], 2), ([0, -9], 3)],
)
def test_gravest(statuses: list[int], expected: int) -> None:
    """Only where every run is green the whole is; one that was killed is not."""
    assert expected == gravest(statuses)


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


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("out/mfa.json", "out/mfa.acme.us.auth0.com.json"),
        ("mfa.badge.json", "mfa.acme.us.auth0.com.badge.json"),
        ("junit", "junit.acme.us.auth0.com"),
    ],
)
def test_files_are_named_for_tenants(path: str, expected: str) -> None:
    """The name of the tenant comes before the suffix that tells the format."""
    assert expected == named_for("acme.us.auth0.com", path).as_posix()
