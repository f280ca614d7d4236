"""Runs that the network disturbs: what is run again, what is given up, what is told."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

import pytest

from pytest_auth0_mfa.api import circuit
from pytest_auth0_mfa.plugin.repeating import AT_MOST_ON_A_MOCK
from tests.conftest import Reply, passed_on

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tests.conftest import Received
    from tests.plugin.conftest import Project
    from tests.plugin.hidden import Hidden

    Serve = Callable[[Callable[[Received], Reply]], str]
    Mock = Mapping[str, object]

LOGIN = """
import pytest

@pytest.mark.requirement("MFA-LOGIN-MFA-REQUIRED")
def test_login(mfa_judge, auth0_tenant, auth0_user):
    with open("users", "a") as users:
        print(auth0_user.email, file=users)
    mfa_judge.conforms(auth0_tenant.password(auth0_user), "error.mfa-required")
"""
TRAVEL = """
@pytest.mark.requirement("MFA-LIFETIME-TOKEN")
def test_travel(mfa_judge, auth0_user, mfa_login):
    auth0_user.clock.travel(590, "the token to grow old")
    mfa_judge.accepts(mfa_login.authenticators(), "an old token")
"""
BROKEN = """
@pytest.mark.requirement("MFA-LOGIN-MFA-REQUIRED")
def test_broken(mfa_judge, auth0_tenant, auth0_user):
    mfa_judge.accepts(auth0_tenant.password(auth0_user), "a login")
"""
UNMARKED = """
def test_own(auth0_tenant, auth0_user):
    with open("users", "a") as users:
        print(auth0_user.email, file=users)
    assert auth0_tenant.login(auth0_user)
"""


@pytest.fixture
def disturbed(mock: Mock, serve: Serve) -> Callable[[Callable[[int], bool]], str]:
    """A gateway in front of a mock; for some logins, counted from 1, it answers itself."""

    def start(is_lost: Callable[[int], bool]) -> str:
        numbers = count(1)

        def answer(received: Received) -> Reply:
            if b"grant_type=password" in received.body and is_lost(next(numbers)):
                return Reply(503, "busy")
            return passed_on(str(mock["url"]), received)

        return serve(answer)

    return start


def users(project: Project) -> list[str]:
    """The users with whom the test was run, one an attempt."""
    return (project.pytester.path / "users").read_text("utf-8").split()


class TestRepetition:
    """A test that the network ended is run again from the start."""

    def test_until_the_tenant_is_heard(
        self, project: Project, disturbed: Callable[[Callable[[int], bool]], str]
    ) -> None:
        """With a fresh user each time; only the last attempt is reported, and all are counted."""
        project.write(test_one=LOGIN)
        url = disturbed(lambda number: number <= 2)
        ended, report = project.report(f"--auth0-tenant={url}")
        assert ({"passed": 1}, 0) == (ended.outcomes, ended.status), ended.text
        (entry,) = report["requirements"]
        assert ("conforms", 2) == (entry["verdict"], entry["repeated"])
        assert 3 == len(set(users(project)))
        spend = report["spend"]
        assert (2, 3, 3) == (spend["repeated"], spend["users"], spend["requests"])
        assert [403] == [exchange["status"] for exchange in report["exchanges"]]
        assert "2 repeated" in ended.text

    def test_is_bounded(
        self, project: Project, disturbed: Callable[[Callable[[int], bool]], str]
    ) -> None:
        """What never gets through is inconclusive, with cause and remedy, and no violation."""
        project.write(test_one=LOGIN)
        ended, report = project.report(f"--auth0-tenant={disturbed(lambda _: True)}")
        assert ({"errors": 1}, 1) == (ended.outcomes, ended.status), ended.text
        (entry,) = report["requirements"]
        assert ("inconclusive", AT_MOST_ON_A_MOCK) == (entry["verdict"], entry["repeated"])
        assert "-> 503: a gateway answered in the tenant's place; try again" in entry["reason"]
        assert AT_MOST_ON_A_MOCK + 1 == len(users(project))

    def test_violation_is_never_repeated(self, project: Project, mock: Mock) -> None:
        """What the tenant did wrong is told the first time."""
        project.write(test_one=LOGIN + BROKEN)
        ended, report = project.report(f"--auth0-tenant={mock['url']}", "-k", "broken")
        assert {"failed": 1, "deselected": 1} == ended.outcomes, ended.text
        assert ["repeated" in each for each in report["requirements"]] == [False]
        assert 0 == report["spend"]["repeated"]

    def test_own_tests_are_not_repeated(
        self, project: Project, disturbed: Callable[[Callable[[int], bool]], str]
    ) -> None:
        """What a user's own test does twice nobody knows."""
        project.write(test_one=UNMARKED)
        ended = project.run(f"--auth0-tenant={disturbed(lambda _: True)}")
        assert {"errors": 1} == ended.outcomes, ended.text
        assert 1 == len(users(project))

    def test_given_users_are_not_spent(self, hidden: Hidden, serve: Serve) -> None:
        """Where each user serves one test there is no other for a second attempt."""

        def answer(received: Received) -> Reply:
            lost = b"grant_type=password" in received.body
            return Reply(503, "busy") if lost else passed_on(hidden.url, received)

        hidden.project.write(test_one=LOGIN)
        options = (f"--auth0-tenant={serve(answer)}", "--auth0-profile=p.toml")
        ended = hidden.project.run(*options)
        assert {"errors": 1} == ended.outcomes, ended.text
        assert 1 == len(users(hidden.project))

    def test_distributed(
        self, project: Project, disturbed: Callable[[Callable[[int], bool]], str]
    ) -> None:
        """Workers repeat as well."""
        project.write(test_one=LOGIN)
        url = disturbed(lambda number: number <= 2)
        ended = project.run_apart("-n", "1", f"--auth0-tenant={url}")
        assert {"passed": 1} == ended.outcomes, ended.text
        assert 3 == len(set(users(project)))

    def test_fixtures_are_set_up_anew(
        self, project: Project, disturbed: Callable[[Callable[[int], bool]], str]
    ) -> None:
        """What broke in a fixture is repeated from there; all that was opened is closed first."""
        project.write(
            test_one="""
            import pytest

            @pytest.fixture
            def noted(auth0_user):
                with open("users", "a") as users:
                    print(auth0_user.email, file=users)
                yield
                with open("closed", "a") as closed:
                    print("closed", file=closed)

            @pytest.mark.requirement("MFA-LIST-ID")
            def test_two(mfa_judge, noted, mfa_login):
                mfa_judge.accepts(mfa_login.authenticators(), "a list")
            """
        )
        url = disturbed(lambda number: number <= 2)
        ended = project.run(f"--auth0-tenant={url}", "--auth0-factors=otp")
        assert {"passed": 1} == ended.outcomes, ended.text
        assert 3 == len(set(users(project)))
        assert 3 == (project.pytester.path / "closed").read_text("utf-8").count("closed")


