"""The catalogue of variations: complete in itself, and each one visible from outside."""

from __future__ import annotations

import re
from itertools import chain, zip_longest
from typing import TYPE_CHECKING

import pytest

from pytest_auth0_mfa.judge.catalogue import load_catalogue
from pytest_auth0_mfa.mock.composition import compose
from pytest_auth0_mfa.mock.deviations import DEVIATIONS
from pytest_auth0_mfa.mock.deviations import named as deviations_named
from pytest_auth0_mfa.mock.rules import RULES
from pytest_auth0_mfa.mock.variations import AREAS, VARIATIONS, named
from pytest_auth0_mfa.mock.wire import PLAIN
from tests.mock.conversation import conversation
from tests.mock.conversation_of_open import left_open

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.mock.conftest import Harness, Reply

SPOKEN = [name for name, each in VARIATIONS.items() if not each.wire]
"""Those that show in what is answered, and not in how it is written."""


class TestCatalogue:
    """The table itself."""

    @pytest.mark.parametrize("name", VARIATIONS)
    def test_entry(self, name: str) -> None:
        """An entry has its key as name, says what differs, why it may, and where that stands."""
        entry = VARIATIONS[name]
        assert name == entry.name
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", name)
        assert entry.summary
        assert entry.because
        assert all(re.match(r"https://[^\s;]+\Z", each) for each in entry.source.split("; "))
        assert [True] == [bool(each) for each in (entry.rules, entry.changes, entry.wire) if each]

    @pytest.mark.parametrize("name", VARIATIONS)
    def test_fields_exist_and_keep_their_type(self, name: str) -> None:
        """An override names a field, has its type, and is not its default."""
        for overrides, defaults in (
            (VARIATIONS[name].rules, RULES),
            (VARIATIONS[name].wire, PLAIN),
        ):
            for field, value in overrides.items():
                default = getattr(defaults, field)
                assert type(value) is type(default)
                assert value != default

    @pytest.mark.parametrize("name", VARIATIONS)
    def test_told_as_a_difference(self, name: str) -> None:
        """What is told somewhere names requirements, and says so in its reason."""
        entry, ids = VARIATIONS[name], [requirement.id for requirement in load_catalogue()]
        assert bool(entry.noted) == ("told as" in entry.because)
        for beginning in entry.noted:
            assert any(each.startswith(beginning) for each in ids)

    def test_names_are_unlike(self) -> None:
        """No two variations have one name, and none has that of a deviation."""
        assert len(VARIATIONS) == sum(map(len, AREAS.values()))
        assert set() == VARIATIONS.keys() & DEVIATIONS.keys()

    def test_there_are_many(self) -> None:
        """Forty were asked for."""
        assert len(VARIATIONS) >= 40

    def test_unknown_name(self) -> None:
        """The name that nobody knows is told."""
        with pytest.raises(ValueError, match="'nonsense'"):
            named(["answers-late", "nonsense"])


class TestTogether:
    """Variations beside deviations."""

    def test_both_are_there(self) -> None:
        """Rules, edits and wire of all are put together."""
        composed = compose(
            [
                *named(["otp-secret-of-256-bits", "answers-late", "list-reversed"]),
                *deviations_named(["reused-otp-accepted", "error-as-html"]),
            ]
        )
        rules = composed.rules
        assert (32, True) == (rules.otp_secret_bytes, rules.reused_code_accepted)
        assert composed.wire.late_every
        assert ["authenticators", "error."] == [change.to for change in composed.changes]

    def test_deviation_wins(self, make_tenant: Callable[..., Harness]) -> None:
        """Where both are about one place, the tenant is wrong."""
        varied = make_tenant("error-as-html", variations=["json-with-charset-everywhere"])
        assert "text/html" in varied.get("/mfa/authenticators").headers["content-type"]


@pytest.fixture(scope="module")
def documented() -> list[list[str]]:
    """Hold what the documented tenant answered, once it has been asked."""
    return []


@pytest.mark.parametrize("name", SPOKEN)
def test_variation_shows(
    make_tenant: Callable[..., Harness], documented: list[list[str]], name: str
) -> None:
    """With the variation, some answer of a long conversation is another, in value or in order."""
    if not documented:
        documented.append(list(map(repr, talk(make_tenant()))))
    answers = map(repr, talk(make_tenant(variations=[name])))
    assert any(usual != said for usual, said in zip_longest(documented[0], answers))


def talk(tenant: Harness) -> Iterator[Reply]:
    """Talk about what is left open, then about everything else."""
    return chain(left_open(tenant), conversation(tenant))
