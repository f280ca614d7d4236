"""Two baselines held against each other: what is a regression, an improvement, or neither."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any, Final

from pytest_auth0_mfa.baseline.configuration import NOT_READ
from pytest_auth0_mfa.baseline.document import UNKNOWN, pairs
from pytest_auth0_mfa.doctor.check import checks
from pytest_auth0_mfa.judge.comparison import fault_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    Document = Mapping[str, Any]


class Kind(str, Enum):
    """What a difference means, the gravest first."""

    REGRESSION = "regression"
    ENVIRONMENT = "environment"
    CHANGE = "change"
    IMPROVEMENT = "improvement"


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference: what it is about, what was and what is, and what that means to somebody.

    `told` is a sentence of the check or the requirement, empty where there is none.
    """

    kind: Kind
    about: str
    before: str
    after: str
    told: str = ""

    def __str__(self) -> str:
        """`mfa.policy: healthy -> blocks`."""
        return f"{self.about}: {self.before} -> {self.after}"


_NEVER: Final = "not there"
_OR_NOTHING: Final = " or nothing"

_SURROUNDING: Final = frozenset(
    {
        *("user.stale", "user.blocked", "ap.rate", "ap.ip-blocked"),
        *("m2m.token", "m2m.scopes", "m2m.entitlement"),
    }
)
"""Checks about where and by whom a run is made, and not about how the tenant is set up."""


def differences(before: Document, after: Document, titles: Mapping[str, str]) -> list[Difference]:
    """All differences, the gravest first; `titles` are those of the requirements.

    What only one of the runs judged is told as a part of the environment; answers are compared only
    where both runs judged the same.
    """
    old, new = pairs(before), pairs(after)
    found = [*_of_tenant(before, after), *_of_verdicts(old, new, titles)]
    if old.keys() == new.keys() and not _unsettled(old, new):
        found += _of_answers(before["answers"], after["answers"])
    found += _of_configuration(before["configuration"], after["configuration"])
    return sorted(found, key=lambda each: list(Kind).index(each.kind))


def _of_tenant(before: Document, after: Document) -> Iterator[Difference]:
    if before["tenant"] != after["tenant"]:
        yield Difference(Kind.ENVIRONMENT, "tenant", before["tenant"], after["tenant"])


def _of_verdicts(
    old: Mapping[tuple[str, str], str],
    new: Mapping[tuple[str, str], str],
    titles: Mapping[str, str],
) -> Iterator[Difference]:
    for key, verdict in new.items():
        kind = _kind(old.get(key), verdict)
        if kind is not None:
            id_, factor = key
            was = old.get(key, "not there")
            yield Difference(kind, f"{id_} [{factor}]", was, verdict, titles.get(id_, ""))
    gone = [key for key in old if key not in new]
    if gone:
        told = f"{len(gone)} requirements and factors"
        yield Difference(Kind.ENVIRONMENT, told, "judged", "not chosen, or given up")


def _kind(before: str | None, after: str) -> Kind | None:
    """What a pair of verdicts means, None where it means nothing."""
    if before == after or UNKNOWN in {before, after}:
        return None
    if before is None:
        return Kind.REGRESSION if after == "violates" else Kind.ENVIRONMENT
    old, new = fault_of(before), fault_of(after)
    if old is None or new is None:
        return Kind.REGRESSION if after == "violates" else Kind.ENVIRONMENT
    if old == new:
        return Kind.CHANGE
    return Kind.REGRESSION if new > old else Kind.IMPROVEMENT


def _unsettled(
    old: Mapping[tuple[str, str], str], new: Mapping[tuple[str, str], str]
) -> list[tuple[str, str]]:
    """What one of the runs did not judge: its answers are not all there."""
    return [key for key in new if (fault_of(new[key]) is None) != (fault_of(old[key]) is None)]


def _of_answers(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Difference]:
    """What clients read in the answers; a status or member that is gone breaks one of them."""
    for endpoint in sorted(old.keys() | new.keys()):
        was, now = old.get(endpoint, {}), new.get(endpoint, {})
        for outcome in sorted(was.keys() | now.keys()):
            about = f"{endpoint} -> {outcome}"
            if outcome not in now:
                yield Difference(Kind.REGRESSION, about, "answered", "never answered")
            elif outcome not in was:
                yield Difference(Kind.CHANGE, about, "never answered", "answered")
            else:
                yield from _of_bodies(about, was[outcome], now[outcome])


def _of_bodies(about: str, was: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[Difference]:
    """A member that is there more often than before breaks nobody; any other difference may."""
    old, new = _by_name(was["members"]), _by_name(now["members"])
    for name in sorted(old.keys() | new.keys()):
        before, after = old.get(name, _NEVER), new.get(name, _NEVER)
        if before != after:
            is_gain = before in {_NEVER, after + _OR_NOTHING}
            kind = Kind.CHANGE if is_gain else Kind.REGRESSION
            yield Difference(kind, f"{about}, {name}", before, after)
    if was.get("lifetimes") != now.get("lifetimes"):
        before, after = str(was.get("lifetimes")), str(now.get("lifetimes"))
        yield Difference(Kind.REGRESSION, f"{about}, lifetimes", before, after)


def _by_name(members: Mapping[str, list[str]]) -> dict[str, str]:
    """The types of each member, and whether it is sometimes left out."""
    return {
        name.removesuffix("?"): " or ".join(kinds) + (_OR_NOTHING if name.endswith("?") else "")
        for name, kinds in members.items()
    }


def _of_configuration(
    old: Mapping[str, Any] | None, new: Mapping[str, Any] | None
) -> Iterator[Difference]:
    if old is None or new is None:
        if old is not new:
            was, now = ("read" if each else NOT_READ for each in (old, new))
            yield Difference(Kind.ENVIRONMENT, "configuration", was, now)
        return
    yield from _of_checks(old["found"], new["found"])
    for name in sorted(old["pages"].keys() | new["pages"].keys()):
        yield from _of_pages(name, old["pages"].get(name), new["pages"].get(name))


def _of_checks(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Difference]:
    """What the doctor finds now and did not, in the words of the check, and the other way round."""
    for id_ in sorted(old.keys() ^ new.keys()):
        check = checks().get(id_)
        told = f"{check.title}. {check.symptom} Mend it: {check.clicks}" if check else ""
        kind = Kind.REGRESSION if id_ in new else Kind.IMPROVEMENT
        if id_ in _SURROUNDING:
            kind = Kind.ENVIRONMENT
        was, now = old.get(id_, "healthy"), new.get(id_, "healthy")
        yield Difference(kind, id_, was, now, told if id_ in new else "")


def _of_pages(name: str, old: Any, new: Any) -> Iterator[Difference]:  # noqa: ANN401 - JSON
    """What is set otherwise; whether that matters the checks say."""
    if old == new:
        return
    if any(isinstance(each, dict) and NOT_READ in each for each in (old, new)):
        yield Difference(Kind.ENVIRONMENT, name, _said(old), _said(new))
    elif isinstance(old, dict) and isinstance(new, dict):
        for member in sorted(old.keys() | new.keys()):
            yield from _of_pages(f"{name} {member}", old.get(member), new.get(member))
    else:
        yield Difference(Kind.CHANGE, name, _said(old), _said(new))


def _said(value: object) -> str:
    return "not there" if value is None else str(value)
