"""docs/power.md: it tells of every deviation, and of none that is not there."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

import pytest

from pytest_auth0_mfa.mock.deviations import DEVIATIONS
from pytest_auth0_mfa.mock.rules import RULES, Rules
from tests.deviations import page
from tests.deviations.equivalents import EQUIVALENTS
from tests.deviations.expected import ALL_PAIRS
from tests.deviations.found import Catch, Found

if TYPE_CHECKING:
    from pathlib import Path

    from tests.deviations.equivalents import Equivalent

REUSED = DEVIATIONS["reused-otp-accepted"]
WRITE = "python -m tests.deviations --write --new tries what is not there and writes it"


def test_lists_every_deviation() -> None:
    """What is new has been tried, and is on the page."""
    assert set() == DEVIATIONS.keys() - page.read().keys(), WRITE


def test_up_to_date() -> None:
    """It says what the catalogues say, and its figures are those of its rows."""
    assert page.render(page.read()) == page.PATH.read_text("utf-8"), WRITE


def test_nothing_survives() -> None:
    """Each deviation was caught by its requirement and turned nothing else red."""
    assert [] == [name for name, found in page.read().items() if not found.is_good]


def test_every_factor_of_a_requirement_turns_red() -> None:
    """By what the page says, some deviation breaks each requirement for each of its factors."""
    red = {
        (found.deviation.requirement, factor)
        for found in page.read().values()
        for factor in found.catch.factors
    }
    assert set() == ALL_PAIRS - red


@pytest.mark.parametrize(
    "found",
    [
        Found(REUSED, Catch(frozenset({"otp"})), frozenset()),
        Found(REUSED, Catch(frozenset({"otp", "sms"})), frozenset({"MFA-A", "MFA-B"})),
        Found(REUSED, Catch(frozenset(), "MFA-LOGIN-REALM"), frozenset()),
        Found(REUSED, Catch(frozenset()), frozenset()),
    ],
)
def test_is_read_as_written(found: Found, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever was found is told so that it can be read again, survivors too."""
    monkeypatch.setattr(page, "PATH", tmp_path / "power.md")
    page.PATH.write_text(page.render({REUSED.name: found}), "utf-8")
    assert {REUSED.name: found} == page.read()
    survivors = page.PATH.read_text("utf-8").partition("## Survivors")[2].partition("\n##")[0]
    assert found.is_good == (REUSED.name not in survivors)


@pytest.mark.parametrize("each", EQUIVALENTS, ids=lambda each: each.deviation.name)
def test_equivalent_is_different(each: Equivalent) -> None:
    """What is called equivalent bends a rule that there is, or edits answers, and has a reason."""
    bent = each.deviation.rules
    assert {field.name for field in fields(Rules)} >= bent.keys()
    assert [] == [name for name, value in bent.items() if getattr(RULES, name) == value]
    assert bool(bent) != bool(each.deviation.change)
    assert "" == each.deviation.requirement
    assert each.why.endswith(".")
