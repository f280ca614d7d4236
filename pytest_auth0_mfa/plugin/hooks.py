"""The hooks of a run that uses this plugin, registered as one object when it does.

They only connect: what they call lives beside them. In a worker of pytest-xdist the same object
runs tests; in the main process it also gathers records, writes reports and sums up.
"""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

import pytest

from pytest_auth0_mfa.errors import SettingsError, TenantError
from pytest_auth0_mfa.judge.catalogue import load_catalogue
from pytest_auth0_mfa.judge.judgement import Judgement
from pytest_auth0_mfa.plugin import (
    cleaning,
    costs,
    planning,
    publishing,
    recording,
    repeating,
    scrubbing,
    selection,
    terminal,
    workers,
)
from pytest_auth0_mfa.plugin.breaking_off import BreakingOff
from pytest_auth0_mfa.plugin.covering import Covering
from pytest_auth0_mfa.plugin.outcomes import CASE, Case, is_error, judged, translated
from pytest_auth0_mfa.plugin.progress import Progress
from pytest_auth0_mfa.plugin.reserving import Reserving
from pytest_auth0_mfa.plugin.session import session_of
from pytest_auth0_mfa.tenant.budget import check_plan
from pytest_auth0_mfa.tenant.expected_failures import due
from pytest_auth0_mfa.tenant.preflight import look_at

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

    from pytest_auth0_mfa.plugin.drifting import Drifting
    from pytest_auth0_mfa.plugin.session import Session
    from pytest_auth0_mfa.tenant.budget import Plan


