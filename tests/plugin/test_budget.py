"""What a run may spend: planned before the first request, and counted while it runs."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

import pytest

from tests.conftest import Reply, passed_on

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tests.conftest import Received
    from tests.plugin.administered import Administered
    from tests.plugin.conftest import Ended, Project

    Serve = Callable[[Callable[[Received], Reply]], str]

USAGE_ERROR = 4
ENROLLS = """
import pytest

@pytest.mark.requirement("MFA-CHALLENGE-RESPONSE")
def test_challenges(mfa_judge, enrolled_authenticator):
    login = enrolled_authenticator.login()
    factor = enrolled_authenticator.factor
    mfa_judge.conforms(enrolled_authenticator.challenge(login), f"challenge.{factor}")
"""
TEXTED = """
import pytest

@pytest.mark.parametrize("time", range(11))
@pytest.mark.mfa_factor("sms")
def test_own(enrolled_authenticator, time):
    pass
"""
GREEDY = """
def test_greedy(auth0_tenant):
    for _ in range(4):
        auth0_tenant.associate("sms")
"""


@pytest.fixture
def project(project: Project) -> Project:
    """A project that judges a requirement for every delivered factor."""
    project.write(test_one=ENROLLS)
    return project


@pytest.fixture
def watched(mock: Mapping[str, object], serve: Serve) -> tuple[str, list[Received]]:
    """The URL of a mock, and every request that it gets."""
    seen: list[Received] = []

    def answer(received: Received) -> Reply:
        seen.append(received)
        return passed_on(str(mock["url"]), received)

    return serve(answer), seen


@pytest.mark.parametrize("options", [(), ("-n", "2")])
def test_refused_before_the_first_request(
    project: Project, watched: tuple[str, list[Received]], options: tuple[str, ...]
) -> None:
    """A run that would spend too much is refused with its plan; the tenant hears nothing of it."""
    url, seen = watched
    ended = project.run_apart(*options, f"--auth0-tenant={url}", "--auth0-budget=sms=1,email=50")
    assert USAGE_ERROR == ended.status, ended.text
    assert [] == seen
    assert "the budget does not allow this run: it would spend up to 2 sms of 1." in ended.text
    assert "Choose fewer tests (--auth0-factors, -k), or raise --auth0-budget" in ended.text
    table = [line.split() for line in ended.text.splitlines() if line.strip()]
    assert ["sms", "1", "2"] in table
    assert ["budget", "1", "50"] in table
    assert "Traceback" not in ended.text


@pytest.mark.parametrize("options", [(), ("-n", "1")])
def test_allowed(
    project: Project, watched: tuple[str, list[Received]], options: tuple[str, ...]
) -> None:
    """A run that fits says what it will spend, and spends no more."""
    url, _ = watched
    chosen = ("--auth0-factors=sms", "--auth0-budget=sms=2,users=1")
    ended = project.run_apart(*options, f"--auth0-tenant={url}", *chosen)
    assert {"passed": 1} == {k: v for k, v in ended.outcomes.items() if k != "deselected"}
    assert "auth0-mfa: 1 test will spend at most: users 1, sms 2" in ended.text
    assert "requests, 1 users, 2 sms" in ended.text
    assert "budget sms=2,users=1 (option)" in ended.text


@pytest.mark.parametrize("options", [(), ("-n", "1")])
def test_exceeded_while_running(project: Project, options: tuple[str, ...]) -> None:
    """Where a test spent more than planned, those that would exceed the budget are untested."""
    project.write(test_a_greedy=GREEDY)
    chosen = ("--auth0-tenant=mock", "--auth0-factors=sms", "--auth0-budget=sms=5", "-rs")
    ended = project.run_apart(*options, *chosen)
    ended.outcomes.pop("deselected", None)
    assert {"passed": 1, "skipped": 1} == ended.outcomes, ended.text
    assert "no budget: the test may spend 2 sms, and 1 of 5 are left" in ended.text
    assert "1 untested" in ended.text


def test_what_was_not_spent_is_there_for_others(project: Project) -> None:
    """A test that spends less than planned leaves the rest."""
    ended = project.run("--auth0-tenant=mock", "--auth0-budget=sms=2,voice=2,email=2,users=5")
    assert {"passed": 5} == ended.outcomes, ended.text


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("smss=1", "unknown kind 'smss'; did you mean 'sms'?"),
        ("money=1", "unknown kind 'money'; known: users, sms, voice, email, push, wrong_codes"),
        ("sms", "'sms': expected sms=NUMBER, such as sms=20"),
        ("sms=", "'sms=': expected sms=NUMBER"),
        ("sms=-1", "'sms=-1': expected sms=NUMBER"),
        ("sms=few", "'sms=few': expected sms=NUMBER"),
        ("sms=1,sms=2", "sms is there twice"),
    ],
)
def test_wrong_budget(project: Project, value: str, told: str) -> None:
    """A budget that cannot be read is refused with what is wrong and what would be right."""
    ended = project.run(f"--auth0-budget={value}")
    assert USAGE_ERROR == ended.status
    assert f"auth0-mfa: --auth0-budget: {told}" in ended.text


def test_from_the_environment(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """The variable counts as the option does; spaces do no harm, nor does a dash."""
    monkeypatch.setenv("AUTH0_MFA_BUDGET", "sms = 1, wrong-codes=3")
    ended = project.run("--auth0-tenant=mock")
    assert USAGE_ERROR == ended.status
    assert "2 sms of 1" in ended.text


class TestOfRealTenants:
    """What is known of tenants limits a run as well; nothing is sent here."""

    @pytest.fixture
    def run(self, project: Project, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ended]:
        """Run all suites against a domain, from which the plan must keep them."""
        monkeypatch.setenv("AUTH0_CLIENT_ID", "x")
        monkeypatch.setenv("AUTH0_USERNAME", "somebody")
        monkeypatch.setenv("MAILSLURP_API_KEY", "planted")
        return partial(project.run, "--auth0-conformance", "--auth0-tenant=acme.us.auth0.com")

    def test_unasked(self, run: Callable[..., Ended]) -> None:
        """Without a budget ten text messages are planned, and how to have everything is told."""
        ended = run("--auth0-budget=users=0")
        assert USAGE_ERROR == ended.status, ended.text
        assert " sms 10, email " in ended.text
        assert re.search(r"; \d+ are left out: sms=\d{3} in --auth0-budget runs all", ended.text)
        assert "users of 0" in ended.text
        assert " sms of 10" not in ended.text

    def test_asked(self, run: Callable[..., Ended]) -> None:
        """What the budget speaks of is not left out: a run that does not fit it is refused."""
        ended = run("--auth0-budget=sms=20")
        assert USAGE_ERROR == ended.status, ended.text
        assert " sms of 20." in ended.text
        assert "left out" not in ended.text

    def test_own_tests_are_not_left_out(self, run: Callable[..., Ended], project: Project) -> None:
        """A run whose own tests alone would send more is refused, and told what it would take."""
        project.write(test_own=TEXTED)
        ended = run("test_own.py")
        assert USAGE_ERROR == ended.status, ended.text
        assert "it would spend up to 11 sms of 10." in ended.text
        assert "(sms=11 in --auth0-budget runs all)" in ended.text

    def test_unread_channels(self, run: Callable[..., Ended]) -> None:
        """Nothing is planned for calls that MailSlurp does not take; e-mail counts."""
        ended = run("--auth0-budget=sms=1000,email=3")
        assert USAGE_ERROR == ended.status, ended.text
        assert "email of 3" in ended.text
        header = next(
            line for line in ended.text.splitlines() if " email" in line and "users" in line
        )
        assert "voice" not in header

    def test_calls_of_the_management_api(
        self, run: Callable[..., Ended], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Each user that is created and deleted costs two calls."""
        monkeypatch.setenv("AUTH0_MANAGEMENT_CLIENT_ID", "x")
        ended = run(
            "--auth0-allow-production", "--auth0-budget=sms=1000,management=0", "-k", "password"
        )
        row = next(
            line for line in ended.text.splitlines() if "at most " in line and "will" not in line
        )
        users, *_, management = row.split()[2:]
        assert (USAGE_ERROR, 2 * int(users)) == (ended.status, int(management)), ended.text


