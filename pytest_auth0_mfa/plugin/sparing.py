"""Which tests a real tenant is spared where nobody said how many messages a run may send.

Owns what counts: tests of the user's own are never left out, and spend first. Which of the others
are chosen is `affordable`'s part.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from pytest_auth0_mfa.errors import Untestable
from pytest_auth0_mfa.plugin import costs, selection
from pytest_auth0_mfa.tenant.affordable import Candidate, Key, unaffordable
from pytest_auth0_mfa.tenant.budget import UNASKED_MESSAGES, all_of, unasked_limits

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pytest

    from pytest_auth0_mfa.plugin.settings import Settings


@dataclass(frozen=True, slots=True)
class Spared:
    """What is left out, and what all would have taken of the kinds that are limited."""

    keys: frozenset[Key] = frozenset()
    needs: Counter[str] = field(default_factory=Counter)

    def __contains__(self, item: pytest.Item) -> bool:
        """Whether a test is left out."""
        return bool(self.keys) and costs.key_of(item) in self.keys

    def check(self, item: pytest.Item) -> None:
        """Raise `Untestable` for a test that is left out."""
        if item in self:
            raise Untestable(
                f"no budget: a run on a real tenant sends {UNASKED_MESSAGES} text messages and "
                f"{UNASKED_MESSAGES} calls unless told otherwise; {all_of(self.needs)}"
            )


NOBODY: Final = Spared()
"""Nothing is left out."""


def spared(config: pytest.Config, items: Iterable[pytest.Item], settings: Settings) -> Spared:
    """What is left out of these tests for the messages that the budget does not speak of."""
    limits = Counter(unasked_limits(settings.budget))
    candidates, needs = [], Counter[str]()
    for key, item in costs.by_key(each for each in items if not selection.explores(each)).items():
        spent = costs.estimate_of(config, item, settings)
        cost = Counter({kind: spent[kind] for kind in limits})
        needs += cost
        requirement = selection.requirement_of(item)
        if requirement is None:
            limits.subtract(cost)
        elif +cost:
            candidates.append(Candidate(key, requirement.group, cost))
    return Spared(frozenset(unaffordable(candidates, limits)), needs)
