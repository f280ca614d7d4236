"""Reports held against each other: two runs (`compare`), or any number side by side (`lay_out`).

Works on the JSON documents alone, whichever version of this package or tenant they are from.

    compare(before, after) -> Comparison      what got worse, better, appeared, went away
    comparison.of(Change.WORSE)               the rows of one kind
    comparison.regressions                    what should stop whoever watches a tenant
    comparison.differences                    everything that is not the same
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any, Final

from pytest_auth0_mfa.judge.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    Document = Mapping[str, Any]
    Key = tuple[str, str]


class Change(str, Enum):
    """What became of one requirement for one factor, the gravest first."""

    WORSE = "worse"
    """The tenant does less well than it did, or is found to violate what nobody had judged."""
    LOST = "no longer judged"
    """It was judged and now is untested, inapplicable or inconclusive."""
    DISAPPEARED = "disappeared"
    """Only the first report has it: fewer factors or tests were chosen, or it was given up."""
    APPEARED = "appeared"
    """Only the second report has it: more was chosen, or it is a new requirement."""
    REASON = "changed only in reason"
    """The tenant does as well as it did; what was seen, why, or what the profile lists differs."""
    GAINED = "judged now"
    """It could not be judged and now is, and is not violated."""
    BETTER = "better"
    """The tenant does better than it did."""
    SAME = "same"
    """Nothing differs."""


_FAULT: Final = {
    Verdict.CONFORMS.value: 0,
    Verdict.STALE.value: 0,
    Verdict.DEVIATES.value: 1,
    Verdict.KNOWN.value: 2,
    Verdict.VIOLATES.value: 2,
}
"""How far from right a tenant is by a verdict that judged it. Whether the profile lists a failure
changes nothing in the tenant, so `known` weighs what `violates` does, and `stale` nothing."""


def fault_of(verdict: str) -> int | None:
    """The same for any verdict, None for one that judged nothing."""
    return _FAULT.get(verdict)


_REGRESSIONS: Final = frozenset({Change.WORSE, Change.LOST})

_MADE_ANEW: Final = re.compile(
    r"""https?://[^\s/"']+           # where the tenant is
      | (?<=\w)\#\d+\b              # the number in the name of a secret
      | (?=[\w|-]*\d)[\w|-]{5,}      # ids, times, phone numbers
      | (?=\w*[a-z][A-Z])\w{12,}     # ids that happen to have no digit
    """,
    re.VERBOSE,
)
"""What differs from run to run, and from tenant to tenant, in what is told of the same answer."""


@dataclass(frozen=True, slots=True)
class Side:
    """The run that one of the two reports is about."""

    run: str
    tenant: str
    mock: bool
    started_at: str
    version: str
    summary: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Difference:
    """One requirement for one factor in both reports; an entry is None where a report has none.

    The entries are those of the reports' `requirements`.
    """

    change: Change
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None

    @property
    def entry(self) -> Mapping[str, Any]:
        """The later of the entries that there are."""
        found = self.after or self.before
        assert found is not None  # noqa: S101 - made from at least one
        return found

    @property
    def requirement(self) -> str:
        """The id of the requirement."""
        return str(self.entry["id"])

    @property
    def factor(self) -> str:
        """The factor, `any` where none is involved."""
        return str(self.entry["factor"])

    @property
    def title(self) -> str:
        """The title of the requirement."""
        return str(self.entry["title"])

    @property
    def verdicts(self) -> tuple[str | None, str | None]:
        """Both verdicts."""
        return (
            str(self.before["verdict"]) if self.before else None,
            str(self.after["verdict"]) if self.after else None,
        )

    def __str__(self) -> str:
        """`MFA-LIST-ARRAY [sms]: conforms -> violates`."""
        before, after = (verdict or "-" for verdict in self.verdicts)
        return f"{self.requirement} [{self.factor}]: {before} -> {after}"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two reports held against each other; `rows` has every requirement and factor of either."""

    before: Side
    after: Side
    rows: tuple[Difference, ...]

    def of(self, change: Change) -> list[Difference]:
        """The rows of one kind, in the order of the reports."""
        return [row for row in self.rows if row.change is change]

    @property
    def regressions(self) -> list[Difference]:
        """What got worse, and what was judged and no longer is."""
        return [row for row in self.rows if row.change in _REGRESSIONS]

    @property
    def differences(self) -> list[Difference]:
        """Whatever is not the same, the gravest first."""
        return [row for change in Change if change is not Change.SAME for row in self.of(change)]

    @property
    def same_tenant(self) -> bool:
        """Whether both runs judged one tenant: before and after, and not two vendors."""
        return self.before.tenant == self.after.tenant

    @property
    def notes(self) -> list[str]:
        """What whoever reads the differences should know first."""
        notes = []
        if self.before.run == self.after.run:
            notes.append("both reports are of the same run")
        elif self.same_tenant and self.before.started_at > self.after.started_at:
            notes.append("the first report is the newer one; name the older one first")
        if self.before.version != self.after.version:
            versions = f"{self.before.version} and {self.after.version}"
            notes.append(f"written by versions {versions}, whose requirements may differ")
        return notes


