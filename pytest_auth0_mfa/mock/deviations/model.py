"""What a deviation is: one named way in which the mock is wrong, for one requirement.

Owns the two kinds, a tenant that behaves differently (`rules`) and an answer that looks
different (`change`), and how several of them go together. Must not name any deviation.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from pytest_auth0_mfa.mock.rules import RULES, Rules

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

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


@dataclass(frozen=True, slots=True)
class Deviation:
    """One named way to be wrong; `requirement` is the id of the requirement that it breaks.

    `also` are the ids of others that judge the very same place, so that they may turn red too.
    """

    name: str
    requirement: str
    summary: str
    # A test compares names and types with `Rules`.
    rules: Mapping[str, Any] = field(default_factory=dict)
    change: Change | None = None
    also: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Composed:
    """Deviations together, ready for an engine."""

    rules: Rules
    changes: tuple[Change, ...]

    def distort(self, call: Call, answer: Answer) -> Answer:
        """Make an answer wrong as far as the deviations want it."""
        for change in self.changes:
            if change.applies(call, answer):
                answer = change.edit(answer)
        return answer


def compose(deviations: Sequence[Deviation]) -> Composed:
    """Put deviations together; sets of exceptions are united, other rules are the last one's."""
    rules = RULES
    for deviation in deviations:
        overrides = {name: _joined(rules, name, each) for name, each in deviation.rules.items()}
        rules = replace(rules, **overrides)
    return Composed(rules, tuple(each.change for each in deviations if each.change is not None))


def _joined(rules: Rules, name: str, value: object) -> Any:  # noqa: ANN401  As in `Rules`.
    present: object = getattr(rules, name)
    if isinstance(present, frozenset) and isinstance(value, frozenset):
        return present | value
    return value
