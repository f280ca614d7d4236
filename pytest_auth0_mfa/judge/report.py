"""The report of a run: one document from which everything else is rendered.

Its shape is `schemas/report.schema.json`. The records that it is made of come from the tests,
through the test reports of pytest, so that they survive distribution over workers.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypedDict

from pytest_auth0_mfa import schemas
from pytest_auth0_mfa._version import __version__
from pytest_auth0_mfa.judge.verdict import SEVERITY, Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_auth0_mfa.judge.catalogue import Catalogue, Requirement

SCHEMA_VERSION: Final = 1

BROKEN_OFF: Final = "not run, for the run was broken off: "
"""How the reason begins why a test was not run after the tenant was lost."""

_BROKEN: Final = {Verdict.VIOLATES, Verdict.DEVIATES, Verdict.KNOWN}


class CaseRecord(TypedDict):
    """What one test leaves behind; plain values only, for it crosses process borders.

    `listed` is the expected failure that covers it: `reason`, `owner` and `expires`.
    """

    test: str
    requirement: str
    factor: str
    verdict: str
    reason: str | None
    expected: str | None
    actual: str | None
    exchange: int | None
    exchanges: list[dict[str, object]]
    observed: dict[str, int]
    spend: dict[str, float]
    repeated: int
    listed: dict[str, str | None] | None


class ExplorationRecord(TypedDict):
    """What `--auth0-explore` leaves behind; plain values only, as above.

    `steps` calls were made of those `asked` for, what shortened a sequence included. `ended` says
    what ended it early, `requirements` and `sequence` what was found.
    """

    asked: int
    steps: int
    sequences: int
    seed: int
    agrees: bool
    ended: str | None
    requirements: list[str]
    sequence: list[str]
    spend: dict[str, float]


@dataclass(frozen=True, slots=True)
class RunFacts:
    """What the report says of the run as a whole; times in seconds and RFC 3339."""

    id: str
    started_at: str
    duration_s: float
    tenant: str
    mock: bool
    workers: int


@dataclass(slots=True)
class Entry:
    """The verdict on one requirement for one factor, from all of its tests."""

    requirement: str
    factor: str
    verdict: Verdict
    tests: list[str]
    reason: str | None
    expected: str | None
    actual: str | None
    exchange: int | None
    spend: dict[str, float] = field(default_factory=dict)
    repeated: int = 0
    listed: dict[str, str | None] | None = None

    @property
    def key(self) -> tuple[str, str]:
        """What the entry is about."""
        return self.requirement, self.factor


@dataclass(slots=True)
class RunRecord:
    """Gathers the records of all tests; exchanges are numbered through the whole run.

    `broken_off` is why the run was not brought to its end, None where it was; `baseline` what came
    of holding it against an earlier one.
    """

    entries: dict[tuple[str, str], Entry] = field(default_factory=dict)
    exchanges: list[dict[str, object]] = field(default_factory=list)
    observed: dict[str, int] = field(default_factory=dict)
    spend: dict[str, float] = field(default_factory=dict)
    broken_off: str | None = None
    exploration: ExplorationRecord | None = None
    baseline: dict[str, object] | None = None

    def add(self, record: CaseRecord) -> None:
        """Take in the record of one test; the most severe verdict of an entry stands."""
        offset = len(self.exchanges)
        for exchange in record["exchanges"]:
            number = offset + _number(exchange)
            self.exchanges.append({**exchange, "id": number, "test": record["test"]})
        _sum_into(self.observed, record["observed"])
        _sum_into(self.spend, record["spend"])
        reason = record["reason"] or ""
        if reason.startswith(BROKEN_OFF):
            self.broken_off = reason.removeprefix(BROKEN_OFF)
        self._enter(record, offset)

    def spent(self, spend: Mapping[str, float]) -> None:
        """Count what was spent outside of any test."""
        _sum_into(self.spend, spend)

    def _enter(self, record: CaseRecord, offset: int) -> None:
        exchange = record["exchange"]
        new = Entry(
            record["requirement"],
            record["factor"],
            Verdict(record["verdict"]),
            [record["test"]],
            record["reason"],
            record["expected"],
            record["actual"],
            exchange + offset if exchange else None,
            dict(record["spend"]),
            record["repeated"],
            record["listed"],
        )
        old = self.entries.setdefault(new.key, new)
        if old is new:
            return
        graver = min(old, new, key=lambda entry: SEVERITY.index(entry.verdict))
        graver.tests = [*old.tests, *new.tests]
        _sum_into(graver.spend, (new if graver is old else old).spend)
        graver.repeated = old.repeated + new.repeated
        self.entries[new.key] = graver

    def count(self, verdict: Verdict) -> int:
        """How many entries have this verdict."""
        return sum(entry.verdict is verdict for entry in self.entries.values())

    @property
    def judged(self) -> int:
        """How many entries, and explorations, were really held against the tenant."""
        agreed = self.exploration is not None and self.exploration["agrees"]
        return agreed + sum(entry.verdict.judged for entry in self.entries.values())

    @property
    def is_empty(self) -> bool:
        """Whether the run left nothing to report."""
        return not self.entries and self.exploration is None

    @property
    def cost(self) -> dict[str, float]:
        """What the run has spent, the exploration included."""
        total = dict(self.spend)
        if self.exploration is not None:
            _sum_into(total, self.exploration["spend"])
        return total


def report_document(record: RunRecord, run: RunFacts, catalogue: Catalogue) -> dict[str, object]:
    """The JSON report of a run."""
    return {
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": "pytest-auth0-mfa", "version": __version__},
        "run": {name: getattr(run, name) for name in run.__slots__},
        "summary": {verdict.value: record.count(verdict) for verdict in Verdict},
        "requirements": [_entry(entry, catalogue) for entry in in_order(record, catalogue)],
        "responses": [_response(one, record.observed) for one in schemas.response_ids()],
        "exchanges": record.exchanges,
        "spend": record.cost,
        **_explored(record),
        **({"baseline": record.baseline} if record.baseline else {}),
    }


def _explored(record: RunRecord) -> dict[str, object]:
    """What is said of an exploration, nothing where there was none."""
    if record.exploration is None:
        return {}
    return {"exploration": {k: v for k, v in record.exploration.items() if k != "spend"}}


def in_order(record: RunRecord, catalogue: Catalogue) -> list[Entry]:
    """The entries in the order of the catalogue, so that two reports can be laid side by side."""
    order = {requirement.id: place for place, requirement in enumerate(catalogue)}
    return sorted(
        record.entries.values(), key=lambda entry: (order[entry.requirement], entry.factor)
    )


def told_errata(entry: Entry, requirement: Requirement) -> list[str]:
    """What published pages have wrong, for whoever broke a requirement by following them."""
    return requirement.errata_for(entry.factor) if entry.verdict in _BROKEN else []


def _entry(entry: Entry, catalogue: Catalogue) -> dict[str, object]:
    requirement = catalogue[entry.requirement]
    errata = told_errata(entry, requirement)
    return {
        "id": requirement.id,
        "group": requirement.group,
        "title": requirement.title,
        "statement": requirement.statement,
        "level": requirement.level,
        "basis": requirement.basis,
        "factor": entry.factor,
        "verdict": entry.verdict.value,
        "reason": entry.reason,
        "tests": sorted(entry.tests),
        "source": requirement.source,
        "expected": entry.expected,
        "actual": entry.actual,
        "exchange": entry.exchange,
        "spend": {name: count for name, count in entry.spend.items() if count},
        **({"errata": errata} if errata else {}),
        **({"repeated": entry.repeated} if entry.repeated else {}),
        **({"expected_failure": entry.listed} if entry.listed else {}),
    }


def _response(response_id: str, observed: Mapping[str, int]) -> dict[str, object]:
    count = observed.get(response_id, 0)
    schema = schemas.describe(response_id).file
    return {"id": response_id, "schema": schema, "observed": count > 0, "count": count}


def _number(exchange: Mapping[str, object]) -> int:
    number = exchange["id"]
    assert isinstance(number, int)  # noqa: S101 - written by Exchange.to_json
    return number


def _sum_into(total: dict[str, float] | dict[str, int], part: Mapping[str, float]) -> None:
    for name, count in part.items():
        total[name] = total.get(name, 0) + count  # type: ignore[assignment]
