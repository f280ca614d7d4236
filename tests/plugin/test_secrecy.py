"""No secret leaves a run: not through output, logs, tracebacks, JUnit, JSON, warnings or ids."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.plugin.leaky import KINDS, Search, planted, write_leaky

if TYPE_CHECKING:
    from tests.plugin.conftest import Project

REPORTS = ("r.json", "r.md", "r.sarif", "r.har", "r.html")
WRITTEN = ("r.xml", *REPORTS, "log.txt")
"""Files that the runs below write."""

RUNS = {
    "everything shown": "-l -rA -vv --setup-show --durations=0 --log-cli-level=DEBUG -W always",
    "distributed": "-n 2 -l -rA --tb=short",
    "uncaptured": "-s -rA --tb=native",
    "shortened": "-l --showlocals --tb=long -rA --show-capture=all --color=yes",
    "without terminal": "-p no:terminal",
}


@pytest.fixture
def leaky(project: Project, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A project whose tests do all that people do with secrets by mistake."""
    write_leaky(project.pytester.path, monkeypatch)
    return project


@pytest.mark.parametrize("options", RUNS.values(), ids=RUNS)
def test_no_secret_comes_to_light(leaky: Project, options: str) -> None:
    """None of the values stands anywhere, whatever the user's tests did with it."""
    files = (
        "--junitxml=r.xml",
        *(f"--auth0-report={name}" for name in REPORTS),
        "--log-file=log.txt",
    )
    ended = leaky.run_apart(
        "--auth0-profile=p.toml", *files, "--log-file-level=DEBUG", *options.split()
    )
    folder = leaky.pytester.path
    secrets = planted(folder / "planted")
    assert set(KINDS) <= {kind for kind, _ in secrets}
    if "no:terminal" not in options:
        assert ended.outcomes["failed"] >= 15 * len(KINDS), ended.text
        assert ended.outcomes["errors"] >= 2 * len(KINDS)
        assert ended.outcomes["warnings"] >= 1
    written = {name: (folder / name).read_text("utf-8") for name in WRITTEN}
    assert all(written.values())
    search = Search.of(secrets)
    found = [
        leak
        for place, text in {**written, "terminal": ended.text}.items()
        for leak in search.leaks(place, text)
    ]
    assert not found, "\n".join(map(str, found[:40]))


def test_secrets_of_the_environment(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Credentials that came with the environment are scrubbed like those of the tenant."""
    monkeypatch.setenv("AUTH0_CLIENT_ID", "an-application")
    monkeypatch.setenv("AUTH0_CLIENT_SECRET", "planted-client-secret")
    monkeypatch.setenv("AUTH0_USERNAME", "me@example.com")
    monkeypatch.setenv("AUTH0_PASSWORD", "planted-password")
    project.write(
        test_one="""
        import os

        def test_one(auth0_tenant, auth0_user):
            secret = os.environ["AUTH0_CLIENT_SECRET"]
            print(secret, auth0_user.password)
            raise RuntimeError(os.environ["AUTH0_PASSWORD"])
        """
    )
    ended = project.run("-l", "-rA", "--auth0-tenant=acme.us.auth0.com")
    assert {"failed": 1} == ended.outcomes
    assert "planted-" not in ended.text
