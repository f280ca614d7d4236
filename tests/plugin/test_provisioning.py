"""Users created through the Management API on a tenant that is no mock; nothing is left of them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest

from pytest_auth0_mfa.mock.server import MockServer
from tests.plugin.administered import PASSWORD, TEST_TENANT, administer

if TYPE_CHECKING:
    from pathlib import Path

    from tests.plugin.administered import Administered
    from tests.plugin.conftest import Project
    from tests.plugin.hidden import Serve

USAGE_ERROR = 4
ENROLLS = """
import pytest
from pathlib import Path

@pytest.mark.parametrize("number", range(3))
def test_enrolls(number, enrolled_authenticator, auth0_tenant):
    user = enrolled_authenticator.user
    Path(f"{number}.user").write_text(f"{user.email} {user.user_id}")
    login = enrolled_authenticator.login()
    assert enrolled_authenticator.verify(login, enrolled_authenticator.code(login)).accepted
"""
JUDGES = """
import pytest

@pytest.mark.requirement("MFA-LOGIN-MFA-REQUIRED")
def test_one(mfa_judge, auth0_tenant, auth0_user):
    mfa_judge.conforms(auth0_tenant.password(auth0_user), "error.mfa-required")
"""


def journals(administered: Administered) -> list[Path]:
    """The journals that lie about."""
    return list((administered.project.pytester.path / "state").rglob("*.jsonl"))


@pytest.fixture
def enrolling(administered: Administered) -> Administered:
    """The tenant, with a project that enrolls three users."""
    administered.project.write(test_enrolls=ENROLLS)
    return administered


class TestCreating:
    """A run with credentials of the Management API on a test tenant."""

    def test_users_of_its_own(self, enrolling: Administered) -> None:
        """Each test has a user, who is deleted at the end, the latest first."""
        stranger = enrolling.administrator.create("somebody@example.test")
        ended = enrolling.run()
        assert {"passed": 3} == ended.outcomes, ended.text
        assert "auth0-mfa: removed 3 users" in ended.text
        assert [stranger] == [user["user_id"] for user in enrolling.administrator.users()]
        assert [] == journals(enrolling)

    def test_order(self, enrolling: Administered) -> None:
        """What was created last is removed first."""
        enrolling.run()
        files = [enrolling.project.pytester.path / f"{number}.user" for number in range(3)]
        created = [path.read_text().split()[1] for path in files]
        gone = [unquote(each.path) for each in enrolling.seen if each.method == "DELETE"]
        assert [f"/api/v2/users/{user_id}" for user_id in reversed(created)] == gone

    def test_what_a_user_is_like(self, enrolling: Administered) -> None:
        """Marked with the run, at a domain that gets no mail, not verified, and not mailed to."""
        ended = enrolling.run()
        run = ended.text.partition(", run ")[2].split(",")[0].split()[0]
        bodies = [
            json.loads(each.body)
            for each in enrolling.seen
            if (each.method, each.path) == ("POST", "/api/v2/users")
        ]
        for number, body in enumerate(bodies, 1):
            assert f"mfa-{run}-main-{number}@example.com" == body["email"]
            assert (False, False) == (body["verify_email"], body["email_verified"])
            assert run == body["app_metadata"]["pytest_auth0_mfa"]["run"]
        assert 3 == len({body["password"] for body in bodies})
        for body in bodies:
            assert body["password"] not in ended.text

    def test_own_domain(self, enrolling: Administered) -> None:
        """The profile may name the domain of the addresses."""
        enrolling.profile(f'{TEST_TENANT}user_domain = "nowhere.example"\n')
        enrolling.run()
        users = enrolling.project.pytester.path.glob("*.user")
        assert all(path.read_text().split()[0].endswith("@nowhere.example") for path in users)

    def test_header(self, enrolling: Administered) -> None:
        """Before anything is sent the header says what will be done, and who said so."""
        ended = enrolling.run()
        line = next(line for line in ended.text.splitlines() if "Management API" in line)
        assert line == (
            "auth0-mfa: unless it is a mock: creates and deletes users through the Management API "
            "(AUTH0_MANAGEMENT_CLIENT_ID from .env, test_tenant in the profile); each is marked "
            "with this run"
        )

    def test_distributed(self, enrolling: Administered) -> None:
        """Workers create, the controller removes, once they are done."""
        ended = enrolling.run_apart("-n", "2")
        assert {"passed": 3} == ended.outcomes, ended.text
        assert "auth0-mfa: removed 3 users" in ended.text
        assert ([], []) == (enrolling.administrator.emails(), journals(enrolling))

    def test_report(self, administered: Administered) -> None:
        """Calls of the Management API are counted, those of the clean-up as well."""
        administered.project.write(test_one=JUDGES)
        ended = administered.run("--auth0-report=r.json")
        report = json.loads((administered.project.pytester.path / "r.json").read_text())
        assert {"passed": 1} == ended.outcomes, ended.text
        assert (1, 2) == (report["spend"]["users"], report["spend"]["management"])
        assert {"requests": 1, "users": 1, "management": 1} == report["requirements"][0]["spend"]


class TestRefusing:
    """What cannot work is told before the first test."""

    @pytest.fixture
    def administered(self, administered: Administered) -> Administered:
        """The tenant, with a project that judges a requirement."""
        administered.project.write(test_one=JUDGES)
        return administered

    @pytest.mark.parametrize("options", [(), ("-n", "1")])
    def test_missing_scopes(self, administered: Administered, options: tuple[str, ...]) -> None:
        """All missing scopes are named together, and no user is created."""
        administered.administrator.grant("read:users", "read:clients")
        ended = administered.run_apart(*options)
        assert USAGE_ERROR == ended.status, ended.text
        assert "lacks these scopes of the Management API: create:users delete:users." in ended.text
        assert [] == administered.requests_to("/api/v2")

    def test_wrong_secret(
        self, administered: Administered, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Credentials that are refused are named by their variables."""
        monkeypatch.setenv("AUTH0_MANAGEMENT_CLIENT_SECRET", "planted-and-wrong")
        ended = administered.run()
        assert USAGE_ERROR == ended.status, ended.text
        assert "no token for the Management API" in ended.text
        assert "AUTH0_MANAGEMENT_CLIENT_SECRET" in ended.text
        assert "planted-and-wrong" not in ended.text

    def test_tenant_that_looks_like_production(self, administered: Administered) -> None:
        """Unless somebody says that it is for tests, nobody is created there."""
        administered.profile("")
        ended = administered.run()
        assert USAGE_ERROR == ended.status, ended.text
        assert "test_tenant = true in the profile, or pass --auth0-allow-production" in ended.text
        assert "auth0-mfa: unless it is a mock: creates no user: nothing says" in ended.text
        assert [] == administered.requests_to("/api/v2")

    def test_production_is_allowed(self, administered: Administered) -> None:
        """With the option the same run creates and deletes."""
        administered.profile("management_per_second = 1000\n")
        ended = administered.run("--auth0-allow-production")
        assert {"passed": 1} == ended.outcomes, ended.text
        assert "--auth0-allow-production (option)" in ended.text
        assert ["POST /api/v2/users"] == administered.requests_to("/api/v2")[:1]
        assert [] == administered.administrator.emails()

    def test_management_without_credentials(
        self, administered: Administered, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """What the profile asks for needs its credentials."""
        (administered.project.pytester.path / ".env").unlink()
        monkeypatch.setenv("AUTH0_CLIENT_ID", "x")
        administered.profile(f'{TEST_TENANT}users = "management"\n')
        ended = administered.run()
        assert USAGE_ERROR == ended.status, ended.text
        assert "needs credentials: set AUTH0_MANAGEMENT_CLIENT_ID" in ended.text

    def test_state_folder_that_cannot_be_written(
        self, administered: Administered, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Without a journal nobody is created."""
        blocked = administered.project.pytester.path / "a-file"
        blocked.touch()
        monkeypatch.setenv("XDG_STATE_HOME", str(blocked))
        ended = administered.run()
        assert USAGE_ERROR == ended.status, ended.text
        assert "no user is created without one" in ended.text
        assert ([], "Traceback" in ended.text) == (administered.administrator.emails(), False)


class TestGiven:
    """Users that exist already."""

    GIVEN = '[[user]]\nusername = "given@example.test"\npassword_variable = "GIVEN"\n'

    @pytest.fixture
    def given(self, administered: Administered, monkeypatch: pytest.MonkeyPatch) -> Administered:
        """A tenant with a given user, who has a password of his own and nothing enrolled."""
        monkeypatch.setenv("GIVEN", PASSWORD)
        administered.administrator.create("given@example.test")
        administered.project.write(test_enrolls=ENROLLS.replace("range(3)", "range(1)"))
        return administered

    def enrolled(self, given: Administered) -> list[str]:
        """The types of authentication methods that the given user has."""
        [user] = given.administrator.users()
        methods = given.administrator.ask("GET", f"/users/{user['user_id']}/authentication-methods")
        return [method["type"] for method in methods]

    def test_in_production(self, given: Administered) -> None:
        """They are used wherever the run is, as they are given for that; nothing is removed."""
        given.profile(self.GIVEN)
        ended = given.run()
        assert {"passed": 1} == ended.outcomes, ended.text
        assert "enrolls and changes given users, each once: 1 of the profile" in ended.text
        assert [] == given.requests_to("/api/v2")
        assert ["given@example.test"] == given.administrator.emails()

    def test_are_preferred_where_the_profile_says_so(self, given: Administered) -> None:
        """On a test tenant what was enrolled on them is taken away, and they stay."""
        given.profile(f'{TEST_TENANT}users = "given"\n{self.GIVEN}')
        ended = given.run()
        assert {"passed": 1} == ended.outcomes, ended.text
        assert "what it enrolled is removed at the end" in ended.text
        assert ["given@example.test"] == given.administrator.emails()
        assert ([], []) == (self.enrolled(given), journals(given))
        assert "of given users" in ended.text

    def test_what_they_had_stays(self, given: Administered) -> None:
        """Only what the run itself enrolled is removed."""
        [user] = given.administrator.users()
        path = f"/users/{user['user_id']}/authentication-methods"
        body = {"type": "phone", "name": "own", "phone_number": "+12025550143"}
        given.administrator.ask("POST", path, {**body, "preferred_authentication_method": "sms"})
        given.project.write(test_enrolls="def test_one(auth0_user):\n    pass\n")
        given.profile(f'{TEST_TENANT}users = "given"\n{self.GIVEN}')
        ended = given.run()
        assert {"passed": 1} == ended.outcomes, ended.text
        assert ["phone"] == self.enrolled(given)

    def test_without_the_scopes(self, given: Administered) -> None:
        """Where it cannot be taken away the tests run all the same, and the end says what stays."""
        given.administrator.grant("read:clients")
        given.profile(f'{TEST_TENANT}users = "given"\n{self.GIVEN}')
        ended = given.run()
        assert {"passed": 1} == ended.outcomes, ended.text
        assert "what was enrolled on 1 given user stays" in ended.text
        assert "Insufficient scope" in ended.text


def test_tenant_of_the_environment(
    enrolling: Administered, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Workers whose controller knows nothing of the tenant remove what they create themselves."""
    monkeypatch.setenv("AUTH0_MFA_TENANT", enrolling.url)
    monkeypatch.setenv("AUTH0_MFA_PROFILE", "p.toml")
    ended = enrolling.project.run_apart("-n", "2")
    assert {"passed": 3} == ended.outcomes, ended.text
    assert 6 == len(enrolling.requests_to("/api/v2"))
    assert ([], []) == (enrolling.administrator.emails(), journals(enrolling))


def test_limits_of_a_free_tenant(
    project: Project, serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A tenant that takes two calls a second refuses none."""
    monkeypatch.setenv("XDG_STATE_HOME", str(project.pytester.path / "state"))
    with MockServer(seed=5, rate_limits="real") as server:
        tenant = administer(project, server.info, serve)
        tenant.profile("test_tenant = true\n")
        project.write(
            test_one="def test_one(auth0_tenant):\n    [auth0_tenant.new_user() for _ in 'ab']"
        )
        ended = tenant.run()
    assert {"passed": 1} == ended.outcomes, ended.text
    assert "removed 2 users" in ended.text
    assert [201, 201, 204, 204] == tenant.statuses("/api/v2")
