"""The administrator of a mock tenant, who calls its Management API."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest

from tests.mock.conftest import BASE_URL, Person

if TYPE_CHECKING:
    from tests.mock.conftest import Harness, Reply

AUDIENCE = f"{BASE_URL}/api/v2/"
CONNECTION = "Username-Password-Authentication"


@dataclass
class Administrator:
    """Whoever has the credentials of the management client of a tenant."""

    tenant: Harness
    token: str = ""

    def __post_init__(self) -> None:
        """Get a token."""
        self.log_in()

    def log_in(self, **changes: str) -> Reply:
        """Get a new token, for what is granted now."""
        told: Any = self.tenant.info["management"]
        form = {**told, "audience": AUDIENCE, **changes}
        answer = self.tenant.token("client_credentials", **form)
        self.token = str(answer.body.get("access_token"))
        return answer

    def ask(self, method: str, path: str, body: object = None, /, **query: object) -> Reply:
        """Make a request; the body is written as JSON unless it is None."""
        headers = {"authorization": f"Bearer {self.token}", "content-type": "application/json"}
        sent = b"" if body is None else json.dumps(body).encode()
        asked = urlencode(query)
        return self.tenant.request(
            method, f"/api/v2/{path}", headers=headers, body=sent, query=asked
        )

    def get(self, path: str, **query: object) -> Reply:
        """Get a path."""
        return self.ask("GET", path, **query)

    def create_user(self, email: str = "new@example.com", **more: object) -> Reply:
        """Create a user."""
        told = {"connection": CONNECTION, "email": email, "password": "correct horse", **more}
        return self.ask("POST", "users", told)

    def user(self, email: str = "new@example.com", **more: object) -> Person:
        """Create a user, and return what is needed to log in as them."""
        answer = self.create_user(email, **more)
        assert 201 == answer.status
        return Person(self.tenant, answer.body["user_id"], email, "correct horse")

    def switch(self, **body: object) -> Reply:
        """Change what the control plane can change of this API."""
        return self.tenant.post("/__mock__/management", body)

    def narrow(self, *scopes: str) -> None:
        """Have no more than these scopes."""
        assert 200 == self.switch(scopes=list(scopes)).status
        self.log_in()


@pytest.fixture
def admin(tenant: Harness) -> Administrator:
    """Return the administrator of `tenant`."""
    return Administrator(tenant)
