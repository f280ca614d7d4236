"""A tenant that cannot be tested: found out before the first test, told once, exit status 4."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import requests

from pytest_auth0_mfa.mock.server import MockServer
from tests.conftest import Reply

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Received
    from tests.plugin.conftest import Project

    Serve = Callable[[Callable[[Received], Reply]], str]

USAGE_ERROR = 4
JSON = {"content-type": "application/json"}


@pytest.fixture
def project(project: Project) -> Project:
    """A project with one test that judges a requirement."""
    project.write(
        test_one="""
        import pytest

        @pytest.mark.requirement("MFA-LOGIN-MFA-REQUIRED")
        def test_one(mfa_judge, auth0_tenant, auth0_user):
            mfa_judge.conforms(auth0_tenant.password(auth0_user), "error.mfa-required")
        """
    )
    return project


def refusal(project: Project, *arguments: str) -> str:
    """Run the test, check that it was not reached, and return the message."""
    ended = project.run(*arguments)
    told = [line for line in ended.text.splitlines() if "ERROR" in line]
    assert (USAGE_ERROR, 1) == (ended.status, len(told)), ended.text
    assert "Traceback" not in ended.text
    assert ended.text.count("\ncollected ") == 1
    assert {"passed", "failed", "error", "errors"}.isdisjoint(ended.outcomes)
    return told[0]


@pytest.fixture
def credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    """Set what a tenant without control plane needs."""
    monkeypatch.setenv("AUTH0_CLIENT_ID", "an-application")
    monkeypatch.setenv("AUTH0_CLIENT_SECRET", "planted-secret")
    monkeypatch.setenv("AUTH0_USERNAME", "me@example.com")
    monkeypatch.setenv("AUTH0_PASSWORD", "planted-password")


@pytest.fixture
def refusing(serve: Serve) -> Callable[[int, dict[str, str]], str]:
    """A starter of tenants without control plane that give every token request one error."""

    def start(status: int, error: dict[str, str]) -> str:
        def answer(received: Received) -> Reply:
            if received.path != "/oauth/token":
                return Reply(404, {"error": "not_found"})
            return Reply(status, error)

        return serve(answer)

    return start


def test_nothing_listens(project: Project, silent_url: str) -> None:
    """A dead address is told as such."""
    told = refusal(project, f"--auth0-tenant={silent_url}")
    assert silent_url in told
    assert "nothing answers there" in told
    assert "Is the tenant's address right, and is it running?" in told


def test_nothing_listens_distributed(project: Project, silent_url: str) -> None:
    """Under pytest-xdist the controller finds it out, before any worker."""
    ended = project.run_apart("-n", "2", f"--auth0-tenant={silent_url}")
    assert USAGE_ERROR == ended.status, ended.text
    assert 1 == ended.text.count("nothing answers there")
    assert "Traceback" not in ended.text


@pytest.mark.usefixtures("credentials")
def test_html(project: Project, serve: Serve) -> None:
    """A server that answers with pages is not taken for a tenant."""
    url = serve(lambda _: Reply(200, "<html>It works!</html>"))
    told = refusal(project, f"--auth0-tenant={url}")
    assert f"{url} does not answer like an Auth0 tenant" in told
    assert "text/html" in told


def test_credentials_are_missing(
    project: Project, refusing: Callable[[int, dict[str, str]], str]
) -> None:
    """A URL without control plane needs credentials; all that are missing are named at once."""
    url = refusing(401, {"error": "invalid_client"})
    told = refusal(project, f"--auth0-tenant={url}")
    for name in ("AUTH0_CLIENT_ID", "AUTH0_CLIENT_SECRET"):
        assert name in told


@pytest.mark.usefixtures("credentials")
def test_password_of_a_given_user_is_missing(
    project: Project,
    refusing: Callable[[int, dict[str, str]], str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A user without a password is named with the variable that should hold it."""
    monkeypatch.delenv("AUTH0_PASSWORD")
    url = refusing(403, {"error": "invalid_grant"})
    told = refusal(project, f"--auth0-tenant={url}")
    assert "user me@example.com: the variable AUTH0_PASSWORD" in told


@pytest.mark.usefixtures("credentials")
def test_client_lacks_the_grant(
    project: Project, refusing: Callable[[int, dict[str, str]], str]
) -> None:
    """An application without the MFA grants is named, with the grant and the place to enable it."""
    url = refusing(403, {"error": "unauthorized_client", "error_description": "no"})
    told = refusal(project, f"--auth0-tenant={url}")
    assert "application an-application may not use the grant" in told
    assert "http://auth0.com/oauth/grant-type/mfa-otp" in told
    assert "Grant Types" in told


@pytest.mark.usefixtures("credentials")
@pytest.mark.parametrize("error", ["invalid_client", "access_denied"])
def test_client_secret_is_wrong(
    project: Project, refusing: Callable[[int, dict[str, str]], str], error: str
) -> None:
    """Refused credentials are told once, by the names of their variables."""
    url = refusing(401, {"error": error})
    told = refusal(project, f"--auth0-tenant={url}")
    assert f"{url} refuses application an-application" in told
    assert "check AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET" in told
    assert "planted-secret" not in told


@pytest.mark.usefixtures("credentials")
def test_wrong_secret_at_a_tenant_that_knows_the_client(project: Project, serve: Serve) -> None:
    """The same by a real refusal of the mock, its control plane hidden."""
    with MockServer(seed=1) as mock:
        forwarded = str(mock.info["url"])

        def answer(received: Received) -> Reply:
            if received.path.startswith("/__mock__"):
                return Reply(404, "")
            sent = requests.request(
                received.method,
                forwarded + received.path,
                data=received.body,
                headers={"content-type": received.headers["content-type"]},
                timeout=10,
            )
            return Reply(sent.status_code, sent.content, JSON)

        told = refusal(project, f"--auth0-tenant={serve(answer)}")
    assert "check AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET" in told


def test_untrusted_certificate(project: Project) -> None:
    """A certificate of a private authority is told with the variable that names it."""
    with MockServer(tls=True, seed=1) as mock:
        url = str(mock.info["url"])
        told = refusal(project, f"--auth0-tenant={url}")
        assert "AUTH0_CA_FILE" in told


def test_trusted_certificate(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the authority named, the same tenant is tested."""
    with MockServer(tls=True, seed=1) as mock:
        monkeypatch.setenv("AUTH0_CA_FILE", str(mock.info["ca_file"]))
        ended = project.run(f"--auth0-tenant={mock.info['url']}")
    assert {"passed": 1} == ended.outcomes, ended.text


def test_ca_file_is_missing(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bundle that is not there is told by the name of its variable."""
    monkeypatch.setenv("AUTH0_CA_FILE", "no-such.pem")
    with MockServer(tls=True, seed=1) as mock:
        told = refusal(project, f"--auth0-tenant={mock.info['url']}")
    assert "AUTH0_CA_FILE" in told
    assert "no-such.pem" in told
