"""How a registration with FCM is made, and how a connection is kept up.

Owns the order of the steps and what happens when a connection ends. Imports
`firebase_messaging`, so that it must be imported late. Runs in the receiver's thread.
"""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Final, TypeVar

from firebase_messaging.fcmregister import FcmRegister

from pytest_auth0_mfa.guardian.fcm_causes import Stopped
from pytest_auth0_mfa.guardian.fcm_client import Client, configuration

if TYPE_CHECKING:
    from collections.abc import Awaitable, Sequence

    from pytest_auth0_mfa.guardian.fcm import FcmApp, Pace
    from pytest_auth0_mfa.guardian.fcm_arrivals import Arrivals
    from pytest_auth0_mfa.guardian.fcm_background import Overheard
    from pytest_auth0_mfa.guardian.fcm_credentials import Credentials

T = TypeVar("T")

_TRIES: Final = 8
"""A new device is often unknown for some seconds, and its registration refused; a second apart.

Source: https://github.com/Eneris/push-receiver/issues/44
"""

_GLANCE_S: Final = 0.02


async def register(app: FcmApp) -> Credentials:
    """Make a new registration; raises `Stopped`, which names the step.

    As `FcmRegister.register` does, which tries less often, goes on where a step gave nothing,
    and does not tell which it was.
    """
    registrar = FcmRegister(configuration(app))
    try:
        options = await _step("check-in", registrar.gcm_check_in())
        gcm = await _step("registration", registrar.gcm_register(options, _TRIES))
        installation = await _step("installation", registrar.fcm_install())
        keys = registrar.generate_keys()
        subscribed = registrar.fcm_register(gcm, installation, keys)
        registration = await _step("subscription", subscribed)
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
        received: Sequence[str] = ()
        pauses = iter(self._pace.pauses)
        pause: float | None = 0.0
        while pause is not None and not self.refused:
            await asyncio.sleep(pause)
            client = self._client(received)
            if await self._lived(client):
                pauses = iter(self._pace.pauses)
            self._arrivals.interrupted(self._cause(client))
            received, self.refused = client.persistent_ids, client.refused
            pause = next(pauses, None)
        self._arrivals.give_up()

    async def _lived(self, client: Client) -> bool:
        """Whether the client was connected, told when it is so no longer."""
        self._overheard.first = None
        await client.start()
        try:
            if not await self._logged_in(client):
                return False
            self._arrivals.connected()
            await asyncio.wait(client.tasks, return_when=asyncio.FIRST_COMPLETED)
            return True
        finally:
            await _ended(client)

    def _cause(self, client: Client) -> str:
        if client.silent:
            return f"no sign of life for {self._pace.heartbeat_s + self._pace.answer_s:g} s"
        return self._overheard.first or f"no login within {self._pace.login_s:g} s"

    async def _logged_in(self, client: Client) -> bool:
        """Wait for the login; the library has no event for it."""
        deadline = asyncio.get_running_loop().time() + self._pace.login_s
        while not client.is_started():
            ended = any(task.done() for task in client.tasks)
            if ended or asyncio.get_running_loop().time() > deadline:
                return False
            await asyncio.sleep(_GLANCE_S)
        return True


async def _ended(client: Client) -> None:
    """End the client's tasks, which close the connection; the library's `stop` does not wait.

    https://github.com/sdb9696/firebase-messaging/pull/41
    """
    for task in client.tasks:
        task.cancel()
    await asyncio.gather(*client.tasks, return_exceptions=True)
