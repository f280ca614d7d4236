"""The run: owns the mock and the tenant, and gathers what tests report.

One object, kept in the stash of pytest's config and made when first needed: in a process that
runs tests it opens the tenant, in the main process it collects records and writes reports.
"""

from __future__ import annotations

from contextlib import ExitStack
from datetime import datetime, timezone
from functools import cached_property
from secrets import token_hex
from time import monotonic
from typing import TYPE_CHECKING, Final

import pytest

from pytest_auth0_mfa.api.recorder import Recorder
from pytest_auth0_mfa.judge.report import RunFacts, RunRecord
from pytest_auth0_mfa.plugin import workers
from pytest_auth0_mfa.plugin.settings import read_settings
from pytest_auth0_mfa.tenant.opening import Opening, open_tenant

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_auth0_mfa.guardian.approver import Approver
    from pytest_auth0_mfa.plugin.settings import Settings
    from pytest_auth0_mfa.tenant.tenant import Tenant

SESSION: Final = pytest.StashKey["Session"]()


class Session:
    """What this plugin does during one pytest run."""

    def __init__(self, config: pytest.Config) -> None:
        """Read the settings; raises `SettingsError` where one is wrong."""
        self.config = config
        self.settings: Settings = read_settings(config)
        self.recorder = Recorder()
        self.record = RunRecord()
        handed = workers.handed_down(config)
        self.run_id = handed["run_id"] if handed else token_hex(4)
        self._url = handed["url"] if handed else self.settings.target.url
        self._ca_file = handed["ca_file"] if handed else self.settings.ca_file or ""
        self._started_at = datetime.now(timezone.utc)
        self._started = monotonic()
        self._cleanup = ExitStack()

    @cached_property
    def tenant(self) -> Tenant:
        """The tenant under test, opened when first asked for."""
        worker = workers.worker_of(self.config)
        opening = Opening(
            url=self.reach(),
            variables=self.settings.variables,
            may_be_mock=self.settings.target.kind != "domain",
            profile=self.settings.profile,
            ca_file=self._ca_file or None,
            user_prefix=f"mfa-{self.run_id}-{worker.name}",
            share=(worker.index, worker.count),
            ask_for_mailbox=self._ask_for_mailbox,
            ask_for_approver=self._ask_for_approver,
            person=self._person() if self.settings.interactive else None,
        )
        tenant = open_tenant(opening, self.recorder)
        self._cleanup.callback(tenant.client.transport.close)
        self._cleanup.callback(tenant.inboxes.close)
        self._cleanup.callback(tenant.approvers.close)
        return tenant

    @property
    def lost(self) -> str | None:
        """Why the tenant counts as lost, None as long as it does not."""
        opened = "tenant" in self.__dict__
        return self.tenant.client.transport.circuit.reason if opened else None

    @property
    def renews_users(self) -> bool:
        """Whether a test that is run again can have a fresh user."""
        return "tenant" in self.__dict__ and self.tenant.users.renewable

    def reach(self) -> str:
        """The URL of the tenant; starts the embedded mock where that is the tenant."""
        if not self._url:
            from pytest_auth0_mfa.plugin.embedding import start_mock  # noqa: PLC0415 - lazily

            self._url, self._ca_file = start_mock(
                self.settings.deviations, self.settings.hostile, self._cleanup
            )
        return self._url

    def hand_down(self) -> dict[str, str]:
        """What each worker needs, so that all test the same tenant in the same run."""
        url = self.reach()
        return {"run_id": self.run_id, "url": url, "ca_file": self._ca_file}

    def release(self) -> None:
        """Give back what the test that has ended used."""
        if "tenant" in self.__dict__:
            self.tenant.inboxes.release()
            self.tenant.approvers.release()

    def facts(self, worker_count: int) -> RunFacts:
        """The run as a whole, for the report."""
        target = self.settings.target
        return RunFacts(
            id=self.run_id,
            started_at=self._started_at.isoformat(timespec="seconds"),
            duration_s=round(monotonic() - self._started, 3),
            tenant=str(target),
            mock=self.tenant.mock,
            workers=worker_count,
        )

    def _ask_for_mailbox(self, channel: str, name: str) -> object:
        hook = self.config.hook.pytest_auth0_inbox
        return hook(config=self.config, channel=channel, name=name)

    def _person(self) -> Callable[[], Approver]:
        from pytest_auth0_mfa.guardian.person import once  # noqa: PLC0415 - lazily
        from pytest_auth0_mfa.plugin.console import TerminalConsole  # noqa: PLC0415 - lazily

        return once(lambda: TerminalConsole(self.config))

    def _ask_for_approver(self, name: str) -> object:
        return self.config.hook.pytest_auth0_push_approver(config=self.config, name=name)

    def close(self) -> None:
        """Close connections and stop the mock."""
        self._cleanup.close()


def session_of(config: pytest.Config) -> Session:
    """The session of this run, made if there is none yet.

    Raises `SettingsError` where a setting is wrong.
    """
    session = config.stash.get(SESSION, None)
    if session is None:
        session = config.stash[SESSION] = Session(config)
        config.add_cleanup(session.close)
    return session