def test_own_tests(administered: Administered) -> None:
    """What the fixtures of a user's own tests take is planned, too."""
    administered.project.write(
        test_own="""
        import pytest

        @pytest.mark.mfa_factor("sms")
        def test_own(enrolled_authenticator):
            pass

        def test_free():
            pass
        """
    )
    ended = administered.run("--auth0-budget=sms=0")
    assert USAGE_ERROR == ended.status, ended.text
    assert "3 sms of 0" in ended.text
    assert [] == administered.seen


class TestOfExplorations:
    """They take what tests leave, and count with them."""

    ON_MOCK = ("--auth0-tenant=mock", "--auth0-explore=400:7")

    def test_planned_beside_tests(self, project: Project) -> None:
        """The plan has its calls, and no more of each kind than the tests leave."""
        chosen = ("--auth0-factors=sms", "--auth0-budget=sms=3,users=4,push=0")
        ended = project.run(*self.ON_MOCK, *chosen)
        told = "1 test and an exploration of 400 calls will spend at most: users 4, sms 3, wrong"
        assert told in ended.text

    @pytest.mark.parametrize("options", [(), ("-n", "2")])
    def test_refused_with_tests_that_do_not_fit(
        self, project: Project, watched: tuple[str, list[Received]], options: tuple[str, ...]
    ) -> None:
        """It never makes a plan too large by itself, and has its row where tests do."""
        url, seen = watched
        chosen = (f"--auth0-tenant={url}", "--auth0-explore=400", "--auth0-budget=sms=1,users=90")
        ended = project.run_apart(*options, *chosen)
        assert (USAGE_ERROR, []) == (ended.status, seen), ended.text
        assert "it would spend up to 2 sms of 1." in ended.text
        rows = [line.split() for line in ended.text.splitlines() if "exploration " in line]
        assert ["exploration", "85"] in [row[:2] for row in rows]

    def test_ends_early(self, project: Project, watched: tuple[str, list[Received]]) -> None:
        """When the budget is used up it ends, says so, and has broken nothing."""
        url, seen = watched
        ended, report = project.report(
            *(f"--auth0-tenant={url}", "--auth0-explore=400:7", "--auth0-budget=sms=2,users=3"),
            *("-k", "exploration"),
        )
        told = report["exploration"]
        assert (0, True) == (ended.status, told["agrees"]), ended.text
        assert "an exploration of 400 calls will spend at most: users 3, sms 2, voice" in ended.text
        assert "ended early: no budget: the exploration may spend 1 " in ended.text
        assert "are left" in told["ended"]
        assert told["steps"] < 400
        made = [each for each in seen if each.path == "/__mock__/users"]
        assert 3 >= len(made) == report["spend"]["users"] > 0
        assert 2 >= report["spend"]["sms"]

    @pytest.mark.parametrize("options", [(), ("-n", "1")])
    def test_seen_by_tests_after_it(self, project: Project, options: tuple[str, ...]) -> None:
        """What it took is gone for them."""
        project.pytester.makeconftest(
            """
            import pytest

            @pytest.hookimpl(trylast=True)
            def pytest_collection_modifyitems(items):
                items.sort(key=lambda item: item.name != "auth0-exploration")
            """
        )
        chosen = ("--auth0-factors=otp,sms", "--auth0-budget=sms=3", "-rs")
        ended = project.run_apart(*options, *self.ON_MOCK, *chosen)
        assert 0 == ended.status, ended.text
        counts = (ended.outcomes["passed"], ended.outcomes["skipped"])
        assert (2, 1) == counts, ended.text
        assert "no budget: the test may spend 2 sms, and 0 of 3 are left" in ended.text

    def test_left_out_where_nothing_may_be_sent(self, project: Project) -> None:
        """Without a budget for any message it explores by one-time passwords to its end."""
        budget = "--auth0-budget=sms=0,voice=0,email=0,push=0"
        arguments = ("--auth0-explore=90:3", budget, "-k", "exploration")
        ended, report = project.report("--auth0-tenant=mock", *arguments)
        told = report["exploration"]
        assert (90, None) == (told["steps"], told["ended"]), ended.text
        assert [0, 0, 0, 0] == [report["spend"][n] for n in ("sms", "voice", "email", "push")]

    def test_given_users_bound_it(self, project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
        """A domain's plan has the users that there are, and is refused for tests alone."""
        monkeypatch.setenv("AUTH0_CLIENT_ID", "x")
        monkeypatch.setenv("AUTH0_USERNAME", "somebody")
        monkeypatch.setenv("MAILSLURP_API_KEY", "planted")
        chosen = ("--auth0-tenant=acme.us.auth0.com", "--auth0-explore=300", "--auth0-budget=sms=1")
        ended = project.run(*chosen)
        assert USAGE_ERROR == ended.status, ended.text
        rows = [line.split() for line in ended.text.splitlines() if "exploration " in line]
        assert ["exploration", "1", "300", "300", "300"] in rows, ended.text
