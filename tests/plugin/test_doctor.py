"""`--auth0-doctor` as a user types it: what it prints, what it writes, how it exits."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.conftest import Reply

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.plugin.administered import Administered
    from tests.plugin.conftest import Project

HEALTHY, BLOCKED, USAGE_ERROR, NOT_LET_IN = 0, 1, 4, 5


@pytest.fixture(autouse=True)
def _no_summary(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)


def test_healthy(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """The embedded mock is well, and no test runs; what is asked for is written."""
    project.write(test_never="def test_never():\n    raise SystemExit(9)\n")
    summary = project.pytester.path / "summary.md"
    summary.write_text("# before\n", "utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    ended = project.run("--auth0-doctor", "--auth0-report=d.json", "--auth0-report=d.md")
    assert HEALTHY == ended.status, ended.text
    assert "mock: nothing found, 53 checks healthy, login completed" in ended.text
    written = json.loads((project.pytester.path / "d.json").read_text("utf-8"))
    assert (53, True) == (written["summary"]["healthy"], written["authenticated"])
    page = (project.pytester.path / "d.md").read_text("utf-8")
    assert f"# before\n{page}" == summary.read_text("utf-8")


def test_blocked(administered: Administered) -> None:
    """A fault is told with its symptom and remedies; the user that was created is gone."""
    administered.administrator.ask("PUT", "/guardian/policies", [])
    ended = administered.run("--auth0-doctor")
    assert BLOCKED == ended.status, ended.text
    assert "blocks mfa.policy: Nothing asks for a second factor" in ended.text
    assert "  clicks   Security > Multi-factor Auth > Define policies > Always" in ended.text
    assert "of the doctor's own user: removed 1 user" in ended.text
    assert [] == administered.administrator.users()
    written = {"POST", "PUT", "PATCH", "DELETE"}
    assert ["POST /api/v2/users", "DELETE /api/v2/users/auth0"] == [
        each.partition("%7C")[0]
        for each in administered.requests_to("/api/v2/")
        if each.split()[0] in written
    ]


@pytest.mark.parametrize(("options", "status"), [((), HEALTHY), (("--auth0-strict",), BLOCKED)])
def test_warned(administered: Administered, options: tuple[str, ...], status: int) -> None:
    """What only warns fails where somebody wants it to."""
    administered.administrator.ask("PUT", "/guardian/policies", ["confidence-score"])
    ended = administered.run("--auth0-doctor", *options)
    assert status == ended.status, ended.text
    assert "warns mfa.policy-adaptive" in ended.text


def test_factors_decide(administered: Administered) -> None:
    """A factor that is off blocks only who needs it."""
    administered.administrator.ask("PUT", "/guardian/factors/email", {"enabled": False})
    assert BLOCKED == administered.run("--auth0-doctor").status
    fewer = ("--auth0-factors=otp,sms,voice,push,recovery-code",)
    assert HEALTHY == administered.run("--auth0-doctor", *fewer).status


def test_not_let_in(administered: Administered) -> None:
    """Nothing is called well by a doctor whom the tenant refused."""
    administered.profile('users = "given"\n')
    env = administered.project.pytester.path / ".env"
    lines = [e for e in env.read_text("utf-8").splitlines() if "MANAGEMENT" not in e]
    administered.administrator.create("given@example.test")
    lines += ["AUTH0_USERNAME=given@example.test", "AUTH0_PASSWORD=wrong"]
    env.write_text("\n".join(lines) + "\n", "utf-8")
    ended = administered.run("--auth0-doctor")
    assert NOT_LET_IN == ended.status, ended.text
    assert "the doctor was not let in, so nothing is said to be well" in ended.text


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--auth0-report=d.har",), "--auth0-report=d.har: the doctor writes .json and .md"),
        (
            ("--auth0-tenant=mock", "--auth0-tenant=a.test.example"),
            "--auth0-doctor looks at one tenant at a time",
        ),
        (("--auth0-tenant=nowhere.invalid",), "not set: AUTH0_CLIENT_ID"),
    ],
)
def test_refused(project: Project, options: tuple[str, ...], told: str) -> None:
    """What the doctor cannot do is said before anything is sent."""
    ended = project.run("--auth0-doctor", *options)
    assert USAGE_ERROR == ended.status, ended.text
    assert told in ended.text
    assert "Traceback" not in ended.text


def test_no_tenant(
    project: Project, serve: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server that is no tenant at all is a usage error, and nothing is said to be well."""
    monkeypatch.setenv("AUTH0_CLIENT_ID", "x")
    url = serve(lambda _: Reply(405, "<h1>Not allowed</h1>"))
    ended = project.run("--auth0-doctor", f"--auth0-tenant={url}")
    assert USAGE_ERROR == ended.status, ended.text
    assert "does not answer like an Auth0 tenant" in ended.text


def test_nothing_answers(project: Project, silent_url: str) -> None:
    """A tenant that is not there is a usage error."""
    ended = project.run("--auth0-doctor", f"--auth0-tenant={silent_url}")
    assert USAGE_ERROR == ended.status, ended.text
    assert "Traceback" not in ended.text
