"""A tenant without control plane whose users are created through its Management API.

A mock behind a proxy that hides its control plane, so that it is taken for a real one, and an
administrator who sees what is there.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from functools import cached_property
from typing import TYPE_CHECKING, Any

import requests

from tests.conftest import Reply, passed_on

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.conftest import Received
    from tests.plugin.conftest import Ended, Project
    from tests.plugin.hidden import Serve

TEST_TENANT = "test_tenant = true\nmanagement_per_second = 1000\n"
PASSWORD = "correct horse"


@dataclass(frozen=True)
class Administrator:
    """Somebody with all scopes at a mock, who speaks to it directly."""

    info: Mapping[str, Any]

    @cached_property
    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token()}"}

    def token(self, **fewer: str) -> str:
        """Get a token, with all scopes unless `scope` names fewer."""
        url, domain = self.info["url"], self.info.get("canonical_domain")
        body = {
            "grant_type": "client_credentials",
            "audience": f"https://{domain}/api/v2/" if domain else f"{url}/api/v2/",
            **self.info["management"],
            **fewer,
        }
        answer = requests.post(f"{url}/oauth/token", json=body, timeout=10)
        token: str = answer.json()["access_token"]
        return token

    def ask(self, method: str, path: str, body: object = None) -> Any:  # noqa: ANN401 - JSON
        """Send a request and return what was answered."""
        url = f"{self.info['url']}/api/v2{path}"
        answer = requests.request(method, url, json=body, headers=self._headers, timeout=10)
        answer.raise_for_status()
        return answer.json() if answer.content else None

    def users(self) -> list[dict[str, Any]]:
        """Everybody, in the order of their creation."""
        found: list[dict[str, Any]] = self.ask("GET", "/users?per_page=100")
        return found

    def emails(self) -> list[str]:
        """Everybody's address."""
        return [user["email"] for user in self.users()]

    def create(self, email: str, run: str | None = None, age: timedelta = timedelta()) -> str:
        """Create a user, marked as that of a run of some age if one is named; returns the id."""
        created_at = (datetime.now(timezone.utc) - age).isoformat(timespec="seconds")
        mark = {"pytest_auth0_mfa": {"run": run, "created_at": created_at}} if run else {}
        body = {
            "connection": self.info["connection"],
            "email": email,
            "password": PASSWORD,
            "app_metadata": mark,
        }
        user_id: str = self.ask("POST", "/users", body)["user_id"]
        return user_id

    def grant(self, *scopes: str) -> None:
        """Let the management application have these scopes and no others."""
        answer = requests.post(
            f"{self.info['control']}/management", json={"scopes": list(scopes)}, timeout=10
        )
        answer.raise_for_status()


@dataclass
class Administered:
    """Such a tenant, run by a project with what its `.env` says; `seen` are its requests."""

    project: Project
    administrator: Administrator
    url: str
    seen: list[Received] = field(default_factory=list)
    answered: list[int] = field(default_factory=list)

    def profile(self, text: str = TEST_TENANT) -> None:
        """Write the profile."""
        (self.project.pytester.path / "p.toml").write_text(text, "utf-8")

    @property
    def options(self) -> tuple[str, ...]:
        """The options that lead to the tenant."""
        return f"--auth0-tenant={self.url}", "--auth0-profile=p.toml"

    def run(self, *arguments: str) -> Ended:
        """Run pytest in this process."""
        return self.project.run(*self.options, *arguments)

    def run_apart(self, *arguments: str) -> Ended:
        """Run pytest in a process of its own."""
        return self.project.run_apart(*self.options, *arguments)

    def requests_to(self, prefix: str) -> list[str]:
        """The requests that the tenant saw below a path: method and path."""
        found = (each for each in self.seen if each.path.startswith(prefix))
        return [f"{each.method} {each.path}" for each in found]

    def statuses(self, prefix: str) -> list[int]:
        """How the tenant answered what it was asked below a path, one request after the other."""
        pairs = zip(self.seen, self.answered, strict=True)
        return [status for each, status in pairs if each.path.startswith(prefix)]


def administer(project: Project, mock: Mapping[str, object], serve: Serve) -> Administered:
    """Hide a mock's control plane, and give its credentials to a project."""
    seen: list[Received] = []
    answered: list[int] = []

    def answer(received: Received) -> Reply:
        seen.append(received)
        if received.path.startswith("/__"):
            answered.append(404)
            return Reply(404, {"error": "not_found"})
        reply = passed_on(str(mock["url"]), received)
        answered.append(reply.status)
        return reply

    management: Any = mock["management"]
    variables = {
        "AUTH0_CLIENT_ID": mock["client_id"],
        "AUTH0_CLIENT_SECRET": mock["client_secret"],
        "AUTH0_MANAGEMENT_CLIENT_ID": management["client_id"],
        "AUTH0_MANAGEMENT_CLIENT_SECRET": management["client_secret"],
    }
    env = "".join(f"{name}={value}\n" for name, value in variables.items())
    (project.pytester.path / ".env").write_text(env, "utf-8")
    tenant = Administered(project, Administrator(mock), serve(answer), seen, answered)
    tenant.profile()
    return tenant
