"""The JSON report of whole runs of the suites, in one process and distributed over two."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import jsonschema
import pytest

from pytest_auth0_mfa import schemas

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import SuitesRun
    from tests.plugin.conftest import Project

ALONE: tuple[str, ...] = ()
DISTRIBUTED = ("-n", "2")


@pytest.fixture(params=[ALONE, DISTRIBUTED], ids=["alone", "distributed"])
def run(request: pytest.FixtureRequest, run_suites: Callable[..., SuitesRun]) -> SuitesRun:
    """A run of all suites on the embedded mock."""
    return run_suites(*request.param)


class TestDocument:
    """What every report must be."""

    def test_follows_its_schema(self, run: SuitesRun) -> None:
        """The published schema accepts it."""
        jsonschema.validate(run.report, schemas.report_schema())

    def test_one_entry_for_requirement_and_factor(self, run: SuitesRun) -> None:
        """No requirement and factor is judged in two places."""
        pairs = Counter((entry["id"], entry["factor"]) for entry in run.report["requirements"])
        assert [] == [pair for pair, count in pairs.items() if count > 1]

    def test_summary_counts_the_entries(self, run: SuitesRun) -> None:
        """The counts are those of the list below them."""
        verdicts = Counter(entry["verdict"] for entry in run.report["requirements"])
        assert verdicts == Counter(run.report["summary"])

    def test_exchanges_are_numbered_through(self, run: SuitesRun) -> None:
        """Each exchange of the run has a number of its own, beginning with 1."""
        numbers = [exchange["id"] for exchange in run.report["exchanges"]]
        assert list(range(1, len(numbers) + 1)) == numbers

    def test_references_resolve(self, run: SuitesRun) -> None:
        """The exchange that shows a verdict is one of a test of that requirement."""
        tests = {exchange["id"]: exchange["test"] for exchange in run.report["exchanges"]}
        referring = [entry for entry in run.report["requirements"] if entry["exchange"]]
        assert len(referring) > 100
        assert [] == [e["id"] for e in referring if tests[e["exchange"]] not in e["tests"]]

    def test_requests_are_the_exchanges(self, run: SuitesRun) -> None:
        """What was spent is what is listed."""
        assert len(run.report["exchanges"]) == run.report["spend"]["requests"]

    def test_every_documented_response_is_listed(self, run: SuitesRun) -> None:
        """Each response of the schemas appears, seen or not."""
        assert sorted(schemas.response_ids()) == sorted(
            response["id"] for response in run.report["responses"]
        )

    def test_tells_of_the_run(self, run: SuitesRun) -> None:
        """Tenant, mock and number of workers are those of the run."""
        told = run.report["run"]
        workers = 2 if "2 workers" in run.text else 1
        assert ("mock", True, workers) == (told["tenant"], told["mock"], told["workers"])


class TestDistribution:
    """One process against two."""

    def test_same_verdicts(self, run_suites: Callable[..., SuitesRun]) -> None:
        """Distribution changes no verdict."""
        assert run_suites(*ALONE).verdicts() == run_suites(*DISTRIBUTED).verdicts()

    def test_same_order(self, run_suites: Callable[..., SuitesRun]) -> None:
        """Two reports can be laid side by side: entries stand in the catalogue's order."""
        alone, distributed = run_suites(*ALONE), run_suites(*DISTRIBUTED)
        assert list(alone.verdicts()) == list(distributed.verdicts())

    def test_same_responses(self, run_suites: Callable[..., SuitesRun]) -> None:
        """What was seen is added up over workers."""
        alone, distributed = run_suites(*ALONE), run_suites(*DISTRIBUTED)
        assert alone.report["responses"] == distributed.report["responses"]

    def test_properties_of_junit(self, run_suites: Callable[..., SuitesRun]) -> None:
        """JUnit files carry the verdicts either way."""
        for arguments in (ALONE, DISTRIBUTED):
            run = run_suites(*arguments)
            judged = run.junit.count('name="auth0.verdict" value="conforms"')
            assert len(run.verdicts()) == judged
            assert f'name="auth0.run" value="{run.report["run"]["id"]}"' in run.junit


def test_names_are_stable_within_a_test(project: Project) -> None:
    """A reader can follow a secret through the exchanges of one test by its name."""
    project.write(
        test_one="""
        import pytest

        @pytest.mark.requirement("MFA-LOGIN-MFA-REQUIRED")
        def test_one(mfa_judge, auth0_tenant, auth0_user, mfa_login):
            answer = mfa_login.authenticators()
            mfa_login.challenge()
            mfa_judge.accepts(answer, "a list")
        """
    )
    _, report = project.report()
    login, listing, challenge = report["exchanges"]
    assert "mfa_token#1" == login["response"]["body"]["mfa_token"]
    assert "Bearer mfa_token#1" == listing["request"]["headers"]["authorization"]
    assert "mfa_token#1" == challenge["request"]["body"]["mfa_token"]


def test_several_reports(project: Project) -> None:
    """The option may be repeated; each file holds the same document."""
    project.write(
        test_one="""
        import pytest

        @pytest.mark.requirement("MFA-LIST-EMPTY")
        def test_one(mfa_judge, mfa_login):
            mfa_judge.accepts(mfa_login.authenticators(), "a list")
        """
    )
    ended = project.run("--auth0-report=a.json", "--auth0-report=b.json")
    assert 0 == ended.status
    first, second = (project.pytester.path / name for name in ("a.json", "b.json"))
    assert first.read_text("utf-8").count('"verdict": "conforms"') == 1
    assert second.exists()


@pytest.mark.parametrize("arguments", [[], ["-n", "2"]], ids=["alone", "distributed"])
def test_nothing_judged_is_no_success(project: Project, arguments: list[str]) -> None:
    """A run whose every requirement was skipped does not exit 0."""
    project.write(
        test_one="""
        import pytest

        @pytest.mark.requirement("MFA-LIST-EMPTY")
        def test_one(mfa_judge):
            pytest.skip("not today")

        def test_of_the_user():
            pass
        """
    )
    ended = project.run_apart("--auth0-tenant=mock", *arguments)
    assert {"passed": 1, "skipped": 1} == ended.outcomes
    assert 5 == ended.status
