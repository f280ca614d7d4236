"""Why FCM does not work, in words that may be shown, and what to do about it.

Owns the names of the steps and their remedies. Sources of the remedies: the issues that
docs/push.md names, and https://firebase.google.com/docs/cloud-messaging/network-configuration
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_APP: Final = (
    "compare project_id, app_id and api_key with those of the app in the Firebase console, and "
    "see that the key is not restricted to other apps or APIs (docs/push.md)"
)
REMEDIES: Final = {
    "check-in": "let this machine reach https://android.clients.google.com",
    "registration": (
        "PHONE_REGISTRATION_ERROR mostly passes: try again in some minutes, and keep the "
        "registration once there is one (docs/push.md)"
    ),
    "installation": _APP,
    "subscription": _APP,
    "login": "delete the registration that was kept, so that a new one is made",
    "connection": "let this machine open TCP connections to mtalk.google.com, port 5228",
}
"""Step -> what to do when it fails."""

_LONG: Final = re.compile(r"[\w-]{30,}|\d{12,}")
"""Keys, tokens and numbers of devices; the words of an error are shorter."""

_LONGEST: Final = 300


class Stopped(Exception):  # noqa: N818 - a state of affairs; never seen outside the receiver
    """A step did not work; `cause` is not fit to be shown yet, and empty where nothing is known."""

    def __init__(self, step: str, cause: str = "") -> None:
        """Name the step, a key of `REMEDIES`."""
        super().__init__(step)
        self.step = step
        self.cause = cause


def masked(text: str, secrets: Iterable[str]) -> str:
    """The text in one line, cut, without these secrets, anything like one, or a traceback."""
    for secret in secrets:
        text = text.replace(secret, "<hidden>")
    line = " ".join(_LONG.sub("<hidden>", text.partition("Traceback")[0]).split())
    if not line:
        return "no reason was given"
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST].rstrip()}..."
