"""auth0-server-python: the Python SDK with an MFA client, whose answers pydantic checks."""

from __future__ import annotations

import asyncio
from time import time
from typing import TYPE_CHECKING, Any

import pytest
import requests
from auth0_server_python.auth_server.server_client import (  # type: ignore[import-untyped]
    ServerClient,
)
from auth0_server_python.auth_types import MfaTokenContext  # type: ignore[import-untyped]
from auth0_server_python.encryption.encrypt import encrypt  # type: ignore[import-untyped]
from auth0_server_python.error import (  # type: ignore[import-untyped]
    MfaEnrollmentError,
    MfaVerifyError,
)

from pytest_auth0_mfa.api.recorder import Recorder
from pytest_auth0_mfa.api.transport import Transport
from pytest_auth0_mfa.guardian import Device, DeviceKey, MockPushes

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from tests.clients.conftest import Mock, Person

# The SDK's own use of pydantic.
pytestmark = pytest.mark.filterwarnings("ignore:The `dict` method is deprecated")

COOKIE_SECRET = "a secret of the application's own, 32 long"
SCOPE = "openid profile email offline_access"
PUSH = "auth0"


class Store:
    """What an application keeps between requests, in memory."""

    def __init__(self) -> None:
        """Begin empty."""
        self.kept: dict[str, Any] = {}

    async def set(self, identifier: str, state: object, *_: object, **__: object) -> None:
        """Keep."""
        self.kept[identifier] = state

    async def get(self, identifier: str, *_: object, **__: object) -> object:
        """Give back."""
        return self.kept.get(identifier)

    async def delete(self, identifier: str, *_: object, **__: object) -> None:
        """Forget."""
        self.kept.pop(identifier, None)


class Application:
    """A web application that logs users in by this SDK."""

    def __init__(self, mock: Mock, person: Person) -> None:
        """Let the user pass the password."""
        self.mock, self.person = mock, person
        self.client = ServerClient(
            domain=mock.domain,
            **mock.client,
            secret=COOKIE_SECRET,
            state_store=Store(),
            transaction_store=Store(),
        )
        self.login()

    def login(self) -> None:
        """Ask for the password's answer, which this SDK has no method for, and keep its token."""
        audience = self.mock.info["audience"]
        form = {"grant_type": "password", **self.mock.client, **self.person.credentials}
        refused = requests.post(
            f"{self.mock.url}/oauth/token",
            data={**form, "scope": SCOPE, "audience": audience},
            verify=self.mock.ca_file,
            timeout=30,
        ).json()
        context = MfaTokenContext(
            mfa_token=refused["mfa_token"],
            audience=audience,
            scope=SCOPE,
            mfa_requirements=refused.get("mfa_requirements"),
            created_at=int(time()),
        )
        self.requirements = context.mfa_requirements
        self.mfa_token = encrypt(context.model_dump(), COOKIE_SECRET, "mfa_token")

    def ask(self, method: str, **options: object) -> Any:  # noqa: ANN401  Models of the SDK.
        """Call the MFA client in this login."""
        call = getattr(self.client.mfa, method)
        return run(call({"mfa_token": self.mfa_token, **options}))


def run(awaited: Awaitable[Any]) -> Any:  # noqa: ANN401  Whatever the SDK gives.
    """Wait for the SDK."""

    async def wait() -> object:
        return await awaited

    return asyncio.run(wait())


@pytest.fixture
def application(mock: Mock) -> Application:
    """An application in which a user without authenticators is logging in."""
    return Application(mock, mock.person())


