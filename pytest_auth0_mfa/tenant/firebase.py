"""Real notifications for a run: a receiver through FCM, as `[push]` of the profile describes it.

Owns where the registration of an earlier run is kept: a file that is a secret, one for each
process, because a registration serves one connection at a time.
"""

from __future__ import annotations

import json
import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pytest_auth0_mfa.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pytest_auth0_mfa.guardian import Receiver
    from pytest_auth0_mfa.tenant.access import Learn
    from pytest_auth0_mfa.tenant.profile import PushApp

WORKER: Final = "{worker}"
_OWNER_ONLY: Final = 0o600


def firebase_receiver(
    app: PushApp, variables: Mapping[str, str], share: tuple[int, int], learn: Learn
) -> Callable[[], Receiver]:
    """What makes the receiver when it is first needed.

    Raises `SettingsError` at once where something is missing: the API key, or a file of its own
    for each of several workers.
    """
    api_key = variables.get(app.api_key_variable)
    if not api_key:
        raise SettingsError(
            f"[push]: the variable {app.api_key_variable} that holds the API key is not set"
        )
    file = _file_of(app.registration_file, share)
    return partial(_receiver, app, learn(api_key, "api_key"), file, learn)


def _file_of(name: str, share: tuple[int, int]) -> Path:
    """The file of this process: `{worker}` in its name is the worker's number."""
    index, count = share
    if count > 1 and WORKER not in name:
        raise SettingsError(
            f"[push]: registration_file: one registration serves one process, and {count} workers "
            f'run; write one for each, such as "fcm-{WORKER}.json", or run without -n'
        )
    return Path(name.replace(WORKER, str(index)))


def _receiver(app: PushApp, api_key: str, file: Path, learn: Learn) -> Receiver:
    from pytest_auth0_mfa.guardian import FcmApp, FcmReceiver  # noqa: PLC0415 - slow to load

    fcm_app = FcmApp(app.project_id, app.app_id, api_key, app.sender_id)
    return FcmReceiver(fcm_app, _kept(file), keep=partial(_keep, file), learn=learn)


def _kept(file: Path) -> Mapping[str, object] | None:
    """The registration of an earlier run, None where there is none."""
    if not file.exists():
        return None
    try:
        found = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError):
        found = None
    if isinstance(found, dict):
        return found
    raise SettingsError(
        f"[push]: {file} is no registration that an earlier run kept; delete it, so that a new "
        "one is made"
    )


def _keep(file: Path, registration: Mapping[str, object]) -> None:
    """Store a registration for this user alone: it holds the keys of the notifications."""
    try:
        opened = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _OWNER_ONLY)
        with os.fdopen(opened, "w", encoding="utf-8") as kept:
            json.dump(registration, kept)
    except OSError as error:
        raise SettingsError(
            f"[push]: registration_file {file} cannot be written ({error.strerror}); name a file "
            "in a folder that exists"
        ) from None
