"""What a test's report carries to the main process, and how it is attached."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from pytest_auth0_mfa.judge.verdict import Verdict
from pytest_auth0_mfa.plugin.repeating import REPEATED
from pytest_auth0_mfa.plugin.scrubbing import OURS

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

    from pytest_auth0_mfa.api.recorder import Recorder
    from pytest_auth0_mfa.judge.report import CaseRecord
    from pytest_auth0_mfa.plugin.outcomes import Case

ATTRIBUTE: Final = "auth0_mfa"
"""The attribute of a report that holds the record; pytest carries it between processes."""


def attach(item: pytest.Item, report: pytest.TestReport, case: Case, recorder: Recorder) -> None:
    """Attach the record of a finished test to its report, and the gist as JUnit properties."""
    outcome = case.outcome
    if outcome is None:
        return
    # Nothing of what conforms was shortened by anybody, and looking for pieces takes an index.
    redactor, conforms = recorder.redactor, outcome.verdict is Verdict.CONFORMS
    scrub = redactor.scrub_whole if conforms else redactor.scrub
    record: CaseRecord = {
        "test": item.nodeid,
        "requirement": case.requirement.id,
        "factor": case.factor,
        "verdict": outcome.verdict.value,
        "reason": _scrubbed(case.reason, scrub),
        "expected": _scrubbed(outcome.expected, scrub),
        "actual": _scrubbed(outcome.actual, scrub),
        "exchange": outcome.exchange,
        "exchanges": [exchange.to_json() for exchange in recorder.exchanges],
        "observed": case.judgement.observed,
        "spend": recorder.spend.to_json(),
        "repeated": item.stash.get(REPEATED, 0),
        "listed": _listed(case, scrub),
    }
    setattr(report, ATTRIBUTE, record)
    kept = [entry for entry in item.user_properties if not entry[0].startswith(OURS)]
    item.user_properties[:] = [*kept, *_properties(case, outcome.verdict.value)]
    report.user_properties = list(item.user_properties)


def record_of(report: pytest.TestReport) -> CaseRecord | None:
    """The record that a report carries, None where it carries none."""
    return cast("CaseRecord | None", getattr(report, ATTRIBUTE, None))


def _properties(case: Case, verdict: str) -> list[tuple[str, object]]:
    requirement = case.requirement
    return [
        (OURS + "requirement", requirement.id),
        (OURS + "level", requirement.level),
        (OURS + "factor", case.factor),
        (OURS + "verdict", verdict),
    ]


def _listed(case: Case, scrub: Callable[[str], str]) -> dict[str, str | None] | None:
    """The expected failure that covers a test."""
    entry = case.expected_failure
    if entry is None:
        return None
    return {
        "reason": scrub(entry.reason),
        "owner": _scrubbed(entry.owner, scrub),
        "expires": entry.expires.isoformat() if entry.expires else None,
    }


def _scrubbed(text: str | None, scrub: Callable[[str], str]) -> str | None:
    return None if text is None else scrub(text)
