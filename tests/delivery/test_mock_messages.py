"""What a mock tenant sends, by every channel and in every language, is received and read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import requests

from pytest_auth0_mfa.api.recorder import Recorder
from pytest_auth0_mfa.delivery.inbox import Inbox
from pytest_auth0_mfa.delivery.mailslurp import MailSlurp
from pytest_auth0_mfa.errors import Undelivered
from pytest_auth0_mfa.mock.server import MockServer

if TYPE_CHECKING:
    from collections.abc import Iterator

PASSWORD = "Correct-Horse-7"
OOB = "http://auth0.com/oauth/grant-type/mfa-oob"


class Tenant:
    """A mock tenant, as its users' back end sees it."""

    def __init__(self, described: dict[str, Any]) -> None:
        """Speak to the tenant that is described so."""
        self.described = described
        self._url = described["url"]
        self._users = 0

    def log_in(self) -> str:
        """The mfa_token of a new user."""
        self._users += 1
        email = f"user-{self._users}@example.com"
        user = {"email": email, "password": PASSWORD, "email_verified": False}
        requests.post(f"{self._url}/__mock__/users", json=user, timeout=10).raise_for_status()
        answer = self._token(grant_type="password", username=email, password=PASSWORD)
        return str(answer.json()["mfa_token"])

    def associate(self, mfa_token: str, channel: str, address: str, language: str) -> str:
        """The oob_code that comes with a message."""
        field = "email" if channel == "email" else "phone_number"
        body = {"authenticator_types": ["oob"], "oob_channels": [channel], field: address}
        headers = {"authorization": f"Bearer {mfa_token}", "x-request-language": language}
        url = f"{self._url}/mfa/associate"
        return str(requests.post(url, json=body, headers=headers, timeout=10).json()["oob_code"])

    def confirm(self, mfa_token: str, oob_code: str, code: str) -> int:
        """The status with which a code is answered."""
        answer = self._token(
            grant_type=OOB, mfa_token=mfa_token, oob_code=oob_code, binding_code=code
        )
        return answer.status_code

    def _token(self, **parameters: str) -> requests.Response:
        client = {name: self.described[name] for name in ("client_id", "client_secret")}
        return requests.post(f"{self._url}/oauth/token", data={**client, **parameters}, timeout=10)


@pytest.fixture(scope="module")
def tenant() -> Iterator[Tenant]:
    """A mock tenant."""
    server = MockServer()
    server.start()
    yield Tenant(dict(server.info))
    server.stop()


@pytest.fixture(scope="module")
def mailslurp(tenant: Tenant) -> Iterator[MailSlurp]:
    """The account in which the messages of the mock arrive."""
    account = tenant.described["mailslurp"]
    provider = MailSlurp(
        account["url"],
        account["api_key"],
        ca_file=None,
        learn=Recorder().redactor.learn,
        channels=("sms", "voice", "email"),
        share=(0, 1),
    )
    yield provider
    provider.close()


@pytest.fixture(params=["sms", "voice", "email"])
def inbox(mailslurp: MailSlurp, request: pytest.FixtureRequest) -> Iterator[Inbox]:
    """An inbox of one test, for each channel."""
    name = request.node.name.translate(str.maketrans("_[]", "---")).strip("-")
    opened = Inbox(mailslurp.open(request.param, name), request.param, Recorder())
    yield opened
    opened.close()


@pytest.mark.parametrize("language", ["en", "fr", "de", "es", "pt", "ja"])
def test_code_confirms(tenant: Tenant, inbox: Inbox, language: str) -> None:
    """The code in the message confirms the enrollment that sent it."""
    mfa_token = tenant.log_in()
    oob_code = tenant.associate(mfa_token, inbox.channel, inbox.address, language)
    assert 200 == tenant.confirm(mfa_token, oob_code, inbox.wait_for_code())


def test_marked_message_is_passed_over(tenant: Tenant, inbox: Inbox) -> None:
    """A message that was not read is not taken for the next one."""
    mfa_token = tenant.log_in()
    tenant.associate(mfa_token, inbox.channel, inbox.address, "en")
    inbox.mark()
    oob_code = tenant.associate(mfa_token, inbox.channel, inbox.address, "en")
    assert 200 == tenant.confirm(mfa_token, oob_code, inbox.wait_for_code())


def test_read_once(tenant: Tenant, inbox: Inbox) -> None:
    """A message that was read is not there any more."""
    tenant.associate(tenant.log_in(), inbox.channel, inbox.address, "en")
    inbox.wait_for_code()
    with pytest.raises(Undelivered, match=f"no code came by {inbox.channel}"):
        inbox.wait_for_code(0.05)
