"""`--auth0-sweep` as a command of its own: sweeps the tenant, tells what it did, runs no test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pytest_auth0_mfa.errors import Disturbance, SettingsError, TenantError
from pytest_auth0_mfa.plugin.session import session_of
from pytest_auth0_mfa.tenant.sweep import sweep

if TYPE_CHECKING:
    from pytest_auth0_mfa.plugin.session import Session
    from pytest_auth0_mfa.tenant.leftovers import Removal


def run_sweep(config: pytest.Config) -> pytest.ExitCode:
    """Sweep; ends well only when everything that was to go is gone."""
    try:
        session = session_of(config)
        removal = _swept(session)
    except (SettingsError, TenantError) as error:
        raise pytest.UsageError(f"auth0-mfa: {error}") from None
    except Disturbance as error:
        _tell(f"the sweep could not be done: {error}")
        return pytest.ExitCode.TESTS_FAILED
    for email in removal.users:
        _tell(f"removed {email}")
    for email, reason in removal.left.items():
        _tell(f"left {email}: {reason}")
    _tell(f"{session.settings.target}: {removal}")
    return pytest.ExitCode.TESTS_FAILED if removal.left else pytest.ExitCode.OK


def _swept(session: Session) -> Removal:
    settings = session.settings
    client, folder = session.sweeper()
    _tell(
        f"sweeping {settings.target}: marked users older than "
        f"{settings.older_than} of runs that are over"
    )
    return sweep(client, folder, settings.older_than)


def _tell(text: str) -> None:
    print(f"auth0-mfa: {text}")  # noqa: T201 - what was asked for
