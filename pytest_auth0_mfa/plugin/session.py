"""The run: owns the mock and the tenant, and gathers what tests report.

One object, kept in the stash of pytest's config and made when first needed: in a process that
runs tests it opens the tenant, in the main process it collects records and writes reports.
"""

from __future__ import annotations

import sys
from contextlib import ExitStack
from datetime import datetime, timezone
from functools import cached_property
from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryDirectory
from time import monotonic
from typing import TYPE_CHECKING, Final

import pytest

from pytest_auth0_mfa.api.recorder import Recorder
from pytest_auth0_mfa.judge.report import RunFacts, RunRecord
from pytest_auth0_mfa.plugin import planning, workers
from pytest_auth0_mfa.plugin.cleaning import clean_up
from pytest_auth0_mfa.plugin.given import learn_given
from pytest_auth0_mfa.plugin.settings import read_settings
from pytest_auth0_mfa.tenant.ledger import Ledger
from pytest_auth0_mfa.tenant.opening import Opening, open_for_reading, open_for_sweep, open_tenant

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from pytest_auth0_mfa.guardian.approver import Approver
    from pytest_auth0_mfa.plugin.settings import Settings
    from pytest_auth0_mfa.tenant.management.client import ManagementClient
    from pytest_auth0_mfa.tenant.tenant import Tenant

SESSION: Final = pytest.StashKey["Session"]()


class Session:
    """What this plugin does during one pytest run."""

    def __init__(self, config: pytest.Config) -> None:
        """Read the settings; raises `SettingsError` where one is wrong."""
        self.config = config
        self.settings: Settings = read_settings(config)
        self.recorder = Recorder()
        learn_given(self.settings, self.recorder.redactor.learn)
        self.record = RunRecord()
        self.told: list[str] = []
        self.worker_count = 0
        self.is_cleaned = False
        handed = workers.handed_down(config)
        self.run_id = handed["run_id"] if handed else token_hex(4)
        self._scratch = Path(handed["scratch"]) if handed else None
        self._url = handed["url"] if handed else self.settings.target.url
        self._ca_file = handed["ca_file"] if handed else self.settings.ca_file or ""
        self._started_at = datetime.now(timezone.utc)
        self._started = monotonic()
        self._cleanup = ExitStack()

    @property
    def today(self) -> date:
        """The day on which the run began, in UTC."""
        return self._started_at.date()

    @cached_property
    def tenant(self) -> Tenant:
        """The tenant under test, opened when first asked for."""
        tenant = open_tenant(self.opening(), self.recorder)
        self._cleanup.callback(tenant.client.transport.close)
        self._cleanup.callback(tenant.inboxes.close)
        self._cleanup.callback(tenant.approvers.close)
        self._cleanup.callback(tenant.users.close)
        return tenant

    @property
    def is_open(self) -> bool:
        """Whether this process has opened the tenant."""
        return "tenant" in self.__dict__

    def opening(self) -> Opening:
        """What the tenant is opened with; starts the embedded mock where that is the tenant."""
        worker = workers.worker_of(self.config)
        return Opening(
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
            run=self.run_id,
            worker=worker.name,
            journals=self._journals(),
            allow_production=self.settings.allow_production,
            shared=self.scratch if workers.handed_down(self.config) else None,
            governed=self.settings.target.kind != "mock",
        )

    @property
    def scratch(self) -> Path:
        """A folder that all processes of this run share, on this machine; gone when it is over."""
        if self._scratch is None:
            made = TemporaryDirectory(prefix="auth0-mfa-")
            self._cleanup.callback(made.cleanup)
            self._scratch = Path(made.name)
        return self._scratch

    @cached_property
    def ledger(self) -> Ledger:
        """What was spent of the budget, by all processes."""
        shared = self.scratch / "spent.json" if workers.handed_down(self.config) else None
        return Ledger(planning.limits(self.settings), shared)

    def _journals(self) -> Path | None:
        """Where journals lie that end with the run, as an embedded mock does; None for others."""
        is_embedded = self.settings.target.kind == "mock"
        return self.scratch if is_embedded and self.settings.profile.users_from else None

    def sweeper(self) -> tuple[ManagementClient, Path]:
        """What a sweep of the tenant needs."""
        return open_for_sweep(self.opening(), self.recorder)

    def reader(self) -> ManagementClient | None:
        """The Management API for a look at the configuration, None without credentials."""
        return open_for_reading(self.opening(), self.recorder)

    @property
    def lost(self) -> str | None:
        """Why the tenant counts as lost, None as long as it does not."""
        return self.tenant.client.transport.circuit.reason if self.is_open else None

    @property
    def renews_users(self) -> bool:
        """Whether a test that is run again can have a fresh user."""
        return self.is_open and self.tenant.users.renewable

    def reach(self) -> str:
        """The URL of the tenant; starts the embedded mock where that is the tenant."""
        if not self._url:
            from pytest_auth0_mfa.plugin.embedding import start_mock  # noqa: PLC0415 - lazily

            behaviour = (self.settings.deviations, self.settings.variations, self.settings.hostile)
            self._url, self._ca_file = start_mock(*behaviour, self._cleanup)
        return self._url

    def hand_down(self) -> dict[str, str]:
        """What each worker needs, so that all test the same tenant in the same run."""
        url = self.reach()
        return {
            "run_id": self.run_id,
            "url": url,
            "ca_file": self._ca_file,
            "scratch": str(self.scratch),
        }

    def release(self) -> None:
        """Give back what the test that has ended used."""
        if self.is_open:
            self.tenant.inboxes.release()
            self.tenant.approvers.release()

    def facts(self) -> RunFacts:
        """The run as a whole, for the report."""
        target = self.settings.target
        return RunFacts(
            id=self.run_id,
            started_at=self._started_at.isoformat(timespec="seconds"),
            duration_s=round(monotonic() - self._started, 3),
            tenant=str(target),
            mock=self.tenant.mock,
            workers=self.worker_count or 1,
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
        """Clean up where an interrupt kept the run from it; close connections, stop the mock."""
        try:
            told = clean_up(self)
            if told:
                sys.stderr.write(f"auth0-mfa: {told}\n")
        finally:
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
