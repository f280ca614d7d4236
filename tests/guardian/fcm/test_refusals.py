"""What stops a receiver from starting: each with its cause and a remedy, and without a secret."""

from __future__ import annotations

import asyncio
import json
import threading
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

pytest.importorskip("firebase_messaging", reason="needs the extra `push`")

from firebase_messaging import fcmpushclient, fcmregister

from pytest_auth0_mfa.errors import SettingsError, Undelivered
from tests.conftest import Reply
from tests.guardian.fcm.conftest import PACE
from tests.guardian.fcm.stand_in import CHECK_IN, FCM_TOKEN, INSTALL, REGISTER, SECRETS, SUBSCRIBE

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_auth0_mfa.guardian import FcmApp, FcmReceiver
    from tests.guardian.fcm.stand_in import Google

UNKNOWN_PHONE = Reply(body="Error=PHONE_REGISTRATION_ERROR")
CASES = {
    "check-in": (CHECK_IN, Reply(503, "busy"), "check-in failed.*503, busy.*android.clients"),
    "no check-in": (CHECK_IN, Reply(body=b"\xff\xff"), "check-in failed: DecodeError"),
    "phone": (REGISTER, UNKNOWN_PHONE, "registration failed.*PHONE_REG.*some minutes"),
    "page": (REGISTER, Reply(404, "<h1>not found</h1>"), "registration failed"),
    "styled page": (REGISTER, Reply(200, '<a href="x">'), "registration failed: the answer holds"),
    "app": (INSTALL, Reply(400, {"status": "INVALID_ARGUMENT"}), "installation.*INVALID.*api_key"),
    "no JSON": (INSTALL, Reply(200, "<html>"), "installation failed: ContentTypeError"),
    "other form": (INSTALL, Reply(200, {}), "installation failed: KeyError"),
    "subscription": (SUBSCRIBE, Reply(401, {"status": "UNAUTHENTICATED"}), "subscription.*UNAUTH"),
    "no token": (SUBSCRIBE, Reply(200, {"name": "x"}), "subscription failed: the answer holds"),
}


def failure(receiver: FcmReceiver, kind: type[Exception] = Undelivered) -> str:
    """The one line that tells why it does not start; the thread is gone, and no secret is told."""
    with pytest.raises(kind) as raised:
        receiver.push_credentials()
    text = str(raised.value)
    assert "\n" not in text
    assert [] == [secret for secret in SECRETS if secret in text]
    assert "fcm-receiver" not in {thread.name for thread in threading.enumerate()}
    return text


@pytest.mark.parametrize(("path", "reply", "told"), CASES.values(), ids=CASES)
def test_step(
    make_receiver: Callable[..., FcmReceiver], google: Google, path: str, reply: Reply, told: str
) -> None:
    """A step that is refused is named with the cause; the failure is remembered."""
    google.refusals[path] = [reply] * 10
    receiver = make_receiver()
    text = failure(receiver)
    asked = len(google.requests)
    with pytest.raises(Undelivered, match=told) as again:
        receiver.mailbox("dev_1")
    assert (text, asked) == (str(again.value), len(google.requests))


def test_unknown_phone_for_a_while(
    make_receiver: Callable[..., FcmReceiver], google: Google
) -> None:
    """A new device may be unknown for some seconds, which is waited for."""
    google.refusals[REGISTER] = [UNKNOWN_PHONE] * 5
    make_receiver().push_credentials()
    assert 6 == google.requests.count(REGISTER)


def test_key_in_answer(
    make_receiver: Callable[..., FcmReceiver], google: Google, app: FcmApp
) -> None:
    """Google may quote the key that it refuses; we do not."""
    key = "planted-other-key"
    text = failure(make_receiver(replace(app, api_key=key)))
    assert INSTALL == google.requests[-1]
    assert "Consumer 'api_key:<hidden>' has been suspended." in text


