"""Where a setting comes from: option, environment, `.env`, ini file, default; and its origin."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pytest_auth0_mfa.plugin.options import OPTIONS

if TYPE_CHECKING:
    from pytest_auth0_mfa.plugin.options import Option
    from tests.plugin.conftest import Project

CONTRACT = {
    "auth0_tenant",
    "auth0_conformance",
    "auth0_factors",
    "auth0_profile",
    "auth0_report",
    "auth0_deviation",
    "auth0_sweep",
    "auth0_budget",
}


@pytest.fixture
def quick(project: Project) -> Project:
    """A project with a test that uses the plugin but sends nothing."""
    project.write(test_one="def test_one(inbox):\n    pass")
    return project


def header(project: Project, *arguments: str) -> str:
    """The lines of the report header that are ours."""
    ended = project.run(*arguments)
    assert 0 == ended.status, ended.text
    return "\n".join(line for line in ended.text.splitlines() if line.startswith("auth0-mfa:"))


class TestHelp:
    """`pytest --help`."""

    def test_options_are_explained(self, project: Project) -> None:
        """Each option has a text, its ini key and, where there is one, its variable."""
        words = " ".join(project.run("--help").text.split())
        for option in OPTIONS:
            assert option.flag in words
            assert f"(ini: {option.name}" in words
            assert not option.variable or f"environment: {option.variable})" in words

    def test_ini_keys_are_explained(self, project: Project) -> None:
        """Each ini key is listed in the section on configuration files."""
        _, _, section = project.run("--help").text.partition("[pytest] configuration options")
        for option in OPTIONS:
            assert f"  {option.name} (" in section
            assert option.flag in section

    def test_options_of_the_contract(self) -> None:
        """The options that users were promised exist under their names."""
        assert set() == CONTRACT - {option.name for option in OPTIONS}

    @pytest.mark.parametrize("option", OPTIONS, ids=lambda option: str(option.name))
    def test_no_option_takes_a_secret(self, option: Option) -> None:
        """Command lines are seen by every user of the machine and end up in logs."""
        for word in ("secret", "password", "token", "api_key"):
            assert word not in option.name
            assert word not in option.help.lower()


class TestPrecedence:
    """Of several sources the first one that names a value wins, and the header says which."""

    def test_default(self, quick: Project) -> None:
        """Where nothing is said, the tenant is the mock."""
        assert "tenant mock (default)" in header(quick, "--auth0-factors=otp")

    def test_ini(self, quick: Project) -> None:
        """The ini file comes before the default."""
        quick.pytester.makeini("[pytest]\nauth0_factors = otp")
        assert "factors otp (ini)" in header(quick)

    def test_env_file_over_ini(self, quick: Project) -> None:
        """`.env` comes before the ini file."""
        quick.pytester.makeini("[pytest]\nauth0_factors = otp")
        quick.pytester.path.joinpath(".env").write_text("AUTH0_MFA_FACTORS=sms\n", "utf-8")
        assert "factors sms (.env)" in header(quick)

    def test_environment_over_env_file(
        self, quick: Project, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The environment comes before `.env`."""
        quick.pytester.path.joinpath(".env").write_text("AUTH0_MFA_FACTORS=sms\n", "utf-8")
        monkeypatch.setenv("AUTH0_MFA_FACTORS", "voice")
        assert "factors voice (environment)" in header(quick, "--auth0-tenant=mock")

    def test_option_over_everything(self, quick: Project, monkeypatch: pytest.MonkeyPatch) -> None:
        """The command line comes first."""
        quick.pytester.makeini("[pytest]\nauth0_factors = otp")
        quick.pytester.path.joinpath(".env").write_text("AUTH0_MFA_FACTORS=sms\n", "utf-8")
        monkeypatch.setenv("AUTH0_MFA_FACTORS", "voice")
        assert "factors email (option)" in header(quick, "--auth0-factors=email")

    def test_empty_value_is_none(self, quick: Project, monkeypatch: pytest.MonkeyPatch) -> None:
        """A variable that is set to nothing does not hide the ini file."""
        quick.pytester.makeini("[pytest]\nauth0_factors = otp")
        monkeypatch.setenv("AUTH0_MFA_FACTORS", "")
        assert "factors otp (ini)" in header(quick)

    def test_tenant_of_the_ini_file(self, quick: Project) -> None:
        """A project may name its tenant once and for all."""
        quick.pytester.makeini("[pytest]\nauth0_tenant = acme.us.auth0.com")
        assert "tenant acme.us.auth0.com (ini)" in header(quick)

    def test_bare_option_takes_the_domain(
        self, quick: Project, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A bare `--auth0-tenant` means the tenant in AUTH0_DOMAIN."""
        monkeypatch.setenv("AUTH0_DOMAIN", "acme.eu.auth0.com")
        assert "tenant acme.eu.auth0.com (option)" in header(quick, "--auth0-tenant")

    def test_domain_of_the_env_file(self, quick: Project) -> None:
        """AUTH0_DOMAIN may stand in `.env`."""
        quick.pytester.path.joinpath(".env").write_text("AUTH0_DOMAIN=acme.us.auth0.com\n", "utf-8")
        assert "tenant acme.us.auth0.com" in header(quick, "--auth0-tenant")

    def test_domain_alone_changes_nothing(
        self, quick: Project, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A variable that is set for another program does not aim tests at a real tenant."""
        monkeypatch.setenv("AUTH0_DOMAIN", "acme.us.auth0.com")
        assert "tenant mock (default)" in header(quick, "--auth0-factors=otp")

    def test_lists_of_the_ini_file(self, quick: Project) -> None:
        """An ini list may have one value a line."""
        quick.pytester.makeini("[pytest]\nauth0_factors =\n    otp\n    recovery-code")
        assert "factors otp,recovery-code (ini)" in header(quick)


class TestSecrets:
    """Credentials come from the environment and are never shown."""

    def test_origins_are_shown_and_values_are_not(
        self, quick: Project, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The header tells which variables were found and where, and nothing of their values."""
        monkeypatch.setenv("AUTH0_CLIENT_ID", "planted-id")
        monkeypatch.setenv("AUTH0_CLIENT_SECRET", "planted-secret")
        env_file = quick.pytester.path / ".env"
        env_file.write_text("AUTH0_PASSWORD=planted-password\nAUTH0_CLIENT_SECRET=other\n", "utf-8")
        told = header(quick, "--auth0-tenant=acme.us.auth0.com")
        assert "AUTH0_CLIENT_SECRET (environment)" in told
        assert "AUTH0_PASSWORD (.env)" in told
        assert "planted-" not in told

    def test_env_file_does_not_enter_the_environment(self, quick: Project) -> None:
        """What `.env` holds is read by this plugin alone; the user's code sees no change."""
        quick.pytester.path.joinpath(".env").write_text("AUTH0_PASSWORD=planted\n", "utf-8")
        quick.write(
            test_two="""
            import os

            def test_two(inbox):
                assert "AUTH0_PASSWORD" not in os.environ
            """
        )
        assert {"passed": 2} == quick.run("--auth0-tenant=acme.us.auth0.com").outcomes


def test_strict_by_ini(project: Project) -> None:
    """A project that wants deviations to fail says so once."""
    project.write(
        test_one="""
        import pytest

        @pytest.mark.requirement("MFA-LOGIN-TOKEN-PLAIN")
        def test_one(mfa_judge, auth0_tenant, auth0_user):
            mfa_judge.accepts(auth0_tenant.password(auth0_user), "a login")
        """
    )
    project.pytester.makeini("[pytest]\nauth0_strict = true")
    ended = project.run()
    assert ({"failed": 1}, 1) == (ended.outcomes, ended.status)
    assert "strict on (ini)" in ended.text
