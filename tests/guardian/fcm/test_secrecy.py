"""No secret of the registration or of a notification is shown, logged or left unlearned."""

from __future__ import annotations

import json
import logging
import threading
from typing import TYPE_CHECKING, Any

import pytest

pytest.importorskip("firebase_messaging", reason="needs the extra `push`")

from pytest_auth0_mfa.api.redaction import Redactor
from pytest_auth0_mfa.errors import Undelivered
from pytest_auth0_mfa.guardian.fcm.background import Overheard
from tests.conftest import Reply
from tests.guardian.fcm.stand_in import INSTALL, SECRETS
from tests.guardian.stand_in import PUSH

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_auth0_mfa.guardian import FcmApp, FcmReceiver
    from tests.guardian.fcm.stand_in import Google

LOGGERS = ("firebase_messaging.fcmpushclient", "firebase_messaging.fcmregister")


def test_log(
    make_receiver: Callable[..., FcmReceiver], google: Google, caplog: pytest.LogCaptureFixture
) -> None:
    """Whatever the level, the library's log shows nothing of a receiver, good or bad."""
    caplog.set_level(logging.DEBUG)
    receiver = make_receiver()
    mailbox = receiver.mailbox(PUSH["dai"])
    google.send({"data": PUSH})
    mailbox.notifications(10)
    google.stream.interrupt()
    google.stream.wait(lambda: len(google.stream.logins) == 2)
    google.refusals[INSTALL] = [Reply(400, "planted")]
    with pytest.raises(Undelivered):
        make_receiver().push_credentials()
    receiver.close()
    assert [] == [each.name for each in caplog.records if each.name in LOGGERS]
    assert [] == [secret for secret in SECRETS if secret in caplog.text]


@pytest.mark.parametrize("name", LOGGERS)
def test_log_of_others(receiver: FcmReceiver, caplog: pytest.LogCaptureFixture, name: str) -> None:
    """Another user of the library in the same process keeps its log; in the end all do."""
    logging.getLogger(name).warning("of another")
    assert ["of another"] == caplog.messages
    receiver.close()
    assert [] == logging.getLogger(name).filters


def test_log_that_cannot_be_formatted() -> None:
    """A slip in the library's logging stops nothing."""
    overheard = Overheard([])
    overheard.thread = threading.get_ident()
    record = logging.LogRecord(LOGGERS[0], logging.WARNING, "", 0, "odd", ("argument",), None)
    assert not overheard.filter(record)
    assert "odd" == overheard.reason()


def test_everything_is_learned(make_receiver: Callable[..., FcmReceiver], google: Google) -> None:
    """Each secret that was registered is scrubbed from any text, and the transaction token too."""
    redactor = Redactor()
    kept: list[Any] = []
    receiver = make_receiver(learn=redactor.learn, keep=kept.append)
    token = receiver.push_credentials().token
    text = redactor.scrub(json.dumps(kept[0]))
    private, secret = kept[0]["keys"]["private"], kept[0]["keys"]["secret"]
    assert [] == [each for each in (*SECRETS, token, private, secret) if each in text]
    assert "api_key" == redactor.scrub("planted-api-key")
    google.send({"data": PUSH})
    receiver.mailbox(PUSH["dai"]).notifications(10)
    assert "transaction_token" == redactor.scrub(PUSH["txtkn"])


def test_shown(receiver: FcmReceiver, app: FcmApp) -> None:
    """What a failing test prints of a receiver and what belongs to it."""
    parts: tuple[Any, ...] = (receiver, app, receiver.push_credentials(), vars(receiver))
    told = " ".join(repr(each) for each in (*parts, receiver.mailbox("dev_1")))
    assert [] == [secret for secret in SECRETS if secret in told]