def test_unreachable(
    make_receiver: Callable[..., FcmReceiver], silent_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A host that does not answer is named."""
    receiver = make_receiver()
    monkeypatch.setattr(fcmregister, "GCM_CHECKIN_URL", silent_url)
    assert "Cannot connect to host 127.0.0.1" in failure(receiver)


def test_slow(make_receiver: Callable[..., FcmReceiver], monkeypatch: pytest.MonkeyPatch) -> None:
    """A registration that does not end is abandoned at its deadline."""
    receiver = make_receiver(pace=replace(PACE, register_s=0.05))
    monkeypatch.setattr(fcmregister.FcmRegister, "gcm_check_in", _never)
    assert "not done within 0.05 s" in failure(receiver)


def test_blocked_port(
    make_receiver: Callable[..., FcmReceiver], silent_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the port is blocked, the registration is kept all the same."""
    kept: list[Any] = []
    receiver = make_receiver(keep=kept.append)
    monkeypatch.setattr(fcmpushclient, "MCS_PORT", int(silent_url.rpartition(":")[2]))
    text = failure(receiver)
    assert "connection failed: Could not connect" in text
    assert text.endswith("mtalk.google.com, port 5228")
    assert 1 == len(kept)


def test_untrusted(
    make_receiver: Callable[..., FcmReceiver], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server with another certificate is told no secret."""
    receiver = make_receiver()
    monkeypatch.delenv("SSL_CERT_FILE")
    assert "CERTIFICATE_VERIFY_FAILED" in failure(receiver)


def test_no_login(make_receiver: Callable[..., FcmReceiver], google: Google) -> None:
    """A server that says nothing is given up, one connection after the other."""
    google.stream.silent = True
    receiver = make_receiver(pace=replace(PACE, login_s=0.1, pauses=(0.05, 0.05)))
    assert "connection failed: no login within 0.1 s" in failure(receiver)
    assert 1 == google.stream.most


@pytest.mark.parametrize("stored", [True, False])
def test_refused_login(
    make_receiver: Callable[..., FcmReceiver],
    google: Google,
    app: FcmApp,
    stored: bool,  # noqa: FBT001 - a case
) -> None:
    """A refused login is not tried again; a stored registration is of no more use then."""
    kept: list[Any] = []
    first = make_receiver(keep=kept.append)
    first.push_credentials()
    first.close()
    google.stream.error = f"Authentication failed: {FCM_TOKEN}"
    receiver = make_receiver(app, kept[0] if stored else None)
    text = failure(receiver, SettingsError if stored else Undelivered)
    assert text.startswith("FCM: login failed: ")
    assert "Authentication failed: <hidden>" in text
    assert text.endswith("delete the registration that was kept, so that a new one is made")
    assert 2 == len(google.stream.logins)


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [
        (("keys",), None, "keys.private"),
        (("gcm", "security_token"), "", "gcm.security_token"),
        (("fcm", "registration"), ["x"], "fcm.registration.token"),
        (("keys", "private"), "cGxhbnRlZA==", "keys are damaged"),
        (("keys", "private"), "planted!", "keys are damaged"),
        (("keys", "secret"), "é", "keys are damaged"),
        (("config", "project_id"), "another", "in project another"),
        (("config", "app_id"), "1:2:web:3", "of the app 1:2:web:3"),
        (("config", "app_id"), {1, 2}, "no JSON"),
    ],
)
def test_unusable(
    make_receiver: Callable[..., FcmReceiver],
    app: FcmApp,
    path: tuple[str, ...],
    value: object,
    told: str,
) -> None:
    """A stored registration is looked at before it is used; the remedy is to delete it."""
    kept: list[Any] = []
    make_receiver(keep=kept.append).push_credentials()
    damaged = place = json.loads(json.dumps(kept[0]))
    for name in path[:-1]:
        place = place[name]
    place[path[-1]] = value
    with pytest.raises(SettingsError, match=f"{told}.*delete what is stored") as raised:
        make_receiver(app, damaged)
    assert "planted" not in str(raised.value)


async def _never(*_: object) -> None:
    """Take the place of a step that does not end."""
    await asyncio.Event().wait()
