"""A tenant without control plane: a mock behind a proxy that hides it.

Credentials are in `.env` and users in a profile, as for a real tenant.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import requests

from tests.conftest import Reply, passed_on

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tests.conftest import Received
    from tests.plugin.conftest import Ended, Project

    Serve = Callable[[Callable[[Received], Reply]], str]

USERS = 12
LOGIN = """
import pytest

@pytest.mark.parametrize("mfa_factor", FACTORS, indirect=True)
def test_login(enrolled_authenticator):
    login = enrolled_authenticator.login()
    code = enrolled_authenticator.code(login)
    assert enrolled_authenticator.verify(login, code).accepted
"""


@dataclass(frozen=True, slots=True)
class Hidden:
    """A tenant without control plane, run by a project with what its `.env` says."""

    project: Project
    url: str
    info: Mapping[str, object]

    def log_in(self, factors: str, *arguments: str, more: str = "") -> Ended:
        """Run a login for each of these factors, and `more` tests."""
        self.project.write(test_login=LOGIN.replace("FACTORS", f"{factors.split()}") + more)
        options = (f"--auth0-tenant={self.url}", "--auth0-profile=p.toml", "-rs")
        return self.project.run(*options, *arguments)

    def know(self, **variables: object) -> None:
        """Add variables to `.env`."""
        with (self.project.pytester.path / ".env").open("a", encoding="utf-8") as env:
            env.writelines(f"{name}={value}\n" for name, value in variables.items())

    @property
    def mailslurp(self) -> Mapping[str, object]:
        """Address and key of the mock's MailSlurp."""
        found = self.info["mailslurp"]
        assert isinstance(found, dict)
        return found


def hide(project: Project, mock: Mapping[str, object], serve: Serve) -> Hidden:
    """A mock as a tenant without control plane, for one project."""

    def answer(received: Received) -> Reply:
        if received.path.startswith("/__"):
            return Reply(404, {"error": "not_found"})
        return passed_on(str(mock["url"]), received)

    tenant = Hidden(project, serve(answer), mock)
    tenant.know(AUTH0_CLIENT_ID=mock["client_id"], AUTH0_CLIENT_SECRET=mock["client_secret"])
    tenant.know(USER_PASSWORD="correct horse")
    profile = ""
    for number in range(USERS):
        email = f"{project.pytester.path.name}-{number}@example.test"
        user = {"email": email, "password": "correct horse", "email_verified": False}
        requests.post(f"{mock['control']}/users", json=user, timeout=5).raise_for_status()
        profile += f'[[user]]\nusername = "{email}"\npassword_variable = "USER_PASSWORD"\n\n'
    (project.pytester.path / "p.toml").write_text(profile, "utf-8")
    return tenant
