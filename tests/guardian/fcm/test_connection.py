"""The connection: made anew when it ends, given up after many failures, and closed at the end."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("firebase_messaging", reason="needs the extra `push`")

from firebase_messaging.proto.mcs_pb2 import Close, HeartbeatPing

from pytest_auth0_mfa.errors import Undelivered
from tests.guardian.fcm.conftest import PACE
from tests.guardian.stand_in import PUSH

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_auth0_mfa.guardian import FcmReceiver
    from tests.guardian.fcm.stand_in import Google
    from tests.guardian.fcm.stream import Stream

WAIT_S = 10.0


@pytest.mark.parametrize("polite", [True, False], ids=["closed", "cut"])
def test_interruption(receiver: FcmReceiver, google: Google, polite: bool) -> None:  # noqa: FBT001 - a case
    """A new connection is made, which says what was received; messages go on to arrive."""
    mailbox, stream = receiver.mailbox(PUSH["dai"]), google.stream
    name = google.send({"data": PUSH})
    stream.wait(lambda: name in stream.acknowledged)
    if polite:
        stream.say(Close())
    else:
        stream.interrupt()
    stream.wait(lambda: len(stream.logins) == 2)
    assert [name] == list(stream.logins[1].received_persistent_id)
    google.send({"data": PUSH})  # As a server does that missed the acknowledgement.
    google.send({"data": {**PUSH, "txtkn": "after"}})
    found = [*mailbox.notifications(WAIT_S)]
    stream.wait(lambda: len(stream.acknowledged) == 3)
    found += mailbox.notifications(0)
    assert [PUSH["txtkn"], "after"] == [each.transaction_token for each in found]


def test_many_interruptions(receiver: FcmReceiver, google: Google) -> None:
    """Connections that work for a while are replaced however often they end."""
    mailbox, stream = receiver.mailbox(PUSH["dai"]), google.stream
    for count in range(2, len(PACE.pauses) + 4):
        google.send({"data": {**PUSH, "txtkn": str(count)}})
        assert [str(count)] == [each.transaction_token for each in mailbox.notifications(WAIT_S)]
        stream.interrupt()
        stream.wait(lambda: len(stream.logins) == count)  # noqa: B023 - waited for at once


def test_dead_connection(make_receiver: Callable[..., FcmReceiver], google: Google) -> None:
    """A connection that gives no sign of life is noticed and told."""
    pace = replace(PACE, heartbeat_s=0.05, answer_s=0.02, look_s=0.01, pauses=(60.0,))
    google.stream.mute = True
    mailbox = make_receiver(pace=pace).mailbox(PUSH["dai"])
    google.stream.wait(lambda: google.stream.open == 0)
    with pytest.raises(Undelivered, match=r"interrupted: no sign of life for 0\.07 s"):
        mailbox.notifications(0.1)


def test_dead_connection_replaced(
    make_receiver: Callable[..., FcmReceiver], google: Google
) -> None:
    """A new connection is made in its place, without waiting for a peer that is gone."""
    google.stream.gone = True
    make_receiver(pace=replace(PACE, heartbeat_s=0.05, answer_s=0.02, look_s=0.01)).mailbox("dev_1")
    google.stream.wait(lambda: len(google.stream.logins) > 1)


def test_sign_of_life(make_receiver: Callable[..., FcmReceiver], google: Google) -> None:
    """A silent connection that answers is kept, and the client answers in turn."""
    pace = replace(PACE, heartbeat_s=0.4, answer_s=0.2, look_s=0.01)
    mailbox = make_receiver(pace=pace).mailbox(PUSH["dai"])
    google.stream.say(HeartbeatPing())
    google.stream.wait(lambda: google.stream.answers == 1)
    google.stream.wait(lambda: google.stream.pings == 2)
    assert ([], 1) == (mailbox.notifications(0), len(google.stream.logins))


def test_given_up(receiver: FcmReceiver, stream: Stream) -> None:
    """When nothing listens any more, whoever waits is told soon, with the remedy."""
    mailbox = receiver.mailbox(PUSH["dai"])
    stream.stop()
    began = time.monotonic()
    with pytest.raises(Undelivered, match=r"given up: Could not connect.*port 5228"):
        mailbox.notifications(WAIT_S)
    assert WAIT_S / 2 > time.monotonic() - began
    with pytest.raises(Undelivered, match="given up"):
        mailbox.notifications(0)


@pytest.mark.parametrize(
    ("polite", "told"),
    [(False, "Unexpected exception during read"), (True, "FCM closed the connection")],
    ids=["cut", "closed"],
)
def test_interrupted_meanwhile(
    make_receiver: Callable[..., FcmReceiver],
    google: Google,
    polite: bool,  # noqa: FBT001 - a case
    told: str,
) -> None:
    """While a new connection is awaited, silence is no answer; the cause is told, and no other."""
    mailbox = make_receiver(pace=replace(PACE, pauses=(60.0,))).mailbox(PUSH["dai"])
    name = google.send(b"garbage, of which the library warns")
    google.stream.wait(lambda: name in google.stream.acknowledged)
    if polite:
        google.stream.say(Close())
    else:
        google.stream.interrupt()
    with pytest.raises(Undelivered, match=rf"in 0\.1 s: the connection is interrupted: {told}"):
        mailbox.notifications(0.1)
    assert [] == mailbox.notifications(0)
    assert told in mailbox.summary()


def test_close(receiver: FcmReceiver, google: Google) -> None:
    """Closing ends thread and connection, keeps what arrived, and releases who waits."""
    mailbox, errors = receiver.mailbox(PUSH["dai"]), []
    google.stream.wait(lambda: google.stream.open == 1)

    def wait() -> None:
        with pytest.raises(Undelivered, match="the FCM receiver is closed") as error:
            receiver.mailbox("dev_other").notifications(WAIT_S)
        errors.append(error)

    waiting = threading.Thread(target=wait)
    waiting.start()
    name = google.send({"data": PUSH})
    google.stream.wait(lambda: name in google.stream.acknowledged)
    receiver.close()
    receiver.close()
    waiting.join(WAIT_S)
    assert 1 == len(errors)
    assert "fcm-receiver" not in {thread.name for thread in threading.enumerate()}
    google.stream.wait(lambda: google.stream.open == 0)
    assert 1 == len(mailbox.notifications(0))
    with pytest.raises(Undelivered, match="closed; make a new one"):
        receiver.push_credentials()


def test_refused_later(receiver: FcmReceiver, stream: Stream) -> None:
    """A registration that is no longer accepted is given up at once, with another remedy."""
    mailbox = receiver.mailbox("dev_1")
    stream.error = "Authentication failed"
    stream.interrupt()
    with pytest.raises(Undelivered, match=r"Authentication failed.*delete the registration"):
        mailbox.notifications(WAIT_S)
    assert 2 == len(stream.logins)


def test_failure_of_the_receiver(
    receiver: FcmReceiver, stream: Stream, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An error of our own, or of a library that has changed, does not go unnoticed."""
    monkeypatch.setattr("pytest_auth0_mfa.guardian.fcm.client.Client.start", None)
    stream.interrupt()
    with pytest.raises(Undelivered, match="given up"):
        receiver.mailbox("dev_1").notifications(WAIT_S)


def test_close_while_connecting(make_receiver: Callable[..., FcmReceiver], stream: Stream) -> None:
    """A receiver between two connections is closed at once."""
    receiver = make_receiver(pace=replace(PACE, pauses=(60.0,)))
    receiver.push_credentials()
    stream.interrupt()
    stream.wait(lambda: stream.open == 0)
    receiver.close()
    assert "fcm-receiver" not in {thread.name for thread in threading.enumerate()}
