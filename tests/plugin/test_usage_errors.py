"""Wrong settings: exit status 4 and one message that names the fix; nothing runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.plugin.conftest import Ended, Project

USAGE_ERROR = 4
MARK = "auth0-mfa: "


def message(ended: Ended) -> str:
    """Check that the run ended with one plain message and return it."""
    told = [line for line in ended.text.splitlines() if MARK in line and "ERROR" in line]
    assert (USAGE_ERROR, 1) == (ended.status, len(told)), ended.text
    assert "Traceback" not in ended.text
    assert "collected" not in ended.text
    assert {} == ended.outcomes
    return told[0].partition(MARK)[2]


class TestTenant:
    """The value of `--auth0-tenant`."""

    def test_path_is_not_swallowed(self, one_test: Project) -> None:
        """In `--auth0-tenant tests` the folder is not taken for the tenant."""
        one_test.pytester.mkdir("tests")
        told = message(one_test.run("--auth0-tenant", "tests"))
        assert "--auth0-tenant: 'tests' is a path, not a tenant" in told
        assert "--auth0-tenant=TENANT tests" in told

    def test_path_in_addopts(self, one_test: Project) -> None:
        """The guard also looks at `addopts`."""
        one_test.pytester.makeini("[pytest]\naddopts = --auth0-tenant test_one.py")
        assert "'test_one.py' is a path, not a tenant" in message(one_test.run())

    def test_path_in_the_ini_key(self, one_test: Project) -> None:
        """The guard also looks at the ini key."""
        one_test.pytester.makeini("[pytest]\nauth0_tenant = test_one.py")
        assert "'test_one.py' is a path, not a tenant" in message(one_test.run())

    def test_path_in_the_environment(
        self, one_test: Project, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The guard also looks at the variable."""
        monkeypatch.setenv("AUTH0_MFA_TENANT", ".")
        assert "'.' is a path, not a tenant" in message(one_test.run("--auth0-factors=otp"))

    @pytest.mark.parametrize(
        ("value", "told"),
        [
            ("nonsense", "'nonsense' is neither 'mock', nor a domain such as acme.us.auth0.com"),
            ("http://acme.us.auth0.com", "http:// is for this machine only"),
            ("http://acme.us.auth0.com", "write https://acme.us.auth0.com"),
            ("https://acme.us.auth0.com/login", "with no path"),
            ("https://acme.us.auth0.com:port", "expected https://host[:port]"),
            ("ftp://acme.us.auth0.com", "expected https://host[:port]"),
            ("https://", "expected https://host[:port]"),
        ],
    )
    def test_no_tenant_at_all(self, one_test: Project, value: str, told: str) -> None:
        """What can be no tenant is refused, and the message says what can."""
        assert told in message(one_test.run(f"--auth0-tenant={value}"))

    def test_credentials_in_a_url_are_not_repeated(self, one_test: Project) -> None:
        """Whoever puts a password into the URL does not find it in the log."""
        told = message(one_test.run("--auth0-tenant=https://me:planted-secret@acme.us.auth0.com"))
        assert "expected https://host[:port] with no path, user or query" in told
        assert "planted-secret" not in told

    def test_bare_without_a_domain(self, one_test: Project) -> None:
        """A bare option needs AUTH0_DOMAIN."""
        told = message(one_test.run("--auth0-tenant"))
        assert "AUTH0_DOMAIN, which is not set: write --auth0-tenant=acme.us.auth0.com" in told

    def test_bare_with_a_wrong_domain(
        self, one_test: Project, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A mistake in AUTH0_DOMAIN is told under that name."""
        monkeypatch.setenv("AUTH0_DOMAIN", "acme")
        assert message(one_test.run("--auth0-tenant")).startswith("AUTH0_DOMAIN: 'acme' is neither")


class TestFactors:
    """The value of `--auth0-factors`."""

    def test_unknown_factor(self, one_test: Project) -> None:
        """A misspelled factor is named with the one that was meant."""
        told = message(one_test.run("--auth0-factors=otp,recovery-cod"))
        assert (
            "--auth0-factors: unknown factor 'recovery-cod'; did you mean 'recovery-code'" in told
        )

    def test_far_from_any_factor(self, one_test: Project) -> None:
        """Where nothing is near, all factors are named."""
        told = message(one_test.run("--auth0-factors=fingerprint"))
        assert "known: otp, sms, voice, email, push, recovery-code" in told

    def test_of_the_ini_file(self, one_test: Project) -> None:
        """The ini key is read as strictly as the option."""
        one_test.pytester.makeini("[pytest]\nauth0_factors = opt")
        assert "unknown factor 'opt'; did you mean 'otp'" in message(one_test.run())


class TestProfile:
    """The file named by `--auth0-profile`."""

    def test_missing(self, one_test: Project) -> None:
        """A file that is not there is named with the system's reason."""
        told = message(one_test.run("--auth0-profile=no.toml"))
        assert "profile no.toml: cannot be read (No such file or directory)" in told

    def test_folder(self, one_test: Project) -> None:
        """A folder is no profile."""
        one_test.pytester.mkdir("profiles")
        assert "profile profiles: cannot be read" in message(
            one_test.run("--auth0-profile=profiles")
        )

    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ("factors = [", "not valid TOML"),
            ("factor = ['otp']", "unknown key 'factor'; did you mean 'factors'"),
            ("xyzzy = 1", "unknown key 'xyzzy'; known: factors, public_client_id"),
            ("factors = 'otp'", "factors: expected a list of otp, sms"),
            ("factors = ['opt']", "unknown factor 'opt'; did you mean 'otp'"),
            ("public_client_id = 1", "public_client_id: expected a text, got int"),
            ("user = 'me'", "write each user as a table of its own, [[user]]"),
            ("[[user]]\nusername = 'me'", "[[user]]: password_variable: expected a text"),
            ("[[user]]\npassword = 'x'", "[[user]]: unknown key 'password'"),
            (
                "[[expected-failure]]\nrequirement = 'MFA-LIST-ID'",
                "[[expected-failure]] of MFA-LIST-ID: reason: expected a text, got nothing",
            ),
        ],
    )
    def test_mistake_inside(self, one_test: Project, text: str, told: str) -> None:
        """A mistake is named with the file, the place and what was expected."""
        (one_test.pytester.path / "acme.toml").write_text(text, "utf-8")
        whole = message(one_test.run("--auth0-profile=acme.toml"))
        assert whole.startswith("profile acme.toml: ")
        assert told in whole

    def test_not_utf8(self, one_test: Project) -> None:
        """A file in another encoding is told as such, without a traceback."""
        (one_test.pytester.path / "acme.toml").write_bytes(b"public_client_id = '\xff'")
        assert "not valid TOML" in message(one_test.run("--auth0-profile=acme.toml"))

    def test_expected_failure_of_no_factor(self, one_test: Project) -> None:
        """Nor would one for a factor for which its requirement is not judged."""
        (one_test.pytester.path / "acme.toml").write_text(
            "[[expected-failure]]\nrequirement = 'MFA-LOGIN-MFA-REQUIRED'\nfactor = 'otp'\n"
            "reason = 'r'",
            "utf-8",
        )
        told = message(one_test.run("--auth0-profile=acme.toml"))
        assert "MFA-LOGIN-MFA-REQUIRED is not judged for otp, only for any" in told

    def test_expected_failure_of_no_requirement(self, one_test: Project) -> None:
        """An entry for a requirement that does not exist would never apply, so it is refused."""
        (one_test.pytester.path / "acme.toml").write_text(
            "[[expected-failure]]\nrequirement = 'MFA-LIST-IDS'\nreason = 'r'", "utf-8"
        )
        told = message(one_test.run("--auth0-profile=acme.toml"))
        assert "MFA-LIST-IDS" in told
        assert "MFA-LIST-ID'" in told


