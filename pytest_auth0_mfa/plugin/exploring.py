"""The item that `--auth0-explore` adds to a run, and what its report carries to the main process.

Owns how an exploration becomes a test: agreement passes, a disagreement is judged as if a test of
the requirement had seen it. Hypothesis is needed by runs with this option only.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

import pytest

from pytest_auth0_mfa.api.spend import Spend
from pytest_auth0_mfa.errors import Untestable, Violation
from pytest_auth0_mfa.explore.door import Door, offers_of
from pytest_auth0_mfa.explore.exploration import Exploration
from pytest_auth0_mfa.explore.purse import Purse
from pytest_auth0_mfa.judge.catalogue import load_catalogue
from pytest_auth0_mfa.judge.judgement import Judgement, Outcome
from pytest_auth0_mfa.judge.verdict import Verdict
from pytest_auth0_mfa.plugin import costs, planning
from pytest_auth0_mfa.plugin.outcomes import CASE, Case, judged
from pytest_auth0_mfa.plugin.selection import EXPLORATION
from pytest_auth0_mfa.plugin.session import session_of

if TYPE_CHECKING:
    from collections.abc import Generator

    from pytest_auth0_mfa.api.recorder import Recorder
    from pytest_auth0_mfa.explore.sequence import Sequence
    from pytest_auth0_mfa.judge.catalogue import Requirement
    from pytest_auth0_mfa.judge.report import ExplorationRecord
    from pytest_auth0_mfa.plugin.session import Session

ATTRIBUTE: Final = "auth0_mfa_exploration"
"""The attribute of a report that holds the record; pytest carries it between processes."""


class Exploring:
    """Adds the exploration to a run and gathers what came of it."""

    def __init__(self, session: Session) -> None:
        """Explore the tenant of this session."""
        self._session = session

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(
        self, session: pytest.Session, items: list[pytest.Item]
    ) -> None:
        """Add the item; `-k` and `--deselect` apply to it as to any other."""
        items.append(ExplorationItem.from_parent(session, name=EXPLORATION, nodeid=EXPLORATION))

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Attach the record of the exploration to its report."""
        report = yield
        if isinstance(item, ExplorationItem) and item.record and report.when != "teardown":
            setattr(report, ATTRIBUTE, item.record)
        return report

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep the record, whichever process made it."""
        record = cast("ExplorationRecord | None", getattr(report, ATTRIBUTE, None))
        if record:
            self._session.record.exploration = record


class ExplorationItem(pytest.Item):
    """One exploration of the tenant under test."""

    record: ExplorationRecord | None = None

    def reportinfo(self) -> tuple[Path, None, str]:
        """Where it stands for a reader: in no file."""
        return Path(self.config.rootpath), None, EXPLORATION

    def runtest(self) -> None:
        """Explore; a disagreement fails as the requirement that it breaks."""
        session = session_of(self.config)
        exploration = self._explored(session)
        if exploration.found is not None:
            self._report(session, exploration.found)
        if exploration.disturbance is not None:
            self._tell(exploration)

    def _explored(self, session: Session) -> Exploration:
        settings, tenant = session.settings, session.tenant
        asked = settings.explore
        assert asked is not None  # noqa: S101 - otherwise there is no item
        purse = Purse(session.ledger, costs.cost_of_user(settings))
        factors = tuple(each for each in settings.factors if not purse.forbids([each]))
        door = Door(tenant, offers_of(tenant, factors), asked.steps, purse=purse)
        shrink_steps = planning.SHORTENING_CALLS if tenant.mock else 0
        exploration = Exploration(door, asked.seed_for(session.run_id), shrink_steps=shrink_steps)
        try:
            exploration.run()
        finally:
            self.record = _record(exploration, asked.steps, session.recorder)
            session.recorder.spend = Spend()  # It is in the record.
        return exploration

    def _tell(self, exploration: Exploration) -> None:
        """Say what ended the exploration early; users that are used up do not, if any were had."""
        error = exploration.disturbance
        if not isinstance(error, Untestable) or exploration.door.steps == 0:
            raise error  # type: ignore[misc] # only asked where there is one

    def _report(self, session: Session, found: Sequence) -> None:
        finding = found.finding
        case = _case(session, load_catalogue()[finding.requirement], finding.factor)
        self.stash[CASE] = case
        session.recorder.exchanges = found.exchanges
        number = len(found.exchanges) or None
        with judged(case):
            raise Violation(Outcome(Verdict.VIOLATES, finding.expected, finding.actual, number))


def _case(session: Session, requirement: Requirement, factor: str) -> Case:
    settings = session.settings
    known = factor if factor in requirement.factors else requirement.factors[0]
    expected = settings.profile.expected_failure(requirement.id, known)
    judgement = Judgement(requirement, known)
    has_expired = expected is not None and expected.has_expired(session.today)
    return Case(requirement, known, judgement, settings.strict, expected, has_expired=has_expired)


def _record(exploration: Exploration, asked: int, recorder: Recorder) -> ExplorationRecord:
    found, ended = exploration.found, exploration.disturbance
    return {
        "asked": asked,
        "steps": exploration.door.steps,
        "sequences": exploration.sequences,
        "seed": exploration.seed,
        "agrees": found is None,
        "ended": str(ended) if ended and found is None else None,
        "requirements": list(found.finding.requirements) if found else [],
        "sequence": [recorder.redactor.scrub(line) for line in found.lines()] if found else [],
        "spend": exploration.door.spend,
    }