class Hooks:
    """Connects one pytest run with its session."""

    def __init__(self, config: pytest.Config) -> None:
        """Read the settings of the run; raises `SettingsError` where one is wrong."""
        self._config = config
        self._session = session_of(config)
        redactor = self._session.recorder.redactor
        config.pluginmanager.register(Covering(config, redactor), "auth0_mfa_covering")
        config.pluginmanager.register(BreakingOff(self._session), "auth0_mfa_breaking_off")
        config.pluginmanager.register(Reserving(self._session), "auth0_mfa_reserving")
        config.pluginmanager.register(publishing.Publishing(self._session), "auth0_mfa_publishing")
        if not workers.is_worker(config):
            listed = self._session.settings.profile.expected_failures
            self._session.told += due(listed, self._session.today)
        self._drifting = _drifting(self._session)
        self._session.recorder.on_wait = Progress(config)
        self._is_prepared = False
        self._saw_requirements = False
        if self._session.settings.explore:
            from pytest_auth0_mfa.plugin.exploring import Exploring  # noqa: PLC0415 - lazily

            config.pluginmanager.register(Exploring(self._session), "auth0_mfa_exploring")

    def pytest_report_header(self) -> list[str]:
        """Say what is tested and where each setting comes from."""
        return terminal.header(self._session.settings, self._session.run_id)

    def pytest_collect_file(
        self, file_path: Path, parent: pytest.Collector
    ) -> pytest.Collector | None:
        """Collect the suites whatever the project calls its own test files."""
        return selection.collect_suite(file_path, parent)

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Keep the tests of the chosen factors."""
        selection.keep_chosen(self._config, items, self._session.settings.factors)
        selection.skip_unoffered(items, self._session.settings.profile.factors)
        self._saw_requirements = any(
            selection.requirement_of(item) or selection.explores(item) for item in items
        )

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Let the controller know what the tests of this worker will spend."""
        if workers.handed_down(self._config):
            made = planning.plan(self._config, session.items, self._session.settings)
            name = workers.worker_of(self._config).name
            planning.write(made, self._session.scratch, name, judges=self._saw_requirements)

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: Any) -> None:  # noqa: ANN401 - a class of pytest-xdist
        """Hand the tenant down to a worker of pytest-xdist."""
        self._session.worker_count += 1
        node.workerinput[workers.KEY] = self._session.hand_down()

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> None:
        """Plan what will be spent and look at the tenant before the first test."""
        if workers.is_worker(self._config) or session.config.option.collectonly:
            return
        if session.testscollected:
            made = planning.plan(self._config, session.items, self._session.settings)
            self._prepare(made, judges=self._saw_requirements)

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, node: Any) -> None:  # noqa: ANN401 - as above
        """The same for distributed tests, which workers collect and the controller does not."""
        if not self._is_prepared:
            self._is_prepared = True
            made, judges = planning.read(self._session.scratch, node.gateway.id)
            self._prepare(made, judges=judges)

    def _prepare(self, made: Plan, *, judges: bool) -> None:
        """Refuse a run that the budget or the tenant does not allow; nothing was sent before."""
        session, settings = self._session, self._session.settings
        try:
            if settings.budget.limits or costs.is_real(settings):
                terminal.tell(self._config, str(made))
                check_plan(made, planning.limits(settings), settings.budget)
            if judges:
                claimed = [name for name in settings.factors if name in settings.profile.factors]
                look_at(session.tenant, claimed)
                self._tell_later(cleaning.finish_dead_runs(session))
        except (SettingsError, TenantError) as error:
            raise pytest.UsageError(f"auth0-mfa: {error}") from None

    def _tell_later(self, text: str | None) -> None:
        if text:
            self._session.told.append(text)

    def pytest_runtest_protocol(
        self, item: pytest.Item, nextitem: pytest.Item | None
    ) -> object | None:
        """Run a test of a requirement, again where the network ended it."""
        if selection.requirement_of(item) is None:
            return None
        repeating.run(item, nextitem, self._session)
        return True

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> Generator[None, object, object]:
        """Open the case of a test that judges a requirement."""
        self._session.recorder.start_test()
        repeating.carry_over(item, self._session)
        case = self._open_case(item)
        with translated(case, may_exit=not workers.is_worker(self._config)):
            return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Generator[None, object, object]:
        """Run the body of a test and settle its verdict."""
        case = item.stash.get(CASE, None)
        with (
            translated(case, may_exit=not workers.is_worker(self._config)),
            judged(case) if case else nullcontext(),
        ):
            return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_teardown(self) -> Generator[None, object, object]:
        """Give back what the test used, after its fixtures are gone."""
        try:
            return (yield)
        finally:
            self._session.release()

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Attach the record, and take secrets out of what pytest will show."""
        report = yield
        case = item.stash.get(CASE, None)
        if report.when == "call" or (report.when == "setup" and not report.passed):
            if report.failed and is_error(case, call.excinfo):
                # pytest counts a failure as an error when it happened before the call;
                # there is no other way to say that nothing was found out.
                report.when = "setup"
            if case:
                recording.attach(item, report, case, self._session.recorder)
        scrubbing.scrub_report(report, self._session.recorder.redactor)
        return report

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Gather the record of a test, whichever process ran it."""
        record = recording.record_of(report)
        if record and not workers.is_worker(self._config):
            self._session.record.add(record)

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Clean up and write the reports; a run that judged nothing does not end well."""
        self._tell_later(cleaning.clean_up(self._session))
        if workers.is_worker(self._config) or self._session.record.is_empty:
            return
        ended = self._drifting.finish() if self._drifting else None
        if ended and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = ended
        faults = publishing.write_reports(self._session)
        if faults:
            self._session.told += faults
            session.exitstatus = pytest.ExitCode.INTERNAL_ERROR
        if session.exitstatus == pytest.ExitCode.OK and not self._session.record.judged:
            session.exitstatus = pytest.ExitCode.NO_TESTS_COLLECTED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Sum up what was found out."""
        if not self._session.record.is_empty:
            settings = self._session.settings
            about = f"tenant {settings.target}, run {self._session.run_id}"
            terminal.write_summary(terminalreporter, self._session.record, load_catalogue(), about)
            publishing.annotate(terminalreporter, self._session)
        for text in [*self._session.told, *(self._drifting.lines if self._drifting else ())]:
            terminalreporter.write_line(f"auth0-mfa: {text}")

    def _open_case(self, item: pytest.Item) -> Case | None:
        requirement = selection.requirement_of(item)
        if requirement is None:
            return None
        factor = selection.factor_of(item)
        settings = self._session.settings
        expected = settings.profile.expected_failure(requirement.id, factor)
        case = item.stash[CASE] = Case(
            requirement,
            factor,
            Judgement(requirement, factor),
            settings.strict,
            expected,
            has_expired=expected is not None and expected.has_expired(self._session.today),
            offered=not item.stash.get(selection.UNOFFERED, False),
        )
        return case


def _drifting(session: Session) -> Drifting | None:
    """What compares with a baseline or saves one, where that is asked for."""
    if session.settings.baseline is None and session.settings.save_baseline is None:
        return None
    from pytest_auth0_mfa.plugin.drifting import Drifting  # noqa: PLC0415 - lazily

    return Drifting(session)
