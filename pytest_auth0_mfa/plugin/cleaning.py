"""What a run does about users before its first test and after its last.

Owns when that is: in the main process, once no other of the run is at work. What is removed, and
in which order, is `leftovers`' business.
"""

from __future__ import annotations

import sys
from time import monotonic, sleep
from typing import TYPE_CHECKING, Final

from pytest_auth0_mfa.errors import Auth0MfaError, Disturbance, TenantError
from pytest_auth0_mfa.plugin import workers
from pytest_auth0_mfa.plugin.console import uncaptured
from pytest_auth0_mfa.plugin.interrupts import held_back
from pytest_auth0_mfa.tenant.journal import living_runs
from pytest_auth0_mfa.tenant.sources import journals_of

if TYPE_CHECKING:
    import pytest

    from pytest_auth0_mfa.plugin.session import Session

_WORKERS_END_S: Final = 10
_A_MOMENT_S: Final = 0.05
_LEFT: Final = "what is left goes with the next run on this tenant, or with --auth0-sweep"


def finish_dead_runs(session: Session) -> str | None:
    """See that users can be had, and remove what dead runs left; tells what that was.

    Raises `TenantError` where they cannot.
    """
    try:
        removal = session.tenant.users.prepare()
    except Disturbance as error:
        raise TenantError(f"{error}. No user can be created like this") from None
    return f"of runs that died: {removal}" if removal and removal.happened else None


def clean_up(session: Session) -> str | None:
    """Remove what this run created, once; tells what that was, None where there was nothing.

    In a worker with a controller, only let go of it: that process may be ended before everything
    is removed.
    """
    was_cleaned, session.is_cleaned = session.is_cleaned, True
    if session.is_open:
        session.tenant.users.close()
    if was_cleaned or workers.handed_down(session.config) is not None:
        return None
    if not (session.is_open or _left_by_workers(session)):
        return None
    try:
        with held_back(lambda: _tell_that_it_lasts(session.config)):
            return _removed(session)
    except KeyboardInterrupt:
        return f"interrupted while users were removed: {_LEFT}"
    except Auth0MfaError as error:
        return f"{error}; {_LEFT}"


def _removed(session: Session) -> str | None:
    _wait_for_workers(session)
    session.recorder.start_test()
    removal = session.tenant.users.clean_up()
    session.record.spent(session.recorder.spend.to_json())
    return str(removal) if removal and removal.happened else None


def _left_by_workers(session: Session) -> bool:
    """Whether workers have written journals; the controller need not have opened the tenant."""
    if not session.worker_count:
        return False
    return any(journals_of(session.opening()).glob(f"{session.run_id}-*"))


def _wait_for_workers(session: Session) -> None:
    """Give workers that an interrupt has cut short the time to let go of their journals."""
    deadline = monotonic() + _WORKERS_END_S
    while session.worker_count and monotonic() < deadline:
        if session.run_id not in living_runs(journals_of(session.opening())):
            return
        sleep(_A_MOMENT_S)


def _tell_that_it_lasts(config: pytest.Config) -> None:
    with uncaptured(config):
        sys.stderr.write(
            "\nauth0-mfa: removing the users of this run; press Ctrl-C again to leave them to the "
            "next run or --auth0-sweep\n"
        )
