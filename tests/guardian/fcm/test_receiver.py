"""The receiver: one registration, a mailbox for each device, each notification once."""

from __future__ import annotations

import json
import threading
import time
from typing import TYPE_CHECKING, Any

import pytest

pytest.importorskip("firebase_messaging", reason="needs the extra `push`")

from tests.guardian.fcm.stand_in import CHECK_IN, FCM_TOKEN, INSTALL, REGISTER, SUBSCRIBE
from tests.guardian.stand_in import PUSH

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_auth0_mfa.guardian import FcmApp, FcmMailbox, FcmReceiver, Notification
    from tests.guardian.fcm.stand_in import Google

ID = PUSH["dai"]
WAIT_S = 10.0


@pytest.fixture
def mailbox(receiver: FcmReceiver) -> FcmMailbox:
    """The mailbox of one device."""
    return receiver.mailbox(ID)


def push(**changes: str) -> dict[str, Any]:
    """A prompt as FCM carries it."""
    return {"data": {**PUSH, **changes}, "from": "123456", "priority": "high"}


def wait_for(mailbox: FcmMailbox, count: int) -> list[Notification]:
    """The next notifications, as many as these."""
    found: list[Notification] = []
    while len(found) < count:
        arrived = mailbox.notifications(WAIT_S)
        assert arrived, mailbox.summary()
        found += arrived
    return found


def tokens(found: list[Notification]) -> list[str]:
    """By what the notifications can be told apart."""
    return [str(each.transaction_token) for each in found]


def test_registered_once(
    make_receiver: Callable[..., FcmReceiver], app: FcmApp, google: Google
) -> None:
    """The first run registers, and the next uses what was kept, keys included."""
    kept: list[Any] = []
    first = make_receiver(keep=kept.append)
    assert ("GCM", FCM_TOKEN) == (first.push_credentials().service, first.push_credentials().token)
    assert [CHECK_IN, REGISTER, INSTALL, SUBSCRIBE] == google.requests
    assert str is type(kept[0]["keys"]["private"]), "any serializer can write it"
    first.close()
    second = make_receiver(app, json.loads(json.dumps(kept[0])), keep=kept.append)
    assert FCM_TOKEN == second.push_credentials().token
    assert ([CHECK_IN], 1) == (google.requests[4:], len(kept))
    google.send(push(txtkn="1"))
    assert ["1"] == tokens(wait_for(second.mailbox(ID), 1))


def test_lazy(make_receiver: Callable[..., FcmReceiver], google: Google) -> None:
    """Without a first use there is no request and no thread; it can be closed all the same."""
    threads = threading.active_count()
    receiver = make_receiver()
    receiver.close()
    receiver.close()
    assert ([], threads) == (google.requests, threading.active_count())


@pytest.mark.parametrize(
    "payload",
    [
        {"data": {**PUSH, "s": '{"os":{"n":"Linux"}}', "l": '{"n":"Sydney"}'}},
        {"data": {"mfa": {**PUSH, "s": {"os": {"n": "Linux"}}, "l": {"n": "Sydney"}}}},
    ],
    ids=["flat", "mfa"],
)
def test_payload(mailbox: FcmMailbox, google: Google, payload: object) -> None:
    """A message is decrypted with the registered keys and read in either form."""
    google.send(payload)
    (notification,) = wait_for(mailbox, 1)
    assert notification.system is not None
    assert notification.place is not None
    assert ("Linux", "Sydney") == (notification.system.name, notification.place.name)


def test_each_device_its_own(receiver: FcmReceiver, google: Google) -> None:
    """A message for another device waits in its own mailbox."""
    one, other = receiver.mailbox(ID), receiver.mailbox("dev_other")
    google.send(push(dai="dev_other", txtkn="1"))
    google.send(push(txtkn="2"))
    assert ["2"] == tokens(wait_for(one, 1))
    assert "1 for other devices" in one.summary()
    assert ["1"] == tokens(wait_for(other, 1))
    assert ([], []) == (one.notifications(0), other.notifications(0))


