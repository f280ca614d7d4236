"""A receiver of real notifications: Firebase Cloud Messaging, through `firebase-messaging`.

Owns what a run sees of it: one receiver, a mailbox for each device, and what a failure is called.
Experimental: tested against a stand-in for Google only. Needs the extra `push`; the library is
loaded when the receiver is first used. Source: https://github.com/sdb9696/firebase-messaging
"""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, Any

from pytest_auth0_mfa.api.secret import Secret
from pytest_auth0_mfa.errors import SettingsError, Undelivered
from pytest_auth0_mfa.guardian.account import PushCredentials
from pytest_auth0_mfa.guardian.fcm.arrivals import Arrivals
from pytest_auth0_mfa.guardian.fcm.background import Background
from pytest_auth0_mfa.guardian.fcm.causes import REMEDIES, Stopped
from pytest_auth0_mfa.guardian.fcm.credentials import plain, read_credentials, secrets_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from types import ModuleType

    from pytest_auth0_mfa.guardian.fcm.credentials import Credentials
    from pytest_auth0_mfa.guardian.fcm.listener import Listener
    from pytest_auth0_mfa.guardian.notification import Notification


@dataclass(frozen=True, slots=True)
class FcmApp:
    """The Firebase app of the tenant's own, as the Firebase console shows it."""

    project_id: str
    app_id: str
    api_key: str = field(repr=False)
    sender_id: str


@dataclass(frozen=True, slots=True)
class Pace:
    """How long things may take, in seconds.

    A whole registration takes at most `register_s`, and from then to the first login `start_s`; a
    single attempt to connect and log in `login_s`. `pauses` lie between attempts that fail one
    after another; after the last, the receiver gives up. A connection that was silent for
    `heartbeat_s` is asked for a sign of life and has `answer_s`, which must be shorter, to give
    it; `look_s` is how often that is considered. Stopping takes at most `stop_s`.
    """

    register_s: float = 60.0
    start_s: float = 30.0
    login_s: float = 15.0
    pauses: tuple[float, ...] = (1.0, 2.0, 4.0, 8.0)
    heartbeat_s: float = 20.0
    answer_s: float = 5.0
    look_s: float = 1.0
    stop_s: float = 5.0


class FcmMailbox:
    """The notifications to one device, a `PushMailbox`."""

    def __init__(self, arrivals: Arrivals, device_id: str) -> None:
        """Take those of this device out of `arrivals`, which other mailboxes share."""
        self._arrivals = arrivals
        self._device_id = device_id

    def notifications(self, timeout_s: float = 0.0) -> Sequence[Notification]:
        """Those that have arrived since the last call, oldest first, each once.

        Waits up to `timeout_s` seconds for the first of them, and not at all when it is 0. Raises
        `Undelivered` where none is there and none could come: the connection is given up, or
        was interrupted when the time was over.
        """
        return self._arrivals.take(self._device_id, timeout_s)

    def summary(self) -> str:
        """What did arrive in this run, in one line, for an error message; holds no secret."""
        return self._arrivals.summary(self._device_id)


