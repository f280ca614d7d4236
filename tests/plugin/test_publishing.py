"""What a run leaves at its end: reports in every format, JUnit properties, annotations."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

import jsonschema
import pytest

from pytest_auth0_mfa import schemas
from pytest_auth0_mfa.cli import main
from tests.plugin.test_outcomes import BROKEN, EXPECTED, MUST

if TYPE_CHECKING:
    from tests.plugin.conftest import Project

WRITTEN = ("r.json", "r.md", "r.sarif", "r.har", "r.badge.json")


@pytest.fixture
def broken(project: Project, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A project with one test, of a requirement that is violated; not one of GitHub's jobs."""
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    project.write(
        test_one=f"""
        import pytest

        @pytest.mark.requirement("{MUST}")
        def test_one(mfa_judge, auth0_tenant, auth0_user):
            {BROKEN}
        """
    )
    return project


def test_every_format(broken: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run writes what the command makes of its JSON report, and GitHub gets annotations."""
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    ended = broken.run(*(f"--auth0-report={name}" for name in WRITTEN), "--junitxml=r.xml")
    assert 1 == ended.status, ended.text
    folder = broken.pytester.path
    for name in WRITTEN[1:]:
        written = (folder / name).read_text("utf-8")
        assert 0 == main(["report", str(folder / "r.json"), "-o", str(folder / f"again.{name}")])
        assert (folder / f"again.{name}").read_text("utf-8") == written
    annotations = [line for line in ended.text.splitlines() if line.startswith("::")]
    assert [f"::error file=test_one.py,title={MUST} [any] violates"] == [
        line.partition("::")[2].partition("::")[0].join(("::", "")) for line in annotations
    ]


def test_junit_tells_of_the_run(broken: Project) -> None:
    """The suite has the run, the tenant and the counts; outside of GitHub there are no commands."""
    ended, report = broken.report("--junitxml=r.xml")
    assert "::error" not in ended.text
    root = ET.parse(broken.pytester.path / "r.xml").getroot()  # noqa: S314 - written by pytest
    told = {
        each.attrib["name"]: each.attrib["value"]
        for each in root.iterfind("testsuite/properties/property")
    }
    assert report["run"]["id"] == told["auth0.run"]
    assert ("mock", "true", "1") == (
        told["auth0.tenant"],
        told["auth0.mock"],
        told["auth0.violates"],
    )


def test_exchanges_tell_when_they_began(broken: Project) -> None:
    """Each exchange has a moment within the run."""
    _, report = broken.report()
    began = datetime.fromisoformat(report["run"]["started_at"])
    [moment] = {datetime.fromisoformat(each["started_at"]) for each in report["exchanges"]}
    assert timedelta(0) <= moment - began < timedelta(seconds=60)


def test_report_that_cannot_be_written(broken: Project) -> None:
    """What became of the place meanwhile is told in a line, and the run does not end as if well."""
    broken.pytester.makeconftest(
        """
        def pytest_collection_finish(session):
            (session.config.rootpath / "r.json").mkdir()
        """
    )
    ended = broken.run("--auth0-report=r.json", "--auth0-report=r.md")
    assert 3 == ended.status
    assert "auth0-mfa: --auth0-report=r.json: cannot be written (Is a directory)" in ended.text
    assert (broken.pytester.path / "r.md").exists()


def test_what_expires_is_told(broken: Project) -> None:
    """An entry is known with its owner until its last day, and spoken of when that is near."""
    last = datetime.now(timezone.utc).date() + timedelta(days=5)
    entry = f'{EXPECTED}owner = "me"\nexpires = {last}\n'
    (broken.pytester.path / "p.toml").write_text(entry, "utf-8")
    ended, report = broken.report("--auth0-profile=p.toml")
    assert (0, {"xfailed": 1}) == (ended.status, ended.outcomes)
    told = f"ticket 42 (owner me, until {last})"
    assert [("known", told)] == [(e["verdict"], e["reason"]) for e in report["requirements"]]
    listed = {"reason": "ticket 42", "owner": "me", "expires": str(last)}
    assert listed == report["requirements"][0]["expected_failure"]
    jsonschema.validate(report, schemas.report_schema())
    assert f"auth0-mfa: expected failure {MUST} expires in " in ended.text


def test_expired_entry_fails(broken: Project) -> None:
    """After its last day an entry excuses nothing, and the failure says so."""
    entry = f'{EXPECTED}owner = "me"\nexpires = 2020-01-01\n'
    (broken.pytester.path / "p.toml").write_text(entry, "utf-8")
    ended, report = broken.report("--auth0-profile=p.toml")
    told = "the expected failure has expired, mend it or move its date: ticket 42 (owner me, until"
    assert 1 == ended.status
    assert f"  expired   {told} 2020-01-01)" in ended.text
    assert report["requirements"][0]["reason"].startswith(told)
