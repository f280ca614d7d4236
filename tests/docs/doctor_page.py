"""The table of what the doctor looks for, in the page about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pytest_auth0_mfa.doctor.check import checks
from tests.conftest import ROOT
from tests.docs.markdown import escaped, table

if TYPE_CHECKING:
    from pytest_auth0_mfa.doctor.check import Check

NAME: Final = "doctor.md"
START: Final = "## What it looks for\n"
_COLUMNS: Final = ("check", "level", "what is wrong then", "what you see", "in the dashboard")


def page() -> str:
    """The page with its table made anew; what stands above is written by hand."""
    above, _, _ = (ROOT / "docs" / NAME).read_text("utf-8").partition(START)
    every = checks().values()
    rows = table(_COLUMNS, (_row(each) for each in every if not each.unread))
    unread = "".join(_unread(each) for each in every if each.unread)
    return f"{above}{START}\n{rows}\nNo look at a tenant tells these:\n\n{unread}"


def _unread(check: Check) -> str:
    return f"* `{check.id}`: {escaped(check.title)}; {escaped(check.unread)}\n"


def _row(check: Check) -> tuple[str, ...]:
    named = f"[`{check.id}`]({check.source})"
    told = (check.title, check.symptom, check.clicks)
    return (named, check.level.value, *map(escaped, told))
