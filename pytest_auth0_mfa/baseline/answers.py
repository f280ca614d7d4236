"""The answers of a run by endpoint: statuses, errors, members and lifetimes, and no values.

What is gathered does not depend on how often or in which order something was asked, so that workers
and repetitions make no difference.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    Answers = dict[str, dict[str, dict[str, Any]]]
    """Endpoint -> status and error -> `members` (name -> types), `lifetimes` (name -> seconds)."""

_LIFETIMES: Final = ("expires_in", "interval")
_ID: Final = re.compile(r"(?=.*(\d|%7C|\||[a-z][A-Z])).{6,}|.{21,}")
"""A segment of a path that names one thing among many."""

_FAULTS: Final = 500

_TYPES: Final = {
    bool: "boolean",
    int: "number",
    float: "number",
    str: "string",
    list: "array",
    dict: "object",
    type(None): "null",
}


def answers_of(exchanges: Iterable[Mapping[str, Any]]) -> Answers:
    """What the exchanges of a report come to, sorted throughout."""
    found: dict[str, dict[str, list[Any]]] = {}
    for exchange in exchanges:
        if _is_fault(exchange):
            continue
        body = exchange["response"].get("body")
        by_status = found.setdefault(_endpoint(exchange), {})
        by_status.setdefault(_outcome(exchange["status"], body), []).append(body)
    return {
        endpoint: {outcome: _summed(bodies) for outcome, bodies in sorted(outcomes.items())}
        for endpoint, outcomes in sorted(found.items())
    }


def _is_fault(exchange: Mapping[str, Any]) -> bool:
    """Whether an answer is about the way to the tenant, or about how much was asked."""
    if not exchange["response"]:
        return True
    body = exchange["response"].get("body")
    error = body.get("error") if isinstance(body, dict) else None
    return exchange["status"] >= _FAULTS or error == "too_many_requests"


def _endpoint(exchange: Mapping[str, Any]) -> str:
    """`POST /oauth/token mfa-otp`; what names one thing in a path is `{id}`."""
    path = str(exchange["path"]).partition("?")[0]
    template = "/".join("{id}" if _ID.fullmatch(part) else part for part in path.split("/"))
    return " ".join(filter(None, (exchange["method"], template, _grant(exchange))))


def _grant(exchange: Mapping[str, Any]) -> str:
    body = exchange["request"].get("body")
    grant = body.get("grant_type") if isinstance(body, dict) else None
    return grant.rpartition("/")[2] if isinstance(grant, str) else ""


def _outcome(status: int, body: object) -> str:
    error = body.get("error") if isinstance(body, dict) else None
    return f"{status} {error}" if isinstance(error, str) else str(status)


def _summed(bodies: list[Any]) -> dict[str, Any]:
    """The members of all bodies; one that is sometimes left out ends in a question mark."""
    shape = _Shape()
    for each in bodies:
        shape.take_in(each)
    lifetimes = {name: sorted(values) for name in _LIFETIMES if (values := _values(bodies, name))}
    return {"members": shape.members(), **({"lifetimes": lifetimes} if lifetimes else {})}


@dataclass(slots=True)
class _Shape:
    """The members of bodies by their paths: types, and in how many of their objects they are."""

    types: dict[str, set[str]] = field(default_factory=dict)
    objects: Counter[str] = field(default_factory=Counter)
    holders: dict[str, str] = field(default_factory=dict)
    held: Counter[str] = field(default_factory=Counter)

    def take_in(self, value: object, path: str = "") -> None:
        """Count a value and what it holds; the entries of a list share one path."""
        self.types.setdefault(path, set()).add(_TYPES.get(type(value), "string"))
        if isinstance(value, dict):
            self.objects[path] += 1
            for name, each in value.items():
                below = f"{path}.{name}" if path else name
                self.holders[below] = path
                self.held[below] += 1
                self.take_in(each, below)
        elif isinstance(value, list):
            for each in value:
                self.take_in(each, f"{path}[]")

    def members(self) -> dict[str, list[str]]:
        """The types by path; the body itself is a dot."""
        return {
            f"{path or '.'}{'?' if self._is_left_out(path) else ''}": sorted(kinds)
            for path, kinds in sorted(self.types.items())
        }

    def _is_left_out(self, path: str) -> bool:
        return path in self.holders and self.held[path] < self.objects[self.holders[path]]


def _values(bodies: list[Any], name: str) -> set[float]:
    values = (each.get(name) for each in bodies if isinstance(each, dict))
    return {each for each in values if isinstance(each, (int, float))}
