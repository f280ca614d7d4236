"""When the plugin wakes up, and that a project which does not use it notices nothing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.plugin.conftest import Project

HEAVY = (
    "cryptography",
    "dotenv",
    "httptools",
    "jsonschema",
    "jwt",
    "prettytable",
    "pyotp",
    "pytest_auth0_mfa.api",
    "pytest_auth0_mfa.judge",
    "pytest_auth0_mfa.mock",
    "pytest_auth0_mfa.schemas",
    "pytest_auth0_mfa.tenant",
    "requests",
    "trustme",
    "uvicorn",
    "uvloop",
)
STRICT = ("--strict-markers", "--strict-config", "-W", "error")


class TestUnused:
    """A run that uses nothing of ours."""

    @pytest.fixture
    def unrelated(self, project: Project) -> Project:
        """A project that notes, at the very end, which modules and threads there are."""
        project.pytester.makeconftest(
            """
            import json, sys, threading
            from pathlib import Path

            def pytest_unconfigure(config):
                threads = [thread.name for thread in threading.enumerate()]
                Path("noted.json").write_text(json.dumps([sorted(sys.modules), threads]))
            """
        )
        project.write(test_one="def test_one():\n    pass")
        return project

    def test_loads_and_starts_nothing(self, unrelated: Project) -> None:
        """No library of ours is loaded, no thread runs."""
        ended = unrelated.run_apart()
        assert {"passed": 1} == ended.outcomes
        loaded, threads = json.loads((unrelated.pytester.path / "noted.json").read_text("utf-8"))
        assert [] == [name for name in HEAVY if name in loaded]
        assert ["MainThread"] == threads

    def test_says_nothing(self, unrelated: Project) -> None:
        """Neither header nor summary mentions us; pytest's own list of plugins does."""
        lines = unrelated.run_apart("-v").text.splitlines()
        ours = [line for line in lines if "auth0" in line and not line.startswith("plugins:")]
        assert [] == ours

    def test_variables_for_other_programs_are_left_alone(
        self, unrelated: Project, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A machine that is set up for Auth0, rightly or wrongly, sees no difference."""
        monkeypatch.setenv("AUTH0_DOMAIN", "nonsense")
        monkeypatch.setenv("AUTH0_MFA_TENANT", "nonsense")
        assert {"passed": 1} == unrelated.run_apart().outcomes

    def test_passes_unchanged_under_xdist(self, unrelated: Project) -> None:
        """Workers are as untouched as the main process."""
        assert {"passed": 1} == unrelated.run_apart("-n", "1").outcomes

    def test_folder_called_suites_is_the_users(self, project: Project) -> None:
        """A user may have a folder of that name."""
        folder = project.pytester.mkdir("suites")
        folder.joinpath("test_one.py").write_text("def test_one():\n    pass\n", "utf-8")
        ended = project.run("suites")
        assert {"passed": 1} == ended.outcomes
        assert "auth0-mfa:" not in ended.text


class TestStrictProject:
    """A project that turns every warning and every unknown name into an error."""

    def test_without_use(self, project: Project) -> None:
        """The installed plugin is no reason to complain."""
        project.write(test_one="def test_one():\n    pass")
        assert {"passed": 1} == project.run_apart(*STRICT).outcomes

    def test_with_every_fixture(self, project: Project) -> None:
        """Nor are its markers, its fixtures and its mock."""
        project.write(
            test_one="""
            import pytest

            @pytest.mark.mfa_factor("otp")
            def test_one(mfa_token, enrolled_authenticator, inbox, auth0_tenant):
                login = enrolled_authenticator.login()
                assert enrolled_authenticator.verify(login, enrolled_authenticator.code()).accepted

            @pytest.mark.requirement("MFA-LOGIN-MFA-REQUIRED")
            def test_two(mfa_judge, auth0_tenant, auth0_user):
                mfa_judge.conforms(auth0_tenant.password(auth0_user), "error.mfa-required")
            """
        )
        assert {"passed": 2} == project.run_apart(*STRICT).outcomes

    def test_ini_keys_are_known(self, project: Project) -> None:
        """`--strict-config` knows our keys."""
        project.write(test_one="def test_one():\n    pass")
        project.pytester.makeini("[pytest]\nauth0_factors = otp\nauth0_strict = false")
        assert {"passed": 1} == project.run(*STRICT).outcomes


class TestListings:
    """What pytest tells about us when asked."""

    def test_fixtures_tell_their_cost(self, project: Project) -> None:
        """`pytest --fixtures` explains each public fixture in a line and says what it costs."""
        lines = project.run("--fixtures").text.splitlines()
        for name in ("mfa_token", "enrolled_authenticator", "inbox", "auth0_user", "auth0_tenant"):
            place = next(
                n for n, line in enumerate(lines) if line.startswith((f"{name} ", f"{name}["))
            )
            assert "Costs " in lines[place + 1], name

    def test_fixtures_have_our_prefix(self, project: Project) -> None:
        """Apart from the public three every fixture carries a prefix of ours."""
        text = project.run("--fixtures").text
        _, _, ours = text.partition("fixtures defined from pytest_auth0_mfa")
        section = ours.partition("fixtures defined from")[0].splitlines()[1:]
        names = [line.split()[0].partition("[")[0] for line in section if line[:1].isalpha()]
        assert {"mfa_token", "enrolled_authenticator", "inbox"} <= set(names)
        public = {"enrolled_authenticator", "inbox"}
        assert [] == [n for n in names if not n.startswith(("mfa_", "auth0_")) and n not in public]

    def test_markers_are_explained(self, project: Project) -> None:
        """`pytest --markers` knows both."""
        text = project.run("--markers").text
        assert "@pytest.mark.requirement(id):" in text
        assert "@pytest.mark.mfa_factor(name):" in text


class TestCollectOnly:
    """`--collect-only` sends nothing."""

    @pytest.mark.parametrize("arguments", [[], ["-q"]])
    def test_real_domain_is_not_looked_up(self, project: Project, arguments: list[str]) -> None:
        """Tests are listed without network, credentials or a mock."""
        project.pytester.makeconftest(
            """
            import socket

            def refuse(*args, **kwargs):
                raise AssertionError("the network was used")

            socket.socket.connect = refuse
            socket.getaddrinfo = refuse
            """
        )
        project.write(
            test_one="""
            import pytest

            @pytest.mark.requirement("MFA-LOGIN-MFA-REQUIRED")
            def test_one(mfa_judge, mfa_token):
                pass
            """
        )
        ended = project.run_apart("--collect-only", "--auth0-tenant=acme.us.auth0.com", *arguments)
        assert 0 == ended.status, ended.text
        assert "1 test collected" in ended.text
