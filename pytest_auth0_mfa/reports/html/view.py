"""What the page shows without any script: the verdict, the map, what failed, and every verdict."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from pytest_auth0_mfa.judge.verdict import SEVERITY, Verdict
from pytest_auth0_mfa.reports.entries import (
    FACTORS,
    cited,
    curl_of,
    exchange_of,
    matrix,
    of_verdict,
)
from pytest_auth0_mfa.reports.headline import State, counted, judged, state_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Document = Mapping[str, Any]
    Entry = Mapping[str, Any]

SIGNS: Final[Mapping[Verdict, str]] = {
    Verdict.CONFORMS: "✓",
    Verdict.VIOLATES: "✗",
    Verdict.DEVIATES: "!",
    Verdict.KNOWN: "~",
    Verdict.STALE: "?",
    Verdict.INAPPLICABLE: "-",
    Verdict.UNTESTED: "○",
    Verdict.INCONCLUSIVE: "…",
}
"""The signs of the terminal, so that nothing is told by colour alone."""

MEANINGS: Final[Mapping[Verdict, str]] = {
    Verdict.VIOLATES: "A MUST is broken.",
    Verdict.STALE: "It is listed as an expected failure, and no longer fails.",
    Verdict.INCONCLUSIVE: "Throttling, the network, delivery, or a step before got in the way: "
    "nothing was found out.",
    Verdict.KNOWN: "It fails, and is listed as an expected failure.",
    Verdict.DEVIATES: "A SHOULD is broken, or the answer is as real tenants give it and not as "
    "documented.",
    Verdict.UNTESTED: "It cannot be exercised here; the reason says what is missing.",
    Verdict.INAPPLICABLE: "The tenant does not claim to offer the factor, or lacks the feature.",
    Verdict.CONFORMS: "The requirement was held against the tenant and is kept.",
}

_TOLD: Final = (
    *(Verdict.VIOLATES, Verdict.STALE, Verdict.INCONCLUSIVE, Verdict.KNOWN, Verdict.DEVIATES),
)
_WORDS: Final = {
    "management": "calls of the Management API",
    "waited_s": "seconds waited",
    "waited_limits_s": "of them for rate limits",
    "waited_retries_s": "of them for faults",
    "waited_steps_s": "of them for one-time passwords",
    "waited_decisions_s": "of them for devices",
    "waited_messages_s": "of them for messages",
}
_MOODS: Final = {
    State.BROKEN: "bad",
    State.STALE: "bad",
    State.UNCLEAR: "unclear",
    State.UNJUDGED: "unclear",
    State.KNOWN: "mixed",
    State.DEVIATING: "mixed",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One group for one factor: its gravest verdict, how many have it, and how many there are."""

    group: str
    factor: str
    verdict: Verdict
    count: int
    total: int

    @property
    def sign(self) -> str:
        """The sign of the gravest verdict."""
        return SIGNS[self.verdict]

    @property
    def shown(self) -> str:
        """`✓ 14`, `✗ 1/16`."""
        part = str(self.total) if self.count == self.total else f"{self.count}/{self.total}"
        return f"{self.sign} {part}"

    @property
    def label(self) -> str:
        """The same in words."""
        return f"{self.group}, {self.factor}: {self.count} of {self.total} {self.verdict.value}"


@dataclass(frozen=True, slots=True)
class Failure:
    """What was not as it should be, with what shows it."""

    entry: Entry
    sources: Sequence[tuple[str, str]]
    curl: str | None
    has_exchanges: bool

    @property
    def key(self) -> str:
        """What a link to it names."""
        return key_of(self.entry)


@dataclass(frozen=True, slots=True)
class View:
    """All that the templates ask for."""

    state: str
    mood: str
    counted: str
    judged: int
    factors: Sequence[str]
    rows: Mapping[str, Mapping[str, Cell]]
    failures: Sequence[Failure]
    reasons: Sequence[tuple[str, str, int]]
    counts: Sequence[tuple[str, str, int, str]]
    spend: Sequence[tuple[str, str]]
    entries: Sequence[tuple[str, Entry]]


def key_of(entry: Entry) -> str:
    """`MFA-LIST-ARRAY.sms`."""
    return f"{entry['id']}.{entry['factor']}"


def view_of(document: Document) -> View:
    """The report, put in order for the page."""
    state = state_of(document)
    present = {entry["factor"] for entry in document["requirements"]}
    return View(
        state=state.value,
        mood=_MOODS.get(state, "good"),
        counted=counted(document),
        judged=judged(document),
        factors=[each for each in FACTORS if each in present],
        rows=_rows(document),
        failures=_failures(document),
        reasons=_reasons(document),
        counts=[
            (each.value, SIGNS[each], document["summary"][each.value], MEANINGS[each])
            for each in SEVERITY
        ],
        spend=_spend(document["spend"]),
        entries=[(SIGNS[Verdict(each["verdict"])], each) for each in document["requirements"]],
    )


def _rows(document: Document) -> dict[str, dict[str, Cell]]:
    return {
        group: {
            factor: Cell(group, factor, verdicts[0], verdicts.count(verdicts[0]), len(verdicts))
            for factor, verdicts in row.items()
        }
        for group, row in matrix(document).items()
    }


def _failures(document: Document) -> list[Failure]:
    tested = {each.get("test") for each in document["exchanges"]}
    return [
        Failure(
            entry,
            cited(entry["source"]),
            curl_of(exchange_of(document, entry)),
            not tested.isdisjoint(entry["tests"]),
        )
        for entry in of_verdict(document, *_TOLD)
    ]


def _reasons(document: Document) -> list[tuple[str, str, int]]:
    """Why something was not judged: verdict, reason, how often; the most frequent first."""
    told = sorted(
        (each["verdict"], str(each["reason"] or "no reason given"))
        for each in of_verdict(document, Verdict.UNTESTED, Verdict.INAPPLICABLE)
    )
    counted_ = [(*pair, len(list(group))) for pair, group in groupby(told)]
    return sorted(counted_, key=lambda each: -each[2])


def _spend(spend: Mapping[str, float]) -> list[tuple[str, str]]:
    """What the run cost, without what it did not spend."""
    return [
        (_WORDS.get(name, name.replace("_", " ")), f"{round(count, 1):g}")
        for name, count in spend.items()
        if isinstance(count, (int, float)) and count
    ]
