"""A login by push on a mock tenant, its notification carried by the stand-in for Google."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

pytest.importorskip("firebase_messaging", reason="needs the extra `push`")

from pytest_auth0_mfa import OMIT
from pytest_auth0_mfa.guardian import Device
from tests.guardian.fcm.stand_in import FCM_TOKEN

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_auth0_mfa.guardian import DeviceKey, FcmReceiver
    from pytest_auth0_mfa.tenant.tenant import Tenant
    from tests.guardian.fcm.stand_in import Google


def as_sent(payload: dict[str, Any]) -> dict[str, Any]:
    """The data of the mock's message in the form that the library for Android reads: texts."""
    fields = payload["mfa"].items()
    return {name: v if isinstance(v, str) else json.dumps(v) for name, v in fields}


@pytest.mark.parametrize("form", [as_sent, dict], ids=["flat", "mfa"])
@pytest.mark.parametrize("allow", [True, False], ids=["allow", "reject"])
def test_login(  # noqa: PLR0913, PLR0917 - what a login by push takes
    tenant: Tenant,
    receiver: FcmReceiver,
    google: Google,
    rsa_key: DeviceKey,
    form: Callable[[dict[str, Any]], dict[str, Any]],
    allow: bool,  # noqa: FBT001 - a case
) -> None:
    """What the tenant sends reaches the device, whose answer decides the login."""
    user, transport = tenant.new_user(), tenant.client.transport
    wish = {"authenticator_types": ["oob"], "oob_channels": ["auth0"]}
    uri = tenant.login(user).associate(**wish).secret("barcode_uri")
    push = receiver.push_credentials()
    assert FCM_TOKEN == push.token
    device = Device.enroll(uri, transport, key=rsa_key, push=push, now=user.clock.now)
    login = tenant.login(user)
    challenge = login.challenge(challenge_type="oob", authenticator_id=f"push|{device.id}")
    for payload in transport.send("GET", f"/__mock__/pushes?device={device.id}").items():
        google.send({"data": form(dict(payload))})
    (notification,) = receiver.mailbox(device.id).notifications(10)
    answer = device.allow if allow else device.reject
    answer(notification)
    verified = login.verify_oob(challenge.secret("oob_code"), OMIT)
    assert (allow, None if allow else "access_denied") == (verified.accepted, verified.error)
