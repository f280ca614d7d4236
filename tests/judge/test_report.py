"""The record of a run: numbers, sums and the gravest verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import jsonschema
import pytest

from pytest_auth0_mfa import schemas
from pytest_auth0_mfa.judge.catalogue import load_catalogue
from pytest_auth0_mfa.judge.report import (
    BROKEN_OFF,
    RunFacts,
    RunRecord,
    in_order,
    report_document,
)
from pytest_auth0_mfa.judge.verdict import Verdict

if TYPE_CHECKING:
    from pytest_auth0_mfa.judge.report import CaseRecord

FIRST, SECOND = "MFA-LOGIN-MFA-REQUIRED", "MFA-LOGIN-REALM"
FACTS = RunFacts("r1", "2026-01-01T00:00:00+00:00", 1.5, "mock", mock=True, workers=1)
SPEND = (
    "requests",
    "users",
    "sms",
    "voice",
    "email",
    "push",
    "wrong_codes",
    "management",
    "waited_s",
)


def exchange(number: int) -> dict[str, object]:
    """An exchange as a test's recorder numbers it."""
    return {
        "id": number,
        "method": "GET",
        "path": "/",
        "status": 200,
        "request": {},
        "response": {},
        "elapsed_ms": 1.0,
    }


def case(requirement: str = FIRST, **changes: Any) -> CaseRecord:  # noqa: ANN401 - of many types
    """What a test with two exchanges leaves behind, the second of which shows its verdict."""
    record: CaseRecord = {
        "test": "t.py::test_one",
        "requirement": requirement,
        "factor": "any",
        "verdict": "conforms",
        "reason": None,
        "expected": "x",
        "actual": "x",
        "exchange": 2,
        "exchanges": [exchange(1), exchange(2)],
        "observed": {"error.mfa-required": 1},
        "spend": dict.fromkeys(SPEND, 1),
        "repeated": 0,
        "listed": None,
    }
    return cast("CaseRecord", {**record, **changes})


def recorded(*cases: CaseRecord) -> RunRecord:
    """The record of a run of these tests."""
    record = RunRecord()
    for each in cases:
        record.add(each)
    return record


class TestNumbers:
    """Exchanges are numbered per test and must be numbered through."""

    def test_of_two_tests(self) -> None:
        """The second test's exchanges go on where the first ended; references follow."""
        record = recorded(case(), case(SECOND, test="t.py::test_two"))
        assert [1, 2, 3, 4] == [each["id"] for each in record.exchanges]
        assert [2, 4] == [entry.exchange for entry in record.entries.values()]
        assert "t.py::test_two" == record.exchanges[3]["test"]

    def test_without_exchange(self) -> None:
        """A verdict that no exchange shows refers to none."""
        record = recorded(case(), case(SECOND, exchange=None, exchanges=[]))
        assert [2, None] == [entry.exchange for entry in record.entries.values()]

    def test_test_without_exchanges_shifts_nothing(self) -> None:
        """Empty tests leave no gap."""
        record = recorded(case(exchange=None, exchanges=[]), case(SECOND))
        assert [1, 2] == [each["id"] for each in record.exchanges]


class TestEntries:
    """One entry for a requirement and factor."""

    def test_gravest_of_two_tests(self) -> None:
        """Verdict, words and exchange are those of the gravest; both tests are named."""
        kept, broken = case(), case(verdict="violates", actual="y", test="t.py::test_two")
        for order in ((kept, broken), (broken, kept)):
            (entry,) = recorded(*order).entries.values()
            assert (Verdict.VIOLATES, "y") == (entry.verdict, entry.actual)
            assert {"t.py::test_one", "t.py::test_two"} == set(entry.tests)

    def test_factors_are_kept_apart(self) -> None:
        """Another factor is another entry."""
        record = recorded(case(), case(factor="otp"))
        assert [(FIRST, "any"), (FIRST, "otp")] == list(record.entries)

    def test_in_the_order_of_the_catalogue(self) -> None:
        """Whatever order the tests ran in."""
        record = recorded(case(SECOND), case(FIRST))
        ordered = in_order(record, load_catalogue())
        assert [FIRST, SECOND] == [entry.requirement for entry in ordered]


class TestSums:
    """What tests saw and spent is added up."""

    def test_spend_and_responses(self) -> None:
        """Counters of two tests add up."""
        record = recorded(case(), case(SECOND))
        assert {"error.mfa-required": 2} == record.observed
        assert dict.fromkeys(SPEND, 2) == record.spend

    def test_judged(self) -> None:
        """What was skipped or disturbed was not judged."""
        record = recorded(case(verdict="untested"), case(SECOND, verdict="inconclusive"))
        assert 0 == record.judged
        assert 1 == recorded(case(verdict="known")).judged


def test_document() -> None:
    """The document follows its schema and counts every verdict."""
    document = report_document(recorded(case(), case(SECOND)), FACTS, load_catalogue())
    jsonschema.validate(document, schemas.report_schema())
    summary = document["summary"]
    assert isinstance(summary, dict)
    assert {verdict.value for verdict in Verdict} == set(summary)
    assert 2 == summary["conforms"]


@pytest.mark.parametrize(
    ("verdict", "is_told"),
    [("violates", True), ("deviates", True), ("known", True), ("conforms", False)],
)
def test_errata_of_what_is_broken(verdict: str, is_told: bool) -> None:  # noqa: FBT001 - a case
    """Who broke a requirement is told what pages have wrong about it; nobody else is."""
    broken = case("MFA-LOGIN-MFA-REQUIRED", verdict=verdict)
    document = report_document(recorded(broken), FACTS, load_catalogue())
    jsonschema.validate(document, schemas.report_schema())
    entries = cast("list[dict[str, Any]]", document["requirements"])
    told = [text for entry in entries for text in entry.get("errata", [])]
    assert is_told == any("files mfa_required under 401" in text for text in told)


def test_repetitions_add_up() -> None:
    """An entry counts how often its tests were run again; one that was not says nothing."""
    record = recorded(case(repeated=2), case(test="t.py::test_two", repeated=1), case(SECOND))
    (entry,) = (each for each in record.entries.values() if each.requirement == FIRST)
    assert 3 == entry.repeated


def test_run_that_was_broken_off() -> None:
    """The reason is kept, although another test of the requirement has a graver verdict."""
    untested = case(verdict="untested", reason=f"{BROKEN_OFF}nothing answers", exchange=None)
    record = recorded(case(verdict="inconclusive", reason="503", exchange=None), untested)
    assert "nothing answers" == record.broken_off
    assert recorded(case()).broken_off is None
