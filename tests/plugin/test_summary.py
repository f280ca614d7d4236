"""What a run prints: its header and, at the end, failures first and then the whole."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.plugin.conftest import Ended, Project

TITLE = " auth0 mfa conformance "


@pytest.fixture
def mixed(project: Project) -> Project:
    """A project with one requirement kept, one broken, one left open and one unexercised."""
    project.write(
        test_one="""
        import pytest

        requirement = pytest.mark.requirement

        @requirement("MFA-LOGIN-MFA-REQUIRED")
        def test_kept(mfa_judge, auth0_tenant, auth0_user):
            mfa_judge.accepts(auth0_tenant.password(auth0_user), "a login", "mfa_required")

        @requirement("MFA-LIST-EMPTY")
        def test_left_open(mfa_judge, mfa_login):
            mfa_judge.control(mfa_login.verify_otp("000000"))

        @requirement("MFA-CHALLENGE-RESPONSE")
        def test_unexercised(mfa_judge, enrolled_authenticator):
            pytest.skip("no time")

        @requirement("MFA-VERIFY-TOKENS")
        def test_broken(mfa_judge, enrolled_authenticator):
            login = enrolled_authenticator.login()
            answer = enrolled_authenticator.verify(login, enrolled_authenticator.wrong_code())
            mfa_judge.accepts(answer, "a wrong code")
        """
    )
    return project


def summary(ended: Ended) -> list[str]:
    """The lines of our section, without the short test summary after it."""
    return ended.text.partition(TITLE)[2].partition("short test summary")[0].splitlines()[1:]


class TestSummary:
    """The section at the end of a run."""

    def test_failures_come_first(self, mixed: Project) -> None:
        """Violations, then what is unclear, then the matrix, the counts, the tenant, the cost."""
        lines = summary(mixed.run("--auth0-factors=otp"))
        first_words = [line.split()[0] for line in lines if line.strip()]
        assert "violates" == first_words[0]
        assert first_words.index("violates") < first_words.index("inconclusive")
        assert first_words.index("inconclusive") < first_words.index("any")
        assert ["tenant", "spent"] == [word for word in first_words if word in {"tenant", "spent"}]

    def test_failure_is_explained(self, mixed: Project) -> None:
        """Requirement, expected, actual and source stand one below the other."""
        lines = summary(mixed.run("--auth0-factors=otp"))
        assert lines[0].startswith("violates MFA-VERIFY-TOKENS [otp]: ")
        assert "  expected  a wrong code: accepted" == lines[1]
        assert '  actual    status 403, error "invalid_grant"' == lines[2]
        assert lines[3].startswith("  source    ")
        assert "https://" in lines[3]

    def test_errata_are_told(self, project: Project) -> None:
        """Whoever broke a requirement by following a page that is wrong is told so, twice."""
        project.write(
            test_one="""
            import pytest

            @pytest.mark.requirement("MFA-ENROLL-RESPONSE")
            def test_broken(mfa_judge, mfa_enrollment):
                mfa_judge.conforms(mfa_enrollment.answer, "associate.email")
            """
        )
        ended = project.run("--auth0-factors=sms")
        told = [line for line in summary(ended) if line.startswith("  erratum   ")]
        assert any("say authentication_types; their samples" in line for line in told)
        assert not any("secret and barcode_uri" in line for line in told)
        assert all(2 <= ended.text.count(line) for line in told)

    def test_request_can_be_repeated(self, mixed: Project) -> None:
        """A command to copy stands with the failure, names in the place of secrets."""
        lines = summary(mixed.run("--auth0-factors=otp"))
        command = next(line for line in lines if line.startswith("  repeat    "))
        words = shlex.split(command.removeprefix("  repeat    "))
        assert ["curl", "--request", "POST", "--url"] == words[:4]
        assert words[4].endswith("/oauth/token")
        data = dict(word.split("=", 1) for word in words if "=" in word)
        assert ("mfa_token#2", "otp#2") == (data["mfa_token"], data["otp"])

    def test_groups_against_factors(self, mixed: Project) -> None:
        """The matrix has a row for each group and a column for each factor that was judged."""
        lines = summary(mixed.run("--auth0-factors=otp"))
        assert ["any", "otp"] in [line.split() for line in lines]
        rows = {line.split()[0]: line.split()[1:] for line in lines if line.startswith(" ")}
        assert ["✓", "1"] == rows["login"]
        assert ["✗", "1"] == rows["verification"]
        assert ["○", "1"] == rows["challenge"]

    def test_counts(self, mixed: Project) -> None:
        """One line counts the verdicts, another what the run has cost."""
        text = "\n".join(summary(mixed.run("--auth0-factors=otp")))
        assert "✗ 1 violates  … 1 inconclusive  ○ 1 untested  ✓ 1 conforms" in text
        assert "spent 11 requests, 4 users, 1 wrong codes" in text

    def test_plain_terminal(self, mixed: Project, monkeypatch: pytest.MonkeyPatch) -> None:
        """A terminal that knows ASCII only gets words for signs."""
        monkeypatch.setenv("PYTHONIOENCODING", "ascii")
        monkeypatch.setenv("PYTHONUTF8", "0")
        ended = mixed.run_apart("--auth0-factors=otp")
        text = "\n".join(summary(ended))
        assert text.isascii()
        assert "\\u" not in text
        assert "FAIL: 1 violates  unclear: 1 inconclusive  untested: 1 untested  ok: 1" in text

    def test_no_summary_without_requirements(self, project: Project) -> None:
        """A user's own tests with our fixtures are summed up by pytest alone."""
        project.write(test_one="def test_one(mfa_token):\n    assert mfa_token")
        ended = project.run()
        assert {"passed": 1} == ended.outcomes
        assert TITLE not in ended.text


def test_header(mixed: Project) -> None:
    """The header names tenant and run; the summary repeats both, for long logs."""
    ended = mixed.run("--auth0-factors=otp")
    header = next(line for line in ended.text.splitlines() if line.startswith("auth0-mfa: "))
    assert header.startswith("auth0-mfa: tenant mock (default), run ")
    run_id = header.partition(", run ")[2].partition(",")[0]
    assert f"tenant mock, run {run_id}" in ended.text


def test_deviations_are_listed(project: Project) -> None:
    """`--auth0-deviation=list` prints each with the requirement that catches it, and ends."""
    ended = project.run("--auth0-deviation=list")
    assert 0 == ended.status
    (line,) = [each for each in ended.text.splitlines() if each.startswith("reused-otp-accepted ")]
    assert "MFA-VERIFY-REPLAY" in line
    assert "test session starts" not in ended.text


def test_variations_are_listed(project: Project) -> None:
    """`--auth0-variation=list` prints each with what differs, and ends."""
    ended = project.run("--auth0-variation=list")
    assert 0 == ended.status
    (line,) = [each for each in ended.text.splitlines() if each.startswith("answers-in-chunks ")]
    assert "without a length" in line
    assert "test session starts" not in ended.text