class TestBeforeTheTest:
    """What is asked before a test begins is asked again, for it does no harm."""

    @pytest.mark.parametrize("lost", [b"not-a-token", b"email_verified", b"advance_s"])
    def test_is_asked_again(self, project: Project, mock: Mock, serve: Serve, lost: bytes) -> None:
        """The look at the tenant, and the user; but time is moved once, or the test run again."""
        waiting = [Reply(503, "busy")]

        def answer(received: Received) -> Reply:
            if lost in received.body and waiting:
                passed_on(str(mock["url"]), received)
                return waiting.pop()
            return passed_on(str(mock["url"]), received)

        project.write(test_one=LOGIN + TRAVEL)
        ended, report = project.report(f"--auth0-tenant={serve(answer)}")
        assert {"passed": 2} == ended.outcomes, ended.text
        assert int(lost == b"advance_s") == report["spend"]["repeated"]


class TestLostTenant:
    """A tenant that is gone: the run does not go on as if it were there."""

    @pytest.mark.parametrize("workers", [0, 2])
    def test_run_is_broken_off(
        self,
        project: Project,
        mock: Mock,
        serve: Serve,
        monkeypatch: pytest.MonkeyPatch,
        workers: int,
    ) -> None:
        """One message with the cause; what was not run is untested; the run does not pass."""
        monkeypatch.setattr(circuit, "LASTING_S", 0.0)
        project.write(test_one=MANY, conftest=QUICKLY_LOST)

        def answer(received: Received) -> Reply:
            lost = b"grant_type=password" in received.body
            return Reply(502, "gone") if lost else passed_on(str(mock["url"]), received)

        options = [f"--auth0-tenant={serve(answer)}", "--auth0-report=r.json"]
        if workers:
            ended = project.run_apart("-n", str(workers), *options)
        else:
            ended = project.run(*options)
        assert 1 == ended.status, ended.text
        assert "run broken off: the tenant was not heard for" in ended.text
        assert "a gateway answered in the tenant's place" in ended.text
        assert 1 <= ended.outcomes["errors"] <= 4
        assert 20 == ended.outcomes["errors"] + ended.outcomes["skipped"]


QUICKLY_LOST = """
from pytest_auth0_mfa.api import circuit
circuit.LASTING_S = 0.0
"""
MANY = """
import pytest

@pytest.mark.parametrize("number", range(20))
@pytest.mark.requirement("MFA-LOGIN-MFA-REQUIRED")
def test_login(mfa_judge, auth0_tenant, auth0_user, number):
    mfa_judge.conforms(auth0_tenant.password(auth0_user), "error.mfa-required")
"""


class TestHostility:
    """`--auth0-hostile`."""

    def test_header(self, project: Project) -> None:
        """The header says how hostile the mock is, and where that comes from."""
        project.write(test_one=LOGIN)
        ended = project.run("--auth0-hostile=7:late, throttle")
        assert "hostile 7:throttle,late (option)" in ended.text
        assert {"passed": 1} == ended.outcomes, ended.text

    def test_ini_key(self, project: Project) -> None:
        """The ini key does the same."""
        project.write(test_one=LOGIN)
        project.pytester.makeini("[pytest]\nauth0_hostile = 7")
        assert "hostile 7 (ini)" in project.run().text
