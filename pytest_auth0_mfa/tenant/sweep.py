"""`--auth0-sweep`: removes the users that earlier runs left on a tenant, found by their marks.

For what no journal tells of any more: those of a CI container are gone with it. Owns which users
go: marked ones alone, older than the given age, and not those of a run that is alive on this
machine.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Final

from pytest_auth0_mfa.errors import Auth0MfaError, SettingsError
from pytest_auth0_mfa.tenant.journal import living_runs
from pytest_auth0_mfa.tenant.leftovers import MOST_FAILURES, Removal, finish_journals
from pytest_auth0_mfa.tenant.marks import QUERY, mark_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytest_auth0_mfa.tenant.management.client import ManagementClient, Record

_AGE: Final = re.compile(r"(\d{1,6})([smhd])")
_UNITS: Final = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


def parse_age(text: str) -> timedelta:
    """Read an age such as `90m`, `2h` or `3d`; raises `SettingsError` for anything else."""
    match = _AGE.fullmatch(text.strip())
    if match is None:
        raise SettingsError(
            f"--auth0-older-than: {text!r} is no age; write a number and one of s, m, h, d, "
            "such as 90m, 2h or 3d"
        )
    return timedelta(**{_UNITS[match[2]]: int(match[1])})


def sweep(
    client: ManagementClient, folder: Path, age: timedelta, now: datetime | None = None
) -> Removal:
    """Finish the journals of dead runs, then remove every marked user older than `age`."""
    removal = finish_journals(client, folder)
    living = living_runs(folder)
    oldest_kept = (now or datetime.now(timezone.utc)) - age
    for user in list(_old(client, living, oldest_kept)):
        if len(removal.left) >= MOST_FAILURES:
            break
        name = str(user.get("email") or user["user_id"])
        try:
            client.delete_user(str(user["user_id"]))
        except Auth0MfaError as error:
            removal.left[name] = str(error)
        else:
            removal.users.append(name)
    return removal


def _old(client: ManagementClient, living: set[str], oldest_kept: datetime) -> Iterator[Record]:
    """The marked users that may go; the mark is read again, whatever the search finds."""
    for user in client.search_users(QUERY):
        mark = mark_of(user)
        if mark and mark.created_at <= oldest_kept and mark.run not in living:
            yield user
