"""How named behaviours of a mock go together: deviations and variations.

Owns the edit of chosen answers, and what several behaviours make of the rules, of answers and of
the way in which answers are written. Must not name any of them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from pytest_auth0_mfa.mock.rules import RULES, Rules
from pytest_auth0_mfa.mock.wire import PLAIN, Wire

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from pytest_auth0_mfa.mock.calls import Call
    from pytest_auth0_mfa.mock.deviations.edits import Edit
    from pytest_auth0_mfa.mock.messages import Answer
    from pytest_auth0_mfa.mock.operations import Operation


@dataclass(frozen=True, slots=True)
class Change:
    """An edit, and the answers it is made to.

    `to` is a response id, the start of several with a dot at its end (`error.`), or nothing for
    all of them. No `operations` means any; `when` narrows further by the call.
    """

    to: str
    edit: Edit
    operations: frozenset[Operation] = frozenset()
    when: Callable[[Call], bool] | None = None

    def applies(self, call: Call, answer: Answer) -> bool:
        """Tell whether this answer to this call is one to edit."""
        if not self.applies_to(answer.response_id):
            return False
        if self.operations and call.operation not in self.operations:
            return False
        return self.when is None or self.when(call)

    def applies_to(self, response_id: str) -> bool:
        """Tell whether this kind of answers is one to edit, whatever the call."""
        if not self.to or self.to.endswith("."):
            return response_id.startswith(self.to)
        return response_id == self.to


class Behaviour(Protocol):
    """What a named behaviour does: overrides of `Rules` and of `Wire`, and edits of answers."""

    # A test compares names and types with `Rules` and `Wire`.
    @property
    def rules(self) -> Mapping[str, Any]:
        """Fields of `Rules`."""
        ...

    @property
    def wire(self) -> Mapping[str, Any]:
        """Fields of `Wire`."""
        ...

    @property
    def changes(self) -> Sequence[Change]:
        """Edits of answers."""
        ...


Named = TypeVar("Named")


def look_up(names: Sequence[str], known: Mapping[str, Named], kind: str) -> list[Named]:
    """Find behaviours of a kind, `deviation` or `variation`; an unknown name is a `ValueError`."""
    unknown = next((name for name in names if name not in known), None)
    if unknown is not None:
        raise ValueError(
            f"no {kind} is called {unknown!r}; the names are in"
            f" pytest_auth0_mfa.mock.{kind}s.{kind.upper()}S"
        )
    return [known[name] for name in names]


@dataclass(frozen=True, slots=True)
class Composed:
    """Behaviours together, ready for an engine."""

    rules: Rules
    changes: tuple[Change, ...]
    wire: Wire

    def edited(self, call: Call, answer: Answer) -> Answer:
        """Edit an answer as far as the behaviours want it."""
        for change in self.changes:
            if change.applies(call, answer):
                answer = change.edit(answer)
        return answer


def compose(behaviours: Iterable[Behaviour]) -> Composed:
    """Put behaviours together; sets of exceptions are united, other fields are the last one's."""
    rules, wire, changes = RULES, PLAIN, list[Change]()
    for each in behaviours:
        rules = replace(rules, **_joined(rules, each.rules)) if each.rules else rules
        wire = replace(wire, **each.wire) if each.wire else wire
        changes += each.changes
    return Composed(rules, tuple(changes), wire)


def _joined(rules: Rules, overrides: Mapping[str, Any]) -> dict[str, Any]:
    """Unite sets with what they hold already."""
    present = {name: getattr(rules, name) for name in overrides}
    return {
        name: present[name] | value if isinstance(value, frozenset) else value
        for name, value in overrides.items()
    }
