"""Removes what runs created and did not remove: their own, at the end, and that of dead ones.

Owns the order, the latest first, and that one failure does not keep the rest from being removed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from pytest_auth0_mfa.errors import Auth0MfaError
from pytest_auth0_mfa.tenant.journal import abandoned
from pytest_auth0_mfa.tenant.marks import mark_of

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_auth0_mfa.tenant.journal import Abandoned, Entry
    from pytest_auth0_mfa.tenant.management.client import ManagementClient


MOST_FAILURES: Final = 5
"""After so many nothing more is tried: a tenant that cannot be reached would be waited for long."""


@dataclass(slots=True)
class Removal:
    """What was removed, and what was not, with the reason: names of users, in order.

    `left` goes with the next run or sweep, `kept` are given users who keep what was enrolled.
    """

    users: list[str] = field(default_factory=list)
    authenticators: int = 0
    left: dict[str, str] = field(default_factory=dict)
    kept: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        """`removed 3 users`, and why some were left."""
        words = [f"removed {_counted(len(self.users), 'user')}"] if self.users else []
        if self.authenticators:
            words.append(f"removed {_counted(self.authenticators, 'authenticator')} of given users")
        if self.left:
            reason = next(iter(self.left.values()))
            words.append(
                f"left {_counted(len(self.left), 'user')} to the next run or --auth0-sweep "
                f"({reason})"
            )
        if self.kept:
            reason = next(iter(self.kept.values()))
            words.append(
                f"what was enrolled on {_counted(len(self.kept), 'given user')} stays ({reason})"
            )
        return "; ".join(words) or "nothing to remove"

    @property
    def happened(self) -> bool:
        """Whether there was anything to remove."""
        return bool(self.users or self.authenticators or self.left or self.kept)


def finish_journals(client: ManagementClient, folder: Path) -> Removal:
    """Remove what is in the journals that no living process holds; never raises for a failure.

    An interrupt ends it, and what is left stays in the journals.
    """
    removal = Removal()
    with abandoned(folder) as journals:
        for journal in reversed(journals):
            for entry in journal.entries:
                if len(removal.left) < MOST_FAILURES:
                    _finish(client, journal, entry, removal)
                else:
                    removal.left[entry.email] = "not tried after so many failures"
    return removal


def _finish(client: ManagementClient, journal: Abandoned, entry: Entry, removal: Removal) -> None:
    try:
        if entry.state == "using":
            removal.authenticators += _restored(client, entry)
        else:
            removal.users += _removed(client, entry, journal.run)
    except Auth0MfaError as error:
        removal.left[entry.email] = str(error)
    else:
        journal.removed(entry)


def _removed(client: ManagementClient, entry: Entry, run: str) -> list[str]:
    """Delete the user of an entry; one without id is looked for by address and mark."""
    ids = [entry.user_id] if entry.user_id else _marked(client, entry.email, run)
    for user_id in ids:
        client.delete_user(user_id)
    return [entry.email] * len(ids)


def _marked(client: ManagementClient, email: str, run: str) -> list[str]:
    found = client.users_by_email(email)
    marks = ((str(user.get("user_id")), mark_of(user)) for user in found)
    return [user_id for user_id, mark in marks if mark is not None and mark.run == run]


def _restored(client: ManagementClient, entry: Entry) -> int:
    """Remove the authentication methods that a given user did not have before the run."""
    assert entry.user_id is not None  # noqa: S101 - for the type checker; written with it
    methods = (str(each.get("id")) for each in client.authentication_methods(entry.user_id))
    added = [method for method in methods if method not in entry.had]
    for method in added:
        client.delete_authentication_method(entry.user_id, method)
    return len(added)


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