class FcmReceiver:
    """Receives the notifications to any number of devices; one is enough for a process.

    Nothing is sent and no thread runs before its first use. A failure to start is remembered:
    it is raised again, at once, by whoever asks next. Close it at the end.
    """

    def __init__(
        self,
        app: FcmApp,
        credentials: Mapping[str, object] | None = None,
        *,
        keep: Callable[[Mapping[str, object]], None] | None = None,
        learn: Callable[[str, str], Secret] = Secret,
        pace: Pace | None = None,
    ) -> None:
        """Use the registration of an earlier run, or make a new one.

        `credentials` is what `keep` was called with in that run: a mapping that JSON can carry.
        `keep` is called with each new one, which is a secret. `learn` marks secrets. Raises
        `SettingsError` where the credentials cannot be used.
        """
        self._app = FcmApp(app.project_id, app.app_id, learn(app.api_key, "api_key"), app.sender_id)
        self._learn = learn
        self._keep = keep
        self._pace = pace or Pace()
        self._stored = read_credentials(credentials, self._app, learn) if credentials else None
        self._arrivals = Arrivals(learn)
        self._background: Background | None = None
        self._credentials: Credentials | None = None
        self._failure: tuple[type[SettingsError | Undelivered], str] | None = None

    def push_credentials(self) -> PushCredentials:
        """What a device enrolls with: service `GCM` and the token of this registration.

        Registers and starts listening on first use. Raises `SettingsError` where the extra is
        missing or the stored registration is refused, `Undelivered` where FCM cannot be reached.
        """
        return PushCredentials("GCM", self._listening()["fcm"]["registration"]["token"])

    def mailbox(self, device_id: str) -> FcmMailbox:
        """The mailbox of a device, by the id of its account; starts listening, as above."""
        self._listening()
        return FcmMailbox(self._arrivals, device_id)

    def close(self) -> None:
        """Stop listening and end the thread; what has arrived can still be taken."""
        self._arrivals.close()
        self._stop()
        self._failure = (Undelivered, "the FCM receiver is closed; make a new one")

    def _listening(self) -> Credentials:
        if self._failure is not None:
            error, text = self._failure
            raise error(text)
        if self._credentials is None:
            self._credentials = self._start()
        return self._credentials

    def _start(self) -> Credentials:
        try:
            library = _library()
            self._background = Background([self._app.api_key, *secrets_of(self._stored)])
            credentials = self._checked_in(library, self._background)
            self._connect(library.Listener, credentials, self._background)
        except (SettingsError, Undelivered) as error:
            self._failure = (type(error), str(error))
            self._stop()
            raise
        except BaseException:
            self._stop()
            raise
        return credentials

    def _checked_in(self, library: ModuleType, background: Background) -> Credentials:
        """The stored registration or a new one, which is kept before anything else can fail."""
        if self._stored is not None:
            step = library.check_in(self._app, self._stored)
            self._run(background, "check-in", step)
            return self._stored
        found = self._run(background, "registration", library.register(self._app))
        credentials = read_credentials(found, self._app, self._learn)
        background.overheard.secrets += secrets_of(credentials)
        if self._keep is not None:
            self._keep(plain(credentials))
        return credentials

    def _run(self, background: Background, name: str, step: Any) -> Any:  # noqa: ANN401 - whatever it gives
        try:
            return background.call(name, step, self._pace.register_s)
        except Stopped as stopped:
            cause = background.overheard.reason() or background.overheard.masked(stopped.cause)
            text = f"FCM: {stopped.step} failed: {cause}; {REMEDIES[stopped.step]}"
        raise Undelivered(text)

    def _connect(
        self, listener: type[Listener], credentials: Credentials, background: Background
    ) -> None:
        overheard = background.overheard
        made = listener(self._app, credentials, self._pace, self._arrivals, overheard)
        background.spawn(made.run())
        if self._arrivals.wait_until_connected(self._pace.start_s):
            return
        cause = self._arrivals.cause or f"no login within {self._pace.start_s:g} s"
        step = "login" if made.refused else "connection"
        error = SettingsError if made.refused and self._stored is not None else Undelivered
        raise error(f"FCM: {step} failed: {cause}; {REMEDIES[step]}")

    def _stop(self) -> None:
        background, self._background = self._background, None
        if background is not None:
            background.close(self._pace.stop_s)


def _library() -> ModuleType:
    """The modules that import the library."""
    try:
        return import_module("pytest_auth0_mfa.guardian.fcm.listener")
    except ImportError as error:
        raise SettingsError(
            f"receiving push notifications needs the extra `push` ({error.name or error} is "
            "missing): pip install 'pytest-auth0-mfa[push]'"
        ) from None
