"""A plugin for pytest that has the suites treat a mock as if it were a real tenant.

Nothing is changed for a single user, no clock is moved over a long time, and tries are used up only
where the variable USE_UP_TRIES is set. Messages and prompts arrive as on a mock, so that whatever
can be tested on any real tenant is tested: what that costs is measured (`spend_file`).
"""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from pytest_auth0_mfa.errors import Untestable
from pytest_auth0_mfa.plugin import session
from pytest_auth0_mfa.tenant.clock import UserClock
from pytest_auth0_mfa.tenant.configuration import UserConfiguration
from pytest_auth0_mfa.tenant.opening import open_tenant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_auth0_mfa.api.recorder import Recorder
    from pytest_auth0_mfa.tenant.opening import Opening
    from pytest_auth0_mfa.tenant.tenant import Tenant
    from pytest_auth0_mfa.tenant.users import User, UserSource


class _SlowClock(UserClock):
    """A clock that can be moved over short times alone, as if they were waited for."""

    def travel(self, seconds: float, purpose: str) -> None:
        """Refuse, as on a real tenant."""
        raise Untestable(f"{purpose} needs {seconds} seconds to pass")


class _Limited(UserConfiguration):
    """Nothing can be changed, and logins are limited as on any real tenant."""

    def __init__(self, on_mock: UserConfiguration) -> None:
        super().__init__()
        self.limit_logins = on_mock.limit_logins  # type: ignore[method-assign]


class _Users:
    """The users of a mock, without what only a mock does for them."""

    def __init__(self, users: UserSource, recorder: Recorder) -> None:
        self._users = users
        self._recorder = recorder

    def __getattr__(self, name: str) -> object:
        return getattr(self._users, name)

    def new(self, verified_email: str | None = None) -> User:
        """A user whose time does not fly."""
        user = self._users.new(verified_email)
        clock = _SlowClock(self._recorder, user.clock.pass_seconds)
        return replace(user, clock=clock, configuration=_Limited(user.configuration))


def _opened_as_real(opening: Opening, recorder: Recorder) -> Tenant:
    tenant = open_tenant(opening, recorder)
    users = _Users(tenant.users, recorder)
    tries = bool(os.environ.get("USE_UP_TRIES"))
    return replace(tenant, mock=False, use_up_tries=tries, users=users)  # type: ignore[arg-type]


@pytest.hookimpl(wrapper=True)
def pytest_cmdline_main() -> Iterator[None]:
    """Open tenants in this way for as long as the run lasts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(session, "open_tenant", _opened_as_real)
        return (yield)