class TestDeviation:
    """The value of `--auth0-deviation`."""

    def test_unknown(self, one_test: Project) -> None:
        """A misspelled deviation is named with the one that was meant."""
        told = message(one_test.run("--auth0-deviation=reusd-otp-accepted"))
        assert "unknown deviation 'reusd-otp-accepted'; did you mean 'reused-otp-accepted'" in told

    def test_far_from_any(self, one_test: Project) -> None:
        """Where nothing is near, the message tells how to list them."""
        told = message(one_test.run("--auth0-deviation=xyzzy"))
        assert "--auth0-deviation=list prints all" in told

    @pytest.mark.parametrize("tenant", ["http://127.0.0.1:1", "acme.us.auth0.com"])
    def test_for_another_tenant(self, one_test: Project, tenant: str) -> None:
        """Only the embedded mock can be made wrong from here."""
        told = message(
            one_test.run(f"--auth0-tenant={tenant}", "--auth0-deviation=reused-otp-accepted")
        )
        assert "auth0-mfa mock --deviation NAME" in told


class TestVariation:
    """The value of `--auth0-variation`."""

    def test_unknown(self, one_test: Project) -> None:
        """A misspelled variation is named with the one that was meant."""
        told = message(one_test.run("--auth0-variation=answers-in-chunk"))
        assert "unknown variation 'answers-in-chunk'; did you mean 'answers-in-chunks'" in told

    def test_far_from_any(self, one_test: Project) -> None:
        """Where nothing is near, the message tells how to list them."""
        told = message(one_test.run("--auth0-variation=xyzzy"))
        assert "--auth0-variation=list prints all" in told

    def test_deviation_is_none(self, one_test: Project) -> None:
        """What is wrong is not allowed."""
        told = message(one_test.run("--auth0-variation=reused-otp-accepted"))
        assert "unknown variation 'reused-otp-accepted'" in told

    @pytest.mark.parametrize("tenant", ["http://127.0.0.1:1", "acme.us.auth0.com"])
    def test_for_another_tenant(self, one_test: Project, tenant: str) -> None:
        """Only the embedded mock can be made to differ from here."""
        told = message(
            one_test.run(f"--auth0-tenant={tenant}", "--auth0-variation=answers-in-chunks")
        )
        assert "auth0-mfa mock --variation NAME" in told


