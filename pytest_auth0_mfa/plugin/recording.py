"""What a test's report carries to the main process, and how it is attached."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from pytest_auth0_mfa.plugin.repeating import REPEATED

if TYPE_CHECKING:
    import pytest

    from pytest_auth0_mfa.api.recorder import Recorder
    from pytest_auth0_mfa.judge.report import CaseRecord
    from pytest_auth0_mfa.plugin.outcomes import Case

ATTRIBUTE: Final = "auth0_mfa"
"""The attribute of a report that holds the record; pytest carries it between processes."""

_PREFIX: Final = "auth0."


def attach(item: pytest.Item, report: pytest.TestReport, case: Case, recorder: Recorder) -> None:
    """Attach the record of a finished test to its report, and the gist as JUnit properties."""
    outcome = case.outcome
    if outcome is None:
        return
    record: CaseRecord = {
        "test": item.nodeid,
        "requirement": case.requirement.id,
        "factor": case.factor,
        "verdict": outcome.verdict.value,
        "reason": _scrubbed(case.reason, recorder),
        "expected": _scrubbed(outcome.expected, recorder),
        "actual": _scrubbed(outcome.actual, recorder),
        "exchange": outcome.exchange,
        "exchanges": [exchange.to_json() for exchange in recorder.exchanges],
        "observed": case.judgement.observed,
        "spend": recorder.spend.to_json(),
        "repeated": item.stash.get(REPEATED, 0),
    }
    setattr(report, ATTRIBUTE, record)
    kept = [entry for entry in item.user_properties if not entry[0].startswith(_PREFIX)]
    item.user_properties[:] = [*kept, *_properties(case, outcome.verdict.value)]
    report.user_properties = list(item.user_properties)


def record_of(report: pytest.TestReport) -> CaseRecord | None:
    """The record that a report carries, None where it carries none."""
    return cast("CaseRecord | None", getattr(report, ATTRIBUTE, None))


def _properties(case: Case, verdict: str) -> list[tuple[str, object]]:
    requirement = case.requirement
    return [
        (_PREFIX + "requirement", requirement.id),
        (_PREFIX + "level", requirement.level),
        (_PREFIX + "factor", case.factor),
        (_PREFIX + "verdict", verdict),
    ]


def _scrubbed(text: str | None, recorder: Recorder) -> str | None:
    return None if text is None else recorder.redactor.scrub(text)
