"""A registration with FCM as it is stored between runs: what makes it usable, and its secrets.

Owns the form, which is that of `firebase-messaging` 0.4 and names the app it was made for. Sends
nothing and needs no library of FCM.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode
from typing import TYPE_CHECKING, Any, Final

from cryptography.hazmat.primitives.serialization import load_der_private_key

from pytest_auth0_mfa.api.secret import Secret
from pytest_auth0_mfa.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pytest_auth0_mfa.guardian.fcm.receiver import FcmApp

Credentials = dict[str, Any]
"""JSON objects by name: `keys` and `gcm` of texts, `fcm` of objects, `config` of texts."""

_REQUIRED: Final = (
    ("gcm", "android_id"),
    ("gcm", "security_token"),
    ("gcm", "app_id"),
    ("keys", "private"),
    ("keys", "secret"),
    ("fcm", "registration", "token"),
    ("config", "project_id"),
    ("config", "app_id"),
)
_SECRET: Final = {
    "auth": "push_secret",
    "endpoint": "token",
    "private": "private_key",
    "refresh_token": "refresh_token",
    "secret": "push_secret",
    "security_token": "security_token",
    "token": "token",
}
"""Field -> the kind of secret in it."""


def read_credentials(
    found: Mapping[str, object], app: FcmApp, learn: Callable[[str, str], Secret]
) -> Credentials:
    """Read a registration, of an earlier run or a new one; its secrets are learned and wrapped.

    Raises `SettingsError`, which quotes no value, where it cannot be used with this app.
    """
    try:
        copy = json.loads(json.dumps(found))
    except (TypeError, ValueError):
        raise _unusable("something that is no JSON") from None
    for path in _REQUIRED:
        _check(copy, path)
    _check_app(copy["config"], app)
    _check_keys(copy["keys"])
    wrapped: Credentials = _wrapped(copy, "", learn)
    return wrapped


def plain(credentials: Credentials) -> Credentials:
    """The same registration to be stored: with its secrets, as nothing but JSON."""
    copy: Credentials = json.loads(json.dumps(credentials))
    return copy


def secrets_of(found: object) -> list[str]:
    """The secrets of a registration that was read, however deep they lie."""
    if isinstance(found, dict):
        return [secret for each in found.values() for secret in secrets_of(each)]
    return [found] if isinstance(found, Secret) else []


def _check(found: object, path: tuple[str, ...]) -> None:
    for name in path:
        found = found.get(name) if isinstance(found, dict) else None
    if not isinstance(found, str) or not found:
        raise _unusable(f"one without a text at {'.'.join(path)}")


def _check_app(config: Mapping[str, str], app: FcmApp) -> None:
    theirs, ours = (config["project_id"], config["app_id"]), (app.project_id, app.app_id)
    if theirs != ours:
        raise _unusable(f"one of the app {theirs[1]} in project {theirs[0]}")


def _check_keys(keys: Mapping[str, str]) -> None:
    try:
        load_der_private_key(_octets(keys["private"]), None)
        _octets(keys["secret"])
    except ValueError:
        raise _unusable("one whose keys are damaged") from None


def _octets(text: str) -> bytes:
    return urlsafe_b64decode(text.encode("ascii") + b"==")


def _wrapped(value: Any, name: str, learn: Callable[[str, str], Secret]) -> Any:  # noqa: ANN401 - JSON
    if isinstance(value, dict):
        return {key: _wrapped(each, key, learn) for key, each in value.items()}
    return learn(value, _SECRET[name]) if name in _SECRET and isinstance(value, str) else value


def _unusable(got: str) -> SettingsError:
    return SettingsError(
        f"push credentials: expected the registration of this app that an earlier run kept, got "
        f"{got}; delete what is stored, so that a new registration is made"
    )
