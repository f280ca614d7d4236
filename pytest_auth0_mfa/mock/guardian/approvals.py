"""What the tenant awaits from devices: that a barcode is scanned, or a prompt answered.

Owns keeping and finding of what is awaited, and its outcome. Must not know how a device proves
itself, nor what follows from an outcome.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from pytest_auth0_mfa.mock.limits import Bucket

if TYPE_CHECKING:
    from pytest_auth0_mfa.mock.model import Authenticator, User


class Outcome(Enum):
    """What has become of an approval."""

    PENDING = "pending"
    ALLOWED = "allowed"
    """The barcode was scanned, or the prompt allowed."""
    REJECTED = "rejected"
    SPENT = "spent"
    """It was allowed, and has been exchanged for tokens."""


class Kind(Enum):
    """What is awaited; one kind is never found as the other."""

    SCAN = "scan"
    PROMPT = "prompt"


@dataclass(slots=True)
class Approval:
    """One thing that a device is expected to do until `expires_at` (epoch seconds, of its user).

    `key` is the enrollment ticket in the barcode, or the transaction token in the prompt;
    `challenge` what the answer to a prompt must name; `is_first_factor` says that the enrollment
    needed no more than a password.
    """

    key: str
    kind: Kind
    user: User
    authenticator: Authenticator
    expires_at: float
    challenge: str = ""
    is_first_factor: bool = False
    outcome: Outcome = Outcome.PENDING
    polls: Bucket = field(default_factory=Bucket)


class Approvals:
    """Everything that is awaited; what is over goes when its user is asked for more."""

    def __init__(self) -> None:
        """Begin with nothing awaited."""
        self._by_key: dict[str, Approval] = {}
        self._by_user: dict[str, list[Approval]] = {}

    def open(self, approval: Approval, now: float) -> None:
        """Await something; `now` is the time as its user lives it."""
        known = self._by_user.get(approval.user.user_id, [])
        for each in known:
            if each.expires_at <= now:
                self._by_key.pop(each.key, None)
        awaited = [each for each in known if each.expires_at > now]
        self._by_user[approval.user.user_id] = [*awaited, approval]
        self._by_key[approval.key] = approval

    def find(self, key: str, kind: Kind | None = None) -> Approval | None:
        """Return what is awaited under a key, of any kind unless one is named."""
        found = self._by_key.get(key)
        return found if found is not None and kind in {None, found.kind} else None

    def forget(self, user: User) -> None:
        """Await nothing of a user any more."""
        for each in self._by_user.pop(user.user_id, []):
            self._by_key.pop(each.key, None)

    def of(self, user: User) -> list[Approval]:
        """Return what is awaited, or was, from the devices of a user."""
        return list(self._by_user.get(user.user_id, ()))

    def clear(self) -> None:
        """Await nothing any more."""
        self._by_key.clear()
        self._by_user.clear()