class TestHostility:
    """The value of `--auth0-hostile`."""

    @pytest.mark.parametrize(
        ("value", "told"),
        [
            ("seven", "--auth0-hostile: expected a whole number, the seed, such as 7"),
            ("7:lat", "--auth0-hostile: unknown ingredient 'lat'; known: throttle, late"),
            (":late", "expected a whole number"),
        ],
    )
    def test_unusable(self, one_test: Project, value: str, told: str) -> None:
        """What asks for nothing is refused, and the message says what would."""
        assert told in message(one_test.run(f"--auth0-hostile={value}"))

    @pytest.mark.parametrize("tenant", ["http://127.0.0.1:1", "acme.us.auth0.com"])
    def test_for_another_tenant(self, one_test: Project, tenant: str) -> None:
        """Nobody makes another's tenant hostile from here."""
        told = message(one_test.run(f"--auth0-tenant={tenant}", "--auth0-hostile=7"))
        assert "auth0-mfa mock --hostile SEED" in told


class TestReport:
    """The value of `--auth0-report`."""

    def test_unknown_suffix(self, one_test: Project) -> None:
        """The suffix must name a format."""
        told = message(one_test.run("--auth0-report=r.pdf"))
        assert "--auth0-report=r.pdf: the suffix tells the format" in told
        assert ".json, " in told
        assert ".badge.json" in told
        assert ".json" in told

    def test_missing_folder(self, one_test: Project) -> None:
        """A folder that is not there is found out before an hour of tests, not after."""
        told = message(one_test.run("--auth0-report=no/r.json"))
        assert "--auth0-report=no/r.json: cannot be written there" in told

    def test_folder_in_its_place(self, one_test: Project) -> None:
        """A folder of the report's name is found out before too."""
        one_test.pytester.mkdir("r.json")
        assert "cannot be written there" in message(one_test.run("--auth0-report=r.json"))


def test_strictness_is_true_or_false(one_test: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """A variable that is neither is refused instead of guessed."""
    monkeypatch.setenv("AUTH0_MFA_STRICT", "perhaps")
    told = message(one_test.run("--auth0-factors=otp"))
    assert "auth0_strict: expected true or false, got 'perhaps'" in told


def test_wrong_setting_of_a_run_that_only_uses_a_fixture(
    one_test: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without any option the first use of a fixture brings the mistake to light."""
    monkeypatch.setenv("AUTH0_MFA_TENANT", "nonsense")
    ended = one_test.run()
    assert USAGE_ERROR == ended.status
    assert "'nonsense' is neither 'mock'" in ended.text
    assert "Traceback" not in ended.text


def test_unknown_requirement(project: Project) -> None:
    """A marker for a requirement that is not in the catalogue is a usage error."""
    project.write(
        test_one="""
        import pytest

        @pytest.mark.requirement("MFA-NO-SUCH")
        def test_one():
            pass
        """
    )
    ended = project.run()
    assert USAGE_ERROR == ended.status
    assert "no requirement 'MFA-NO-SUCH' in the catalogue" in ended.text
    assert "INTERNALERROR" not in ended.text
    assert {} == ended.outcomes
