"""A mock that an administrator puts into a state, and the doctor who visits it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import pytest
import requests

from pytest_auth0_mfa.api.recorder import Recorder
from pytest_auth0_mfa.doctor.site import Needs
from pytest_auth0_mfa.doctor.visit import examine
from pytest_auth0_mfa.mock.server import MockServer
from pytest_auth0_mfa.tenant.opening import Opening, open_for_reading, open_tenant
from pytest_auth0_mfa.tenant.profile import FACTORS, Profile
from tests.plugin.administered import Administrator

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_auth0_mfa.doctor.examination import Examination

LOOPBACK = "127.0.0.1"


@dataclass
class Visited:
    """A mock in some state; `url` is where the doctor finds it."""

    administrator: Administrator
    url: str
    folder: Any
    needs: dict[str, Any] = field(default_factory=dict)

    @property
    def info(self) -> Any:  # noqa: ANN401 - JSON
        """What the mock tells of itself."""
        return self.administrator.info

    def ask(self, method: str, path: str, body: object = None) -> Any:  # noqa: ANN401 - JSON
        """Change something by the Management API, or read it."""
        return self.administrator.ask(method, path, body)

    def client(self, **changes: object) -> None:
        """Change the application of the tests."""
        self.ask("PATCH", f"/clients/{self.info['client_id']}", changes)

    def connection(self, **changes: object) -> None:
        """Change options of the database."""
        (one,) = self.ask("GET", "/connections")
        self.ask("PATCH", f"/connections/{one['id']}", {"options": {**one["options"], **changes}})

    def factors(self, *names: str) -> None:
        """Have these factors on, and no others."""
        for each in self.ask("GET", "/guardian/factors"):
            body = {"enabled": each["name"] in names}
            self.ask("PUT", f"/guardian/factors/{each['name']}", body)

    def bind(self, code: str, trigger: str = "post-login") -> None:
        """Bind an Action with this code."""
        supported = [{"id": trigger, "version": "v3"}]
        body = {"name": "planted", "supported_triggers": supported, "code": code}
        action = self.ask("POST", "/actions/actions", body)
        bindings = [{"ref": {"type": "action_id", "value": action["id"]}}]
        self.ask("PATCH", f"/actions/triggers/{trigger}/bindings", {"bindings": bindings})

    def control(self, **changes: object) -> None:
        """Change what no call of the Management API changes."""
        requests.post(f"{self.info['control']}/management", json=changes, timeout=10)

    def visit(self, **variables: str) -> Examination:
        """Examine it, with these variables in the place of what the mock tells."""
        recorder = Recorder()
        opening = Opening(
            self.url,
            variables,
            may_be_mock=not variables,
            profile=Profile(),
            journals=self.folder,
            allow_production=True,
            governed=False,
        )
        with ExitStack() as closing:
            tenant = open_tenant(opening, recorder)
            closing.callback(tenant.client.transport.close)
            closing.callback(tenant.users.close)
            application = tenant.application
            usual = Needs(
                application.client_id,
                application.method,
                frozenset(FACTORS),
                None,
                self.url,
                address=LOOPBACK,
            )
            client = open_for_reading(opening, recorder)
            return examine("mock", tenant, client, replace(usual, **self.needs))


Change = Callable[[Visited], object]


@pytest.fixture(scope="module")
def served() -> Iterator[MockServer]:
    """One mock for all."""
    with MockServer(seed=3) as server:
        yield server


@pytest.fixture
def visited(served: MockServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visited]:
    """The mock as it starts, and again when the test is over."""
    url = str(served.info["url"])
    folder = tmp_path_factory.mktemp("journals")
    yield Visited(Administrator(served.info), url, folder)
    requests.post(f"{url}/__mock__/reset", timeout=10)
