"""The catalogue of deviations: complete in itself, and each one visible from outside."""

from __future__ import annotations

import re
from dataclasses import fields
from itertools import zip_longest
from typing import TYPE_CHECKING

import pytest

from pytest_auth0_mfa.mock.composition import compose
from pytest_auth0_mfa.mock.deviations import DEVIATIONS, named
from pytest_auth0_mfa.mock.rules import RULES, Rules
from pytest_auth0_mfa.mock.variations import VARIATIONS
from tests.mock.conversation import conversation

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_auth0_mfa.mock.composition import Behaviour
    from tests.mock.conftest import Harness, Reply


class TestCatalogue:
    """The table itself."""

    @pytest.mark.parametrize("name", DEVIATIONS)
    def test_entry(self, name: str) -> None:
        """An entry has its key as name, a requirement id, a summary, and one kind of fault."""
        entry = DEVIATIONS[name]
        assert name == entry.name
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", name)
        assert re.fullmatch(r"MFA(-[A-Z]+)+", entry.requirement)
        assert entry.requirement not in entry.also
        assert entry.summary
        assert bool(entry.rules) != bool(entry.change)

    @pytest.mark.parametrize("name", DEVIATIONS)
    def test_rules_exist_and_keep_their_type(self, name: str) -> None:
        """An override names a rule, has its type, and is not its default."""
        for rule, value in DEVIATIONS[name].rules.items():
            default = getattr(RULES, rule)
            assert type(value) is type(default)
            assert value != default

    def test_every_yes_or_no_is_used(self) -> None:
        """A rule that nothing bends would be a switch for nobody."""
        entries: list[Behaviour] = [*DEVIATIONS.values(), *VARIATIONS.values()]
        bent = {rule for entry in entries for rule in entry.rules}
        switches = {each.name for each in fields(Rules) if isinstance(each.default, bool)}
        assert switches - bent == {"last_removal_drops_recovery_code"}

    def test_exceptions_are_united(self) -> None:
        """Two deviations that bend the same set bend it together."""
        names = ["challenge-takes-expired-token", "list-takes-expired-bearer"]
        both = compose(named(names)).rules.expiry_ignored_by
        assert {"challenge", "list"} == {each.value for each in both}

    def test_none_is_the_documented_tenant(self) -> None:
        """Without deviations the rules are the default ones."""
        assert compose([]).rules is RULES


@pytest.fixture(scope="module")
def documented() -> list[list[Reply]]:
    """Hold what the documented tenant answered, once it has been asked."""
    return []


@pytest.mark.parametrize("name", DEVIATIONS)
def test_deviation_shows(
    make_tenant: Callable[..., Harness], documented: list[list[Reply]], name: str
) -> None:
    """With the deviation, some answer of a long conversation is another.

    The conversation ends there, for a tenant may be too wrong to go on with.
    """
    if not documented:
        documented.append(list(conversation(make_tenant())))
    answers = conversation(make_tenant(name))
    assert any(right != said for right, said in zip_longest(documented[0], answers))
