"""What becomes of each verdict: pytest's outcome, JUnit's element, the report's count."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

if TYPE_CHECKING:
    from tests.plugin.conftest import Ended, Project

MUST, SHOULD = "MFA-LOGIN-MFA-REQUIRED", "MFA-LOGIN-TOKEN-PLAIN"
NOTHING_JUDGED = 5

KEPT = 'mfa_judge.accepts(auth0_tenant.password(auth0_user), "a login", "mfa_required")'
BROKEN = 'mfa_judge.accepts(auth0_tenant.password(auth0_user), "a login")'
EXPECTED = "[[expected-failure]]\nrequirement = 'MFA-LOGIN-MFA-REQUIRED'\nreason = 'ticket 42'\n"


class Case(NamedTuple):
    """A situation, and what must become of it."""

    verdict: str
    body: str
    outcome: str
    element: str | None
    status: int
    requirement: str = MUST
    profile: str = ""
    option: str = ""


CASES = {
    "kept": Case("conforms", KEPT, "passed", None, 0),
    "broken": Case("violates", BROKEN, "failed", "failure", 1),
    "an assertion of the test": Case("violates", "assert 'a' == 'b'", "failed", "failure", 1),
    "should": Case("deviates", BROKEN, "passed", None, 0, SHOULD),
    "should, strictly": Case(
        "deviates", BROKEN, "failed", "failure", 1, SHOULD, option="--auth0-strict"
    ),
    "expected and fails": Case("known", BROKEN, "xfailed", "skipped", 0, profile=EXPECTED),
    "expected and passes": Case("stale", KEPT, "failed", "failure", 1, profile=EXPECTED),
    "expected until a day that is over": Case(
        "violates", BROKEN, "failed", "failure", 1, profile=EXPECTED + "expires = 2020-01-01"
    ),
    "should, expected until a day that is over": Case(
        "deviates",
        BROKEN,
        "failed",
        "failure",
        1,
        SHOULD,
        EXPECTED.replace(MUST, SHOULD) + "expires = 2020-01-01",
    ),
    "cannot be exercised": Case(
        "untested",
        "inbox.wait_for_code()",
        "skipped",
        "skipped",
        NOTHING_JUDGED,
        "MFA-VERIFY-TOKENS",
        option="--auth0-factors=otp",
    ),
    "skipped by the test": Case(
        "untested", "pytest.skip('no such thing here')", "skipped", "skipped", NOTHING_JUDGED
    ),
    "factor not offered": Case(
        "inapplicable",
        KEPT,
        "skipped",
        "skipped",
        NOTHING_JUDGED,
        "MFA-VERIFY-TOKENS",
        "factors = ['sms']",
        "--auth0-factors=otp",
    ),
    "feature not there": Case(
        "inapplicable",
        "from pytest_auth0_mfa.errors import Inapplicable; raise Inapplicable('not here')",
        "skipped",
        "skipped",
        NOTHING_JUDGED,
    ),
    "control refused": Case(
        "inconclusive",
        "mfa_judge.control(auth0_tenant.client.authenticators(None))",
        "errors",
        "error",
        1,
    ),
    "network": Case(
        "inconclusive",
        "from pytest_auth0_mfa.errors import Disturbance; raise Disturbance('the line is dead')",
        "errors",
        "error",
        1,
    ),
    "nothing judged": Case("inconclusive", "pass", "errors", "error", 1),
    "the test is wrong": Case("inconclusive", "{}['no']", "errors", "error", 1),
}


@pytest.fixture(params=list(CASES.values()), ids=list(CASES))
def case(request: pytest.FixtureRequest) -> Case:
    """One situation of the table."""
    chosen: Case = request.param
    return chosen


@pytest.fixture
def options(project: Project, case: Case) -> list[str]:
    """Write the test and the profile of the situation; the options that the run needs."""
    factor = ", inbox" if case.requirement == "MFA-VERIFY-TOKENS" else ""
    project.write(
        test_one=f"""
        import pytest

        @pytest.mark.requirement("{case.requirement}")
        def test_one(mfa_judge, auth0_tenant, auth0_user{factor}):
            {case.body}
        """
    )
    (project.pytester.path / "acme.toml").write_text(case.profile, "utf-8")
    return [
        "--junitxml=r.xml",
        *(["--auth0-profile=acme.toml"] if case.profile else []),
        *([case.option] if case.option else []),
    ]


def junit(project: Project) -> ET.Element:
    """The JUnit file of the last run."""
    return ET.parse(project.pytester.path / "r.xml").getroot()  # noqa: S314 - written by pytest


class TestTable:
    """Each row of the table of verdicts, produced for real."""

    def test_row(self, project: Project, case: Case, options: list[str]) -> None:
        """Outcome, exit status, JUnit element and the report's count belong together."""
        ended, report = project.report(*options)
        ran = {name: count for name, count in ended.outcomes.items() if name != "deselected"}
        assert ({case.outcome: 1}, case.status) == (ran, ended.status), ended.text
        assert {case.verdict: 1} == {name: n for name, n in report["summary"].items() if n}
        tags = {element.tag for element in junit(project).iter()}
        assert {case.element} - {None} == tags & {"failure", "error", "skipped"}

    @pytest.mark.parametrize("case", [CASES["control refused"], CASES["network"]])
    def test_error_is_counted_as_such(
        self, project: Project, case: Case, options: list[str]
    ) -> None:
        """JUnit counts what was not found out as an error and never as a failure."""
        assert "inconclusive" == case.verdict
        project.run(*options)
        (suite,) = junit(project)
        counters = {name: suite.attrib[name] for name in ("errors", "failures", "skipped", "tests")}
        assert {"errors": "1", "failures": "0", "skipped": "0", "tests": "1"} == counters

    @pytest.mark.parametrize("case", [CASES["broken"]])
    def test_properties_of_junit(self, project: Project, case: Case, options: list[str]) -> None:
        """Each test case carries what it judged and how that ended."""
        project.run(*options)
        told = {
            each.attrib["name"]: each.attrib["value"]
            for each in junit(project).iterfind(".//testcase/properties/property")
        }
        assert {
            "auth0.requirement": case.requirement,
            "auth0.level": "MUST",
            "auth0.factor": "any",
            "auth0.verdict": "violates",
        } == told


