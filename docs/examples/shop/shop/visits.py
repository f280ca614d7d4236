"""What this back end remembers of a visitor. The browser holds an id that nobody can guess.

Kept in memory here; a real shop keeps it in Redis or a database, and forgets it after a while.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from hmac import compare_digest
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import MutableMapping


@dataclass
class Visit:
    """One visitor: how far the login has come, and what is needed to go on.

    `tokens` are there once it is complete, those for managing authenticators under `managing`.
    """

    csrf: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    email: str = ""
    mfa_token: str = ""
    oob_code: str | None = None
    is_push: bool = False
    is_managing: bool = False
    tokens: dict[str, Any] = field(default_factory=dict)
    managing: dict[str, Any] = field(default_factory=dict)

    def begin(self, email: str, mfa_token: str, *, is_managing: bool = False) -> None:
        """Take note of a login that waits for its second factor."""
        self.email, self.mfa_token, self.is_managing = email, mfa_token, is_managing
        self.oob_code, self.is_push = None, False

    def complete(self, tokens: dict[str, Any]) -> None:
        """Take note of the tokens; the mfa_token is good for nothing any more."""
        if self.is_managing:
            self.managing = tokens
        else:
            self.tokens = tokens
        self.mfa_token, self.oob_code, self.is_push = "", None, False


class Visits:
    """All visitors, by the id in their cookies."""

    def __init__(self) -> None:
        """Know nobody yet."""
        self._visits: dict[str, Visit] = {}

    def of(self, cookie: MutableMapping[str, Any]) -> Visit:
        """The visit that a cookie belongs to, a new one where there is none."""
        if cookie.get("visit") not in self._visits:
            cookie["visit"] = secrets.token_urlsafe(32)
            self._visits[cookie["visit"]] = Visit()
        return self._visits[cookie["visit"]]


def is_ours(visit: Visit, sent: str) -> bool:
    """Whether a form was made by this back end for this visitor."""
    return compare_digest(visit.csrf, sent)
