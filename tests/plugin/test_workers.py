"""Distributed runs: one mock, no shared users, nothing left behind."""

from __future__ import annotations

import itertools
import json
from typing import TYPE_CHECKING

import pytest

from tests.conftest import Reply

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Received
    from tests.plugin.conftest import Project

TESTS = 8


@pytest.fixture
def noting(project: Project) -> Project:
    """A project whose tests note worker, tenant and user."""
    project.write(
        test_one=f"""
        import json, os
        from pathlib import Path
        import pytest

        @pytest.mark.parametrize("number", range({TESTS}))
        def test_one(number, auth0_tenant, auth0_user):
            noted = (os.environ["PYTEST_XDIST_WORKER"], auth0_tenant.url, auth0_user.email)
            Path(f"{{number}}.noted").write_text(json.dumps(noted))
        """
    )
    return project


def notes(project: Project) -> list[tuple[str, str, str]]:
    """What the tests of the last run noted: worker, URL, user."""
    files = project.pytester.path.glob("*.noted")
    return [tuple(json.loads(file.read_text("utf-8"))) for file in files]


def test_one_mock_for_all_workers(noting: Project) -> None:
    """Every worker talks to the same tenant, under users whose names tell run and worker."""
    ended = noting.run_apart("-n", "2", "--dist=load", "--auth0-tenant=mock")
    assert {"passed": TESTS} == ended.outcomes
    workers, urls, users = (set(column) for column in zip(*notes(noting), strict=True))
    assert ({"gw0", "gw1"}, 1, TESTS) == (workers, len(urls), len(users))
    run_id = ended.text.partition(", run ")[2].split()[0]
    assert all(user.startswith(f"mfa-{run_id}-{worker}-") for worker, _, user in notes(noting))


def test_given_users_are_shared_out(
    project: Project,
    monkeypatch: pytest.MonkeyPatch,
    serve: Callable[[Callable[[Received], Reply]], str],
) -> None:
    """Each user of the profile goes to one worker only."""
    users = "".join(
        f"[[user]]\nusername = 'user-{n}'\npassword_variable = 'MY_PASSWORD'\n" for n in range(4)
    )
    (project.pytester.path / "acme.toml").write_text(users, "utf-8")
    monkeypatch.setenv("MY_PASSWORD", "planted")
    monkeypatch.setenv("AUTH0_CLIENT_ID", "an-application")
    project.write(
        test_one="""
        import os
        from pathlib import Path
        import pytest
        from pytest_auth0_mfa.errors import Untestable

        def test_one(auth0_tenant):
            users = [auth0_tenant.new_user().email for _ in range(2)]
            with pytest.raises(Untestable, match="the 2 given are used up"):
                auth0_tenant.new_user()
            Path(os.environ["PYTEST_XDIST_WORKER"] + ".users").write_text(" ".join(users))
        """
    )
    url = serve(
        lambda received: Reply(404 if "__mock__" in received.path else 403, {"error": "no"})
    )
    options = (f"--auth0-tenant={url}", "--auth0-profile=acme.toml")
    ended = project.run_apart("-n", "2", "--dist=each", *options)
    assert {"passed": 2} == ended.outcomes, ended.text
    given = [path.read_text("utf-8").split() for path in project.pytester.path.glob("*.users")]
    assert ["user-0", "user-1", "user-2", "user-3"] == sorted(itertools.chain(*given))


class TestRefusal:
    """A mistake that only workers can see, as only they collect: told without a traceback."""

    def test_wrong_setting(self, project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
        """Each test that needs the setting fails with the message; others run."""
        project.write(test_one="def test_one(mfa_token):\n    pass\ndef test_two():\n    pass")
        monkeypatch.setenv("AUTH0_MFA_TENANT", "nonsense")
        ended = project.run_apart("-n", "1")
        assert ({"errors": 1, "passed": 1}, 1) == (ended.outcomes, ended.status), ended.text
        assert "'nonsense' is neither 'mock'" in ended.text
        assert "Traceback" not in ended.text

    @pytest.mark.parametrize("options", [[], ["--auth0-tenant=mock"]])
    def test_unknown_requirement(self, project: Project, options: list[str]) -> None:
        """The test that names it fails with the message."""
        project.write(
            test_one="""
            import pytest

            @pytest.mark.requirement("MFA-NO-SUCH")
            def test_one(mfa_judge, enrolled_authenticator):
                pass
            """
        )
        ended = project.run_apart("-n", "1", *options)
        assert ({"errors": 1}, 1) == (ended.outcomes, ended.status), ended.text
        assert "no requirement 'MFA-NO-SUCH' in the catalogue" in ended.text
        assert "Traceback" not in ended.text