def run(project: Project, body: str, *arguments: str) -> tuple[Ended, dict[str, Any]]:
    """Run one test of a requirement and return how it ended, with its entry in the report."""
    project.write(
        test_one=f"""
        import pytest

        @pytest.mark.requirement("{MUST}")
        def test_one(mfa_judge, auth0_tenant, auth0_user):
            {body}
        """
    )
    ended, report = project.report(*arguments)
    return ended, report["requirements"][0]


class TestReason:
    """What a reader is told beside the verdict."""

    def test_of_a_violation(self, project: Project) -> None:
        """Expected, actual and the exchange that shows it; no traceback."""
        ended, entry = run(project, BROKEN)
        assert ("a login: accepted", 'status 403, error "mfa_required"', 1) == (
            entry["expected"],
            entry["actual"],
            entry["exchange"],
        )
        assert "expected  a login: accepted" in ended.text
        for noise in ("During handling", "Outcome(", "_break", "> "):
            assert noise not in ended.text.partition("FAILURES")[2].partition("source")[0]

    def test_of_an_error(self, project: Project) -> None:
        """A dead line is told in its own words."""
        body = "from pytest_auth0_mfa.errors import Disturbance; raise Disturbance('line is dead')"
        ended, entry = run(project, body)
        assert "line is dead" == entry["reason"]
        assert "inconclusive: line is dead" in ended.text

    def test_of_a_skip(self, project: Project) -> None:
        """What was left out is told with its reason."""
        ended, entry = run(project, "pytest.skip('no such thing here')", "-rs")
        assert "no such thing here" == entry["reason"]
        assert "no such thing here" in ended.text

    def test_of_a_known_failure(self, project: Project) -> None:
        """The reason of the profile is repeated."""
        (project.pytester.path / "acme.toml").write_text(EXPECTED, "utf-8")
        ended, entry = run(project, BROKEN, "--auth0-profile=acme.toml", "-rx")
        assert "ticket 42" == entry["reason"]
        assert "ticket 42" in ended.text

    def test_of_a_stale_entry(self, project: Project) -> None:
        """The reader is told to remove the entry."""
        (project.pytester.path / "acme.toml").write_text(EXPECTED, "utf-8")
        ended, entry = run(project, KEPT, "--auth0-profile=acme.toml")
        assert "no longer fails; remove it from the profile (ticket 42)" == entry["reason"]
        assert "remove it from the profile" in ended.text

    def test_of_a_wrong_test(self, project: Project) -> None:
        """A fault of the test itself keeps its traceback, for it is about code."""
        ended, entry = run(project, "{}['no']")
        assert "the test itself failed: KeyError" == entry["reason"]
        assert "KeyError: 'no'" in ended.text

    def test_of_a_failing_fixture(self, project: Project) -> None:
        """A step before the judged one that fails leaves the requirement open."""
        project.pytester.makeconftest(
            """
            import pytest
            from pytest_auth0_mfa.errors import Prerequisite

            @pytest.fixture
            def auth0_user():
                raise Prerequisite("no user could be made")
            """
        )
        ended, entry = run(project, KEPT)
        assert ("inconclusive", "no user could be made") == (entry["verdict"], entry["reason"])
        assert {"errors": 1} == ended.outcomes


class TestGravest:
    """Several tests of one requirement."""

    @pytest.mark.parametrize("bodies", [(BROKEN, KEPT), (KEPT, BROKEN)])
    def test_failure_is_not_hidden(self, project: Project, bodies: tuple[str, str]) -> None:
        """The most severe verdict stands, whichever test came first."""
        tests = "\n".join(
            f"""
        @pytest.mark.requirement("{MUST}")
        def test_{number}(mfa_judge, auth0_tenant, auth0_user):
            {body}
        """
            for number, body in enumerate(bodies)
        )
        project.write(test_one=f"\n        import pytest\n{tests}")
        _, report = project.report()
        (entry,) = report["requirements"]
        assert ("violates", 2) == (entry["verdict"], len(entry["tests"]))

    def test_not_marked_twice(self, project: Project) -> None:
        """`known` needs the requirement to be broken: an error stays an error."""
        (project.pytester.path / "acme.toml").write_text(EXPECTED, "utf-8")
        ended, entry = run(project, "pass", "--auth0-profile=acme.toml")
        assert ("inconclusive", {"errors": 1}) == (entry["verdict"], ended.outcomes)


def test_judge_without_requirement(project: Project) -> None:
    """`mfa_judge` in a test without the marker fails with the fix."""
    project.write(test_one="def test_one(mfa_judge):\n    pass")
    ended = project.run()
    assert {"errors": 1} == ended.outcomes
    assert "mfa_judge is for tests with @pytest.mark.requirement(ID)" in ended.text