def test_otp(application: Application) -> None:
    """It enrolls an app, keeps a session with the verified id_token, and renews the token."""
    person = application.person
    enrolled = application.ask("enroll_authenticator", factor_type="otp")
    code = person.otp(enrolled.secret)
    application.ask("verify", otp=code, persist=True)
    user = run(application.client.get_user())
    assert person.user_id == user["sub"]
    session = run(application.client.get_session())
    assert [application.mock.info["audience"]] == [
        each["audience"] for each in session["token_sets"]
    ]
    person.wait()
    application.login()
    listed = {each.authenticator_type: each for each in application.ask("list_authenticators")}
    assert {"otp": True, "recovery-code": True} == {
        kind: each.active for kind, each in listed.items()
    }
    asked = {"factor_type": "otp", "authenticator_id": listed["otp"].id}
    assert "otp" == application.ask("challenge_authenticator", **asked).challenge_type
    assert application.ask("verify", otp=person.otp(enrolled.secret)).refresh_token


def test_recovery_code(application: Application) -> None:
    """It logs in with the recovery code and is given the next one."""
    enrolled = application.ask("enroll_authenticator", factor_type="otp")
    application.ask("verify", otp=application.person.otp(enrolled.secret))
    application.login()
    first = enrolled.recovery_codes[0]
    second = application.ask("verify", recovery_code=first).recovery_code
    assert second not in {None, first}


@pytest.mark.parametrize("channel", ["sms", "voice", "email"])
def test_delivered_code(application: Application, channel: str) -> None:
    """It enrolls an address, is challenged and logs in by the codes that were sent."""
    mock = application.mock
    address = application.person.email if channel == "email" else mock.phone()
    name = "email" if channel == "email" else "phone_number"
    enrolled = application.ask("enroll_authenticator", factor_type=channel, **{name: address})
    assert (channel, "prompt") == (enrolled.oob_channel, enrolled.binding_method)
    application.ask("verify", oob_code=enrolled.oob_code, binding_code=mock.code(address))
    application.login()
    (listed,) = [
        each for each in application.ask("list_authenticators") if each.oob_channel == channel
    ]
    asked = {"factor_type": channel, "authenticator_id": listed.id}
    challenge = application.ask("challenge_authenticator", **asked)
    verified = application.ask(
        "verify", oob_code=challenge.oob_code, binding_code=mock.code(address), persist=True
    )
    assert verified.id_token
    assert application.person.user_id == run(application.client.get_user())["sub"]


def test_push(application: Application, mock: Mock) -> None:
    """It shows the barcode to a device, waits for it, and logs in when it allows."""
    transport = Transport(mock.url, Recorder(), verify=mock.ca_file)
    enrolled = application.ask("enroll_authenticator", factor_type=PUSH)
    device = Device.enroll(enrolled.barcode_uri, transport, key=DeviceKey.generate("EC"))
    application.ask("verify", oob_code=enrolled.oob_code)
    application.login()
    asked = {"factor_type": PUSH, "authenticator_id": f"push|{device.id}"}
    challenge = application.ask("challenge_authenticator", **asked)
    with pytest.raises(MfaVerifyError) as waiting:
        application.ask("verify", oob_code=challenge.oob_code)
    assert "authorization_pending" == waiting.value.cause["error"]
    device.allow(MockPushes(transport, device.id).notifications()[-1])
    application.person.wait(10)
    assert application.ask("verify", oob_code=challenge.oob_code).access_token
    transport.close()


def test_requirements(mock: Mock) -> None:
    """What a tenant tells of the factors is read as the SDK's model has it."""
    person = mock.person()
    person.customize_mfa()
    requirements = Application(mock, person).requirements
    told = {each.type for each in requirements.enroll}
    assert {"otp", "phone", "push-notification"} == told
    assert requirements.challenge is None


def test_errors(application: Application) -> None:
    """What is refused is told by the tenant's own code."""
    application.ask("enroll_authenticator", factor_type="otp")
    with pytest.raises(MfaVerifyError) as wrong:
        application.ask("verify", otp="000000")
    assert "invalid_grant" == wrong.value.cause["error"]
    with pytest.raises(MfaEnrollmentError) as malformed:
        application.ask("enroll_authenticator", factor_type="sms", phone_number="12")
    assert "invalid_request" == malformed.value.cause["error"]
