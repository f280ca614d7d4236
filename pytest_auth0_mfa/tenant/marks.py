"""The mark by which a user that a run created is told from every other.

It stands in `app_metadata`, which users cannot change themselves, and names the run, so that two
runs on one tenant never take each other's users for their own.
Source: https://auth0.com/docs/manage-users/user-accounts/metadata
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

NAME: Final = "pytest_auth0_mfa"
QUERY: Final = f"_exists_:app_metadata.{NAME}.run"
"""Finds every marked user, in the language of the user search."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Which run created a user, and when."""

    run: str
    created_at: datetime

    def to_json(self) -> dict[str, object]:
        """The mark as it stands in `app_metadata`."""
        written = self.created_at.isoformat(timespec="seconds")
        return {NAME: {"run": self.run, "created_at": written}}


def new_mark(run: str) -> Mark:
    """The mark of a user that this run creates now."""
    return Mark(run, datetime.now(timezone.utc))


def mark_of(user: Mapping[str, object]) -> Mark | None:
    """The mark of a user as the Management API describes it, None for any other user.

    A mark that does not tell its time in a way that can be read is none: what cannot be told to
    be old is not removed.
    """
    metadata = user.get("app_metadata")
    written = metadata.get(NAME) if isinstance(metadata, dict) else None
    run = written.get("run") if isinstance(written, dict) else None
    created_at = _time(written.get("created_at")) if isinstance(written, dict) else None
    return Mark(run, created_at) if isinstance(run, str) and run and created_at else None


def _time(text: object) -> datetime | None:
    try:
        read = datetime.fromisoformat(str(text).replace("Z", "+00:00"))
    except ValueError:
        return None
    return read if read.tzinfo else None
