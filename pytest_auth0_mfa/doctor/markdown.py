"""An examination as Markdown, for the summary of a step on GitHub."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from pytest_auth0_mfa.doctor import text
from pytest_auth0_mfa.doctor.finding import State

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_auth0_mfa.doctor.examination import Examination
    from pytest_auth0_mfa.doctor.finding import Finding


def page(made: Examination) -> str:
    """The verdict, a table of what was found, and the remedies folded beneath."""
    return "\n".join(_lines(made)) + "\n"


def _lines(made: Examination) -> Iterator[str]:
    yield "## Auth0 MFA: the doctor"
    yield ""
    yield _cell(text.verdict(made))
    found = made.found()
    if found:
        yield ""
        yield "| level | check | found | symptom |"
        yield "| --- | --- | --- | --- |"
        yield from (_row(each) for each in found)
        for each in found:
            yield from _remedy(each)
    if made.disagreements:
        yield ""
        yield "| check | configuration | behaviour | likely |"
        yield "| --- | --- | --- | --- |"
        for one in made.disagreements:
            cells = (one.id, one.configuration, one.behaviour, one.likely)
            yield f"| {' | '.join(map(_cell, cells))} |"
    states = (State.UNKNOWN, State.UNREAD, State.UNENTITLED)
    left = [each for each in made.ended(*states) if not each.check.unread]
    if left:
        yield ""
        yield f"{len(left)} checks could not be looked at: {', '.join(each.id for each in left)}"


def _row(finding: Finding) -> str:
    check = finding.check
    shown = f"`{finding.id}` {_cell(check.title)}"
    return f"| {finding.weight.value} | {shown} | {_cell(finding.told)} | {_cell(check.symptom)} |"


def _remedy(finding: Finding) -> Iterator[str]:
    check = finding.check
    yield ""
    yield f"<details><summary>Mend {finding.id}</summary>"
    yield ""
    yield f"* In the dashboard: {_cell(check.clicks)}"
    yield f"* By command: {_cell(check.command)}"
    yield f"* Source: <{check.source}>"
    yield ""
    yield "</details>"


def _cell(told: str) -> str:
    """A text in which nothing ends a cell or begins a tag."""
    return html.escape(told, quote=False).replace("|", "\\|").replace("\n", " ")
