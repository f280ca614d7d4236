"""How a registration with FCM is made, and how a connection is kept up.

Owns the order of the steps and what happens when a connection ends. Imports
`firebase_messaging`, so that it must be imported late. Runs in the receiver's thread.
"""

from __future__ import annotations

import asyncio
import logging
import re
from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeVar

from firebase_messaging.fcmregister import FcmRegister

from pytest_auth0_mfa.guardian.fcm.causes import Stopped
from pytest_auth0_mfa.guardian.fcm.client import Client, configuration

if TYPE_CHECKING:
    from collections.abc import Awaitable, Iterable, Mapping, Sequence

    from pytest_auth0_mfa.guardian.fcm.arrivals import Arrivals
    from pytest_auth0_mfa.guardian.fcm.background import Overheard
    from pytest_auth0_mfa.guardian.fcm.credentials import Credentials
    from pytest_auth0_mfa.guardian.fcm.receiver import FcmApp, Pace

T = TypeVar("T")

_TRIES: Final = 8
"""A new device is often unknown for some seconds, and its registration refused; a second apart.

Source: https://github.com/Eneris/push-receiver/issues/44
"""

_TOKEN: Final = re.compile(r"[\w:.~-]+")


async def register(app: FcmApp) -> Credentials:
    """Make a new registration; raises `Stopped`, which names the step.

    As `FcmRegister.register` does, which tries less often, goes on where a step gave nothing,
    and does not tell which it was.
    """
    registrar = FcmRegister(configuration(app))
    try:
        options = await _step("check-in", registrar.gcm_check_in())
        gcm = await _step("registration", registrar.gcm_register(options, _TRIES))
        _check("registration", gcm)
        installation = await _step("installation", registrar.fcm_install())
        keys = registrar.generate_keys()
        subscribed = registrar.fcm_register(gcm, installation, keys)
        registration = await _step("subscription", subscribed)
        _check("subscription", registration)
    finally:
        await registrar.close()
    fcm = {"registration": registration, "installation": installation}
    config = {"project_id": app.project_id, "app_id": app.app_id}
    return {"keys": keys, "gcm": gcm, "fcm": fcm, "config": config}


async def check_in(app: FcmApp, credentials: Credentials) -> None:
    """Announce a registration that was made before; raises `Stopped`."""
    registrar = FcmRegister(configuration(app))
    gcm = credentials["gcm"]
    try:
        announced = registrar.gcm_check_in(gcm["android_id"], gcm["security_token"])
        await _step("check-in", announced)
    finally:
        await registrar.close()


async def _step(name: str, step: Awaitable[T | None]) -> T:
    try:
        found = await step
    except Exception as error:  # noqa: BLE001 - the library lets through whatever happens
        raise Stopped(name, f"{type(error).__name__}: {error}") from None
    if not found:
        raise Stopped(name)
    return found


def _check(name: str, answer: Mapping[str, object]) -> None:
    """Whether an answer has a token; the library takes one out of any page that it is sent."""
    if not _TOKEN.fullmatch(str(answer.get("token", ""))):
        raise Stopped(name, "the answer holds no token")


class Listener:
    """Keeps one connection at a time, and replaces it when it ends.

    `refused` tells whether it gave up because a login was refused.
    """

    def __init__(
        self,
        app: FcmApp,
        credentials: Credentials,
        pace: Pace,
        arrivals: Arrivals,
        overheard: Overheard,
    ) -> None:
        """Connect nothing yet."""
        self._client = partial(Client, app, credentials, pace, arrivals)
        self._pace = pace
        self._arrivals = arrivals
        self._overheard = overheard
        self.refused = False

    async def run(self) -> None:
        """Listen until cancelled, or until attempt after attempt has failed."""
        try:
            await self._replace_connections()
        finally:
            self._arrivals.give_up("login" if self.refused else "connection")

    async def _replace_connections(self) -> None:
        received: Sequence[str] = ()
        pauses = iter(self._pace.pauses)
        pause: float | None = 0.0
        while pause is not None and not self.refused:
            await asyncio.sleep(pause)
            client = self._client(received)
            if await self._lived(client):
                pauses = iter(self._pace.pauses)
            cause = client.end or self._overheard.reason(logging.ERROR) or "no reason was given"
            self._arrivals.interrupted(cause)
            received, self.refused = client.persistent_ids, client.refused
            pause = next(pauses, None)

    async def _lived(self, client: Client) -> bool:
        """Whether the client was connected, told when it is so no longer."""
        self._overheard.forget()
        await client.start()
        answer = asyncio.ensure_future(client.answered.wait())
        try:
            if not await _first((answer, *client.tasks), self._pace.login_s):
                client.end = f"no login within {self._pace.login_s:g} s"
            if not client.answered.is_set() or client.refused:
                return False
            self._arrivals.connected()
            await _first(client.tasks)
        finally:
            await _ended((answer, *client.tasks))
        return True


async def _first(tasks: Iterable[asyncio.Future[Any]], timeout_s: float | None = None) -> bool:
    """Wait until one of these ends, in whatever way; False where none does in time."""
    done, _ = await asyncio.wait(tasks, timeout=timeout_s, return_when=asyncio.FIRST_COMPLETED)
    return bool(done)


async def _ended(tasks: Sequence[asyncio.Future[Any]]) -> None:
    """End the tasks of a client, which close the connection; the library's `stop` does not wait.

    https://github.com/sdb9696/firebase-messaging/pull/41
    """
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