def compare(before: Document, after: Document) -> Comparison:
    """Hold the second report against the first.

    Both are documents as `schemas/report.schema.json` describes them. Whether the two are one
    tenant at two times or two tenants makes no difference here; `Comparison.same_tenant` tells.
    """
    old, new = _entries(before), _entries(after)
    keys = [*new, *(key for key in old if key not in new)]
    rows = (
        Difference(_change(old.get(key), new.get(key)), old.get(key), new.get(key)) for key in keys
    )
    return Comparison(_side(before), _side(after), tuple(rows))


def _entries(document: Document) -> dict[Key, Mapping[str, Any]]:
    return {(entry["id"], entry["factor"]): entry for entry in document["requirements"]}


def _side(document: Document) -> Side:
    run = document["run"]
    return Side(
        run=str(run["id"]),
        tenant=str(run["tenant"]),
        mock=bool(run["mock"]),
        started_at=str(run["started_at"]),
        version=str(document["tool"]["version"]),
        summary=document["summary"],
    )


def _change(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> Change:
    if before is None:
        return Change.APPEARED
    if after is None:
        return Change.DISAPPEARED
    old, new = fault_of(before["verdict"]), fault_of(after["verdict"])
    if old == new:
        return Change.SAME if _gist(before) == _gist(after) else Change.REASON
    if new is None:
        return Change.LOST
    if old is None:
        return Change.WORSE if after["verdict"] == Verdict.VIOLATES.value else Change.GAINED
    return Change.WORSE if new > old else Change.BETTER


def _gist(entry: Mapping[str, Any]) -> list[str]:
    """What an entry says beside how far from right the tenant is, alike in every run."""
    told = (entry.get(name) for name in ("verdict", "reason", "expected", "actual"))
    return [_MADE_ANEW.sub("*", str(text)) for text in told]


@dataclass(frozen=True, slots=True)
class Row:
    """A requirement and factor; a verdict for each report, None where it does not have one."""

    requirement: str
    factor: str
    title: str
    verdicts: tuple[str | None, ...]

    @property
    def differs(self) -> bool:
        """Whether the reports disagree."""
        return len(set(self.verdicts)) > 1


def lay_out(documents: Sequence[Document]) -> list[Row]:
    """One row for each requirement and factor of any report, in the order of the first."""
    found = [dict(_verdicts(document)) for document in documents]
    titles = {
        (entry["id"], entry["factor"]): str(entry["title"])
        for document in documents
        for entry in document["requirements"]
    }
    return [
        Row(*key, title, tuple(verdicts.get(key) for verdicts in found))
        for key, title in titles.items()
    ]


def _verdicts(document: Document) -> Iterator[tuple[Key, str]]:
    for entry in document["requirements"]:
        yield (entry["id"], entry["factor"]), entry["verdict"]
