"""`--auth0-save-baseline` and `--auth0-baseline` as a user types them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import jsonschema
import pytest
from pytest_auth0_mfa.schemas import baseline_schema, report_schema

if TYPE_CHECKING:
    from pathlib import Path

    from tests.plugin.administered import Administered
    from tests.plugin.conftest import Project

USAGE_ERROR = 4
SUITES = ("--auth0-conformance", "--auth0-factors=push", "-k", "test_listing or test_device")
PART = (*SUITES[:3], "test_listing")
SAVE, COMPARE = "--auth0-save-baseline=b.json", "--auth0-baseline=b.json"


@pytest.fixture
def saved(project: Project) -> Path:
    """The baseline of a run on a mock that is as it should be."""
    ended = project.run(*SUITES, SAVE)
    assert 0 == ended.status, ended.text
    assert "auth0-mfa: baseline saved: b.json" in ended.text
    return project.pytester.path / "b.json"


def test_unchanged(project: Project, saved: Path) -> None:
    """The next run compares clean and would write the same bytes, with two workers as well."""
    jsonschema.Draft202012Validator(baseline_schema()).validate(
        json.loads(saved.read_text("utf-8"))
    )
    again = project.run_apart(*SUITES, COMPARE, "--auth0-save-baseline=c.json", "-n", "2")
    assert 0 == again.status, again.text
    assert "auth0-mfa: baseline b.json: nothing differs" in again.text
    assert saved.read_bytes() == (project.pytester.path / "c.json").read_bytes()
    assert not list(project.pytester.path.glob(".b.json*"))


def test_regression(project: Project, saved: Path) -> None:
    """Another answer fails the run though no test does; the file of both options stays."""
    kept = saved.read_bytes()
    other = "--auth0-variation=device-refused-with-status-as-text"
    ended, report = project.report(*SUITES, COMPARE, SAVE, other)
    assert "failed" not in ended.outcomes
    assert 1 == ended.status, ended.text
    assert "regression POST /appliance-mfa/api/enroll -> 409 Conflict, statusCode" in ended.text
    assert "not saved: b.json keeps what it was compared with" in ended.text
    assert kept == saved.read_bytes()
    assert {"regression"} == {each["kind"] for each in report["baseline"]["differences"]}
    assert "b.json" == report["baseline"]["file"]
    jsonschema.Draft202012Validator(report_schema()).validate(report)


def test_drift_of_configuration(administered: Administered) -> None:
    """Somebody changed the tenant: told in the words of the check, and fails by itself."""
    project = administered.project
    project.write(
        test_one="""
        import pytest

        @pytest.mark.requirement("MFA-LOGIN-MFA-REQUIRED")
        def test_login(mfa_judge, auth0_tenant, auth0_user):
            mfa_judge.conforms(auth0_tenant.password(auth0_user), "error.mfa-required")
        """
    )
    assert 0 == administered.run(SAVE).status
    administered.administrator.ask("PUT", "/guardian/factors/email", {"enabled": False})
    ended = administered.run(COMPARE)
    assert 1 == ended.status, ended.text
    assert "regression mfa.factor-enabled: healthy -> blocks" in ended.text
    assert "A factor that the tests need is off." in ended.text
    assert "change /guardian/factors email: True -> False" in ended.text
    administered.administrator.ask("PUT", "/guardian/factors/email", {"enabled": True})
    back = administered.run(COMPARE)
    assert (0, True) == (back.status, "nothing differs" in back.text), back.text


def test_part(project: Project, saved: Path) -> None:
    """A part compares what it judged, and does not replace the whole."""
    kept = saved.read_bytes()
    ended = project.run(*PART, COMPARE)
    assert 0 == ended.status, ended.text
    assert "judged -> not chosen, or given up" in ended.text
    refused = project.run(*PART, SAVE)
    assert 3 == refused.status, refused.text
    assert "run all that it holds, or delete it first" in refused.text
    assert kept == saved.read_bytes()


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ((COMPARE,), "b.json: cannot be read"),
        (("--auth0-save-baseline=b.txt",), "--auth0-save-baseline=b.txt: the suffix tells"),
        (("--auth0-save-baseline=none/b.json",), "cannot be written there"),
        ((SAVE, "--auth0-tenant=mock", "--auth0-tenant=a.example"), "a baseline is of one tenant"),
    ],
)
def test_refused(project: Project, options: tuple[str, ...], told: str) -> None:
    """What cannot be done is said before anything is sent."""
    ended = project.run(*SUITES, *options)
    assert USAGE_ERROR == ended.status, ended.text
    assert told in ended.text
    assert "Traceback" not in ended.text