def test_each_comes_once(mailbox: FcmMailbox, google: Google) -> None:
    """What is delivered again is dropped, taken or not, and told."""
    for token in ("1", "1", "2"):
        google.send(push(txtkn=token))
    assert ["1", "2"] == tokens(wait_for(mailbox, 2))
    google.send(push(txtkn="1"))
    google.send(push(txtkn="3"))
    assert ["3"] == tokens(wait_for(mailbox, 1))
    assert "2 passed over (delivered again)" in mailbox.summary()


def test_oldest_first(mailbox: FcmMailbox, google: Google) -> None:
    """The order is that in which the tenant asked, not that of arrival."""
    google.send(push(txtkn="late", d="2027-01-15T08:00:16.000Z"))
    google.send(push(txtkn="early", d="2027-01-15T08:00:14.000Z"))
    google.stream.wait(lambda: len(google.stream.acknowledged) == 2)
    assert ["early", "late"] == tokens(wait_for(mailbox, 2))


@pytest.mark.parametrize(
    ("payload", "forms", "told"),
    [
        ({"data": {"score": "3:1"}}, {}, "a text in the field dai"),
        ({"notification": {"title": "news"}}, {}, "a text in the field dai"),
        ([1, 2], {}, "a text in the field dai"),
        (b"\xff", {}, "a text in the field dai"),
        (push(), {"crypto_key": "dh=AAAA"}, "not to be decrypted, ValueError"),
        (push(), {"crypto_key": "p256ecdsa={}"}, "not to be decrypted, ValueError"),
        (push(), {"encryption": "salt=AAAA"}, "not to be decrypted, ECEException"),
    ],
    ids=["another app's", "shown", "list", "binary", "bad key", "no key", "bad salt"],
)
def test_no_prompt(
    mailbox: FcmMailbox, google: Google, payload: object, forms: dict[str, str], told: str
) -> None:
    """What is no prompt is acknowledged, counted and told; the next message still arrives."""
    name = google.send(payload, **forms)
    google.stream.wait(lambda: name in google.stream.acknowledged)
    assert [] == mailbox.notifications(0)
    assert "1 passed over" in mailbox.summary()
    assert told in mailbox.summary()
    google.send(push(txtkn="1"))
    assert ["1"] == tokens(wait_for(mailbox, 1))


@pytest.mark.parametrize(
    "form", ["dh={};p256ecdsa=BDOU99", "dh={}; p256ecdsa=BDOU99", "p256ecdsa=BDOU99,dh={}"]
)
def test_several_keys(mailbox: FcmMailbox, google: Google, form: str) -> None:
    """The key is found among others, padded or not."""
    google.send(push(txtkn="1"), crypto_key=form, encryption="salt={};rs=4096")
    bare = form.replace("{}", "{bare}")
    google.send(push(txtkn="2"), crypto_key=bare, encryption="salt={bare}")
    assert ["1", "2"] == tokens(wait_for(mailbox, 2))


def test_returns_as_soon_as_one_is_there(mailbox: FcmMailbox, google: Google) -> None:
    """A waiting mailbox wakes up."""
    sender = threading.Timer(0.05, google.send, [push(txtkn="1")])
    sender.start()
    began = time.monotonic()
    assert ["1"] == tokens(list(mailbox.notifications(WAIT_S)))
    assert WAIT_S / 2 > time.monotonic() - began
    sender.join()


def test_deadline(mailbox: FcmMailbox) -> None:
    """A mailbox waits as long as it is told, and not at all for 0."""
    began = time.monotonic()
    assert [] == mailbox.notifications(0)
    immediate = time.monotonic()
    assert [] == mailbox.notifications(0.1)
    assert 0.1 <= time.monotonic() - immediate
    assert 0.1 > immediate - began
