"""A receiver that is led to a stand-in for Google, and hurries.

The stand-in needs what the extra `push` installs, so that it is imported when it is used: each
module of tests is skipped where that is missing.
"""

from __future__ import annotations

import asyncio
from contextlib import ExitStack
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
import trustme

from pytest_auth0_mfa.guardian import FcmApp, FcmReceiver
from pytest_auth0_mfa.guardian.fcm.receiver import Pace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.conftest import Received, Reply
    from tests.guardian.fcm.stand_in import Google
    from tests.guardian.fcm.stream import Stream

PACE = Pace(register_s=10, start_s=10, login_s=5, pauses=(0.01, 0.02, 0.04), stop_s=5)


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    """A certificate authority, made once."""
    return trustme.CA()


@pytest.fixture
def stream(authority: trustme.CA) -> Iterator[Stream]:
    """The stream on which Google sends messages."""
    from tests.guardian.fcm.stream import Stream  # noqa: PLC0415 - see above

    opened = Stream(authority)
    opened.start()
    yield opened
    opened.stop()


@pytest.fixture
def google(
    stream: Stream,
    serve: Callable[[Callable[[Received], Reply]], str],
    authority: trustme.CA,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> Google:
    """The stand-in, to which the library is led; it is trusted and nobody else is."""
    from firebase_messaging import fcmpushclient, fcmregister  # noqa: PLC0415 - see above

    from tests.guardian.fcm import stand_in  # noqa: PLC0415 - see above

    made = stand_in.Google(stream)
    url = serve(made.answer)
    monkeypatch.setattr(fcmregister, "GCM_CHECKIN_URL", url + stand_in.CHECK_IN)
    monkeypatch.setattr(fcmregister, "GCM_REGISTER_URL", url + stand_in.REGISTER)
    monkeypatch.setattr(fcmregister, "FCM_INSTALLATION", f"{url}/")
    monkeypatch.setattr(fcmregister, "FCM_REGISTRATION", f"{url}/")
    monkeypatch.setattr(fcmregister, "asyncio", SimpleNamespace(sleep=_hardly))
    monkeypatch.setattr(fcmpushclient, "MCS_HOST", "127.0.0.1")
    monkeypatch.setattr(fcmpushclient, "MCS_PORT", stream.port)
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    return made


@pytest.fixture
def app() -> FcmApp:
    """The tenant's Firebase app."""
    from tests.guardian.fcm import stand_in  # noqa: PLC0415 - see above

    return FcmApp(stand_in.PROJECT, stand_in.APP_ID, stand_in.API_KEY, stand_in.SENDER)


@pytest.fixture
def make_receiver(google: Google, app: FcmApp) -> Iterator[Callable[..., FcmReceiver]]:
    """A maker of receivers, each closed after the test; takes what `FcmReceiver` takes."""
    del google
    with ExitStack() as opened:

        def make(*arguments: Any, **changes: Any) -> FcmReceiver:  # noqa: ANN401 - as it takes
            receiver = FcmReceiver(*(arguments or (app,)), **{"pace": PACE, **changes})
            opened.callback(receiver.close)
            return receiver

        yield make


@pytest.fixture
def receiver(make_receiver: Callable[..., FcmReceiver]) -> FcmReceiver:
    """A receiver that listens."""
    made = make_receiver()
    made.push_credentials()
    return made


async def _hardly(seconds: float) -> None:
    """Take the place of a pause of the library."""
    del seconds
    await asyncio.sleep(0)
