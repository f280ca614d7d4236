"""A device on a mock tenant, over HTTP: from the association to the tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pytest_auth0_mfa import OMIT
from pytest_auth0_mfa.guardian import Device, DeviceKey, DeviceRefused, MockPushes

if TYPE_CHECKING:
    from pytest_auth0_mfa.api.exchange import Answer
    from pytest_auth0_mfa.api.login import Login
    from pytest_auth0_mfa.api.transport import Transport
    from pytest_auth0_mfa.guardian import Notification
    from pytest_auth0_mfa.tenant.tenant import Tenant
    from pytest_auth0_mfa.tenant.users import User

PUSH = {"authenticator_types": ["oob"], "oob_channels": ["auth0"]}


@pytest.fixture
def user(tenant: Tenant) -> User:
    """A user without authenticators."""
    return tenant.new_user()


@pytest.fixture
def transport(tenant: Tenant) -> Transport:
    """The way to the tenant."""
    return tenant.client.transport


@pytest.fixture
def association(tenant: Tenant, user: User) -> tuple[Login, Answer]:
    """A login of the user in which push was associated, and the answer."""
    login = tenant.login(user)
    return login, login.associate(**PUSH)


@pytest.fixture(params=["RSA", "EC"])
def device(
    request: pytest.FixtureRequest,
    association: tuple[Login, Answer],
    user: User,
    transport: Transport,
    rsa_key: DeviceKey,
) -> Device:
    """The user's device, with either kind of key."""
    key = rsa_key if request.param == "RSA" else DeviceKey.generate("EC")
    uri = association[1].secret("barcode_uri")
    return Device.enroll(uri, transport, key=key, now=user.clock.now)


class Prompt:
    """A login of the user that awaits the device."""

    def __init__(self, tenant: Tenant, user: User, device: Device, pushes: MockPushes) -> None:
        """Log in, ask for a challenge and read what the device receives."""
        self._login = tenant.login(user)
        wish = {"challenge_type": "oob", "authenticator_id": f"push|{device.id}"}
        self._oob_code = self._login.challenge(**wish).secret("oob_code")  # type: ignore[arg-type] # none of the changes is `as_form`
        self.notifications = pushes.notifications()

    @property
    def notification(self) -> Notification:
        """The one notification of this login."""
        (notification,) = self.notifications
        return notification

    def poll(self) -> Answer:
        """Ask for tokens, without a binding code."""
        return self._login.verify_oob(self._oob_code, OMIT)


@pytest.fixture
def prompt(tenant: Tenant, user: User, device: Device, transport: Transport) -> Prompt:
    """A login that awaits the device."""
    return Prompt(tenant, user, device, MockPushes(transport, device.id))


def test_enrolling_completes_the_login(
    association: tuple[Login, Answer], user: User, transport: Transport, rsa_key: DeviceKey
) -> None:
    """The associating login is pending until a device has enrolled, and then gives tokens."""
    login, answer = association
    poll = (answer.secret("oob_code"), OMIT)
    assert "authorization_pending" == login.verify_oob(*poll).error
    Device.enroll(answer.secret("barcode_uri"), transport, key=rsa_key, now=user.clock.now)
    user.clock.pass_seconds(10)
    assert login.verify_oob(*poll).accepted


def test_allow(prompt: Prompt, device: Device, user: User) -> None:
    """An allowed login gives tokens."""
    assert "authorization_pending" == prompt.poll().error
    device.allow(prompt.notification)
    user.clock.pass_seconds(10)
    assert prompt.poll().accepted


def test_reject(prompt: Prompt, device: Device) -> None:
    """A rejected login is denied, and cannot be allowed afterwards."""
    device.reject(prompt.notification, "not me")
    assert "access_denied" == prompt.poll().error
    with pytest.raises(DeviceRefused):
        device.allow(prompt.notification)


def test_tampered_response(prompt: Prompt, device: Device) -> None:
    """A response to another challenge is refused with its code, and the right one still taken."""
    notification = prompt.notification
    signed = device.challenge_response(notification, accepted=True, sub="another")
    answer = device.api.resolve(notification.transaction_token, signed)
    assert (401, "invalid_challenge") == (answer.status, answer.get("errorCode"))
    device.allow(notification)
    assert prompt.poll().accepted


def test_companion(device: Device, tenant: Tenant, user: User) -> None:
    """The device's one-time password completes a login too."""
    assert tenant.login(user).verify_otp(device.otp()).accepted


def test_account(device: Device, tenant: Tenant, user: User) -> None:
    """A renamed device is listed by its new name until it is deleted, and with it its companion."""
    login = tenant.login(user)
    device.change(name="renamed")
    names = {item["id"]: item.get("name") for item in login.authenticators().items()}
    assert "renamed" == names[f"push|{device.id}"]
    device.delete()
    device.delete()
    assert [] == [item for item in login.authenticators().items() if device.id in str(item["id"])]


def test_both_mounts(prompt: Prompt, device: Device, transport: Transport) -> None:
    """A device that takes the address for one of Guardian's own hosts is served as well."""
    paths = {exchange.path for exchange in transport.recorder.exchanges}
    assert "/appliance-mfa/api/enroll" in paths
    signed = device.challenge_response(
        prompt.notification,
        accepted=True,
        aud=f"{transport.base_url}/api/resolve-transaction",
    )
    bearer = {"Authorization": f"Bearer {prompt.notification.transaction_token}"}
    body = {"challenge_response": signed}
    sent = transport.send("POST", "/api/resolve-transaction", json=body, headers=bearer)
    assert sent.accepted
    assert prompt.poll().accepted
