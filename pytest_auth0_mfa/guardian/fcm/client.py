"""One connection to FCM: the library's client, made to end where it would go on half dead.

Owns what is changed in the client's behaviour, and why. Imports `firebase_messaging`, so that it
must be imported late. Every change is one that an issue of the library asks for, named there.
"""

from __future__ import annotations

import asyncio
import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from firebase_messaging import FcmPushClient, FcmPushClientConfig, FcmRegisterConfig
from firebase_messaging.proto.mcs_pb2 import Close, LoginResponse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from firebase_messaging.proto.mcs_pb2 import DataMessageStanza

    from pytest_auth0_mfa.guardian.fcm.arrivals import Arrivals
    from pytest_auth0_mfa.guardian.fcm.credentials import Credentials
    from pytest_auth0_mfa.guardian.fcm.receiver import FcmApp, Pace

_PARAMETERS: Final = {"crypto-key": "dh", "encryption": "salt"}
"""Field of a message -> the parameter in it that is needed."""


def configuration(app: FcmApp) -> FcmRegisterConfig:
    """The app as the library takes it."""
    return FcmRegisterConfig(app.project_id, app.app_id, app.api_key, app.sender_id)


class Client(FcmPushClient):
    """A client for one connection: it ends with it, and is then replaced by a new one.

    `answered` is set when the server has answered the login, which `refused` tells whether it
    refused. `end` says why the connection ended, where the library's log does not.
    """

    def __init__(
        self,
        app: FcmApp,
        credentials: Credentials,
        pace: Pace,
        arrivals: Arrivals,
        received: Sequence[str],
    ) -> None:
        """Hand what arrives to `arrivals`; `received` are ids of messages not to be sent again."""
        super().__init__(
            lambda payload, *_: arrivals.put(payload),
            configuration(app),
            credentials,
            received_persistent_ids=list(received),
            config=FcmPushClientConfig(
                client_heartbeat_interval=pace.heartbeat_s,  # type: ignore[arg-type] # compared only
                heartbeat_ack_timeout=pace.answer_s,
                monitor_interval=pace.look_s,
                connection_retry_count=1,
                start_seconds_before_retry_connect=0,
                abort_on_sequential_error_count=1,
            ),
        )
        self._arrivals = arrivals
        self.answered = asyncio.Event()
        self.refused = False
        self.end: str | None = None
        self._silence_s = pace.heartbeat_s + pace.answer_s

    async def _reset(self) -> None:
        """Give a dead connection up; the library reads on from the old one while it reconnects.

        https://github.com/sdb9696/firebase-messaging/issues/33
        """
        self.end = f"no sign of life for {self._silence_s:g} s"
        await self._do_writer_close()

    async def _do_writer_close(self) -> None:
        """Close at once: a dead peer never says goodbye.

        https://github.com/sdb9696/firebase-messaging/pull/41
        """
        writer, self.writer = self.writer, None
        if writer is not None:
            writer.transport.abort()
            with suppress(OSError):
                await writer.wait_closed()

    async def _handle_message(self, msg: Any) -> None:  # noqa: ANN401 - as in the library
        if isinstance(msg, Close):
            self.end = "FCM closed the connection"
        await super()._handle_message(msg)
        if isinstance(msg, LoginResponse):
            self.refused = not self.is_started()
            self.answered.set()

    def _handle_data_message(self, msg: DataMessageStanza) -> None:
        """Pass a message over that cannot be decrypted, which else ends the client for good.

        https://github.com/sdb9696/firebase-messaging/issues/40
        """
        try:
            super()._handle_data_message(msg)
        except Exception as error:  # noqa: BLE001 - whatever a damaged message causes
            self._arrivals.pass_over(f"not to be decrypted, {type(error).__name__}")

    def _app_data_by_key(
        self,
        p: DataMessageStanza,
        key: str,
        do_not_raise: bool = False,  # noqa: FBT001, FBT002 - as in the library
    ) -> str:
        """Give a field in the one form that the library understands: one parameter, padded.

        https://github.com/sdb9696/firebase-messaging/issues/44
        """
        value = str(super()._app_data_by_key(p, key, do_not_raise))
        return _only(_PARAMETERS[key], value) if key in _PARAMETERS else value


def _only(name: str, field: str) -> str:
    found = re.search(rf"(?:^|[;,]\s*){name}=([\w-]+)", field)
    if found is None:
        raise ValueError(f"no parameter {name}")
    return f"{name}={found[1]}{'=' * (-len(found[1]) % 4)}"
