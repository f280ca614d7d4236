"""The page of coverage, made from the facts: `python -m tests.judge.coverage_page` writes it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pytest_auth0_mfa import schemas
from pytest_auth0_mfa.judge.catalogue import load_catalogue
from pytest_auth0_mfa.judge.coverage import REASONS, load_facts
from tests.judge.errata_page import links
from tests.suites.reading import read_tests

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pytest_auth0_mfa.judge.catalogue import Catalogue, Requirement
    from pytest_auth0_mfa.judge.coverage import Fact

PATH: Final = Path(__file__).parents[2] / "docs" / "coverage.md"

HEAD: Final = """\
# What is known, and what is judged

Every fact that public sources tell of the MFA API, with the requirements that it is judged by and
their tests, or with the reason why it is not judged. Slips of published pages have
[a page of their own](errata.md).

Made from `suites/facts.toml` and the catalogue by `python -m tests.judge.coverage_page`; a test
compares them.
"""

RESPONSES: Final = """
## Documented responses

Each has a schema, and the requirements that judge by it. The JSON report of a run tells under
`responses` which of them it saw as they should be; a run of all suites on the mock sees each.

| response | status | requirements |
| --- | --- | --- |
"""


def page(facts: Sequence[Fact], catalogue: Catalogue) -> str:
    """The page as Markdown."""
    groups = dict.fromkeys(fact.group for fact in facts)
    tables = [_table(group, [fact for fact in facts if fact.group == group]) for group in groups]
    responses = _lines(_response(each, catalogue) for each in schemas.response_ids())
    return f"{HEAD}{_figures(facts)}{''.join(tables)}{RESPONSES}{responses}"


def _figures(facts: Sequence[Fact]) -> str:
    """How many facts are judged, and for which reasons others are not."""
    judged = [fact for fact in facts if fact.requirements]
    requirements = {each.id for fact in judged for each in fact.requirements}
    kinds = Counter(fact.because for fact in facts if fact.because)
    rows = [("judged", len(judged), f"by {len(requirements)} requirements")]
    rows += [(kind, kinds[kind], REASONS[kind]) for kind in REASONS if kinds[kind]]
    lines = _lines(_row(kind, str(count), meaning) for kind, count, meaning in rows)
    return f"\n| {len(facts)} facts | number | meaning |\n| --- | --- | --- |\n{lines}"


def _table(group: str, facts: Iterable[Fact]) -> str:
    head = "| fact | sources | requirements | tests |\n| --- | --- | --- | --- |\n"
    return f"\n## {group}\n\n{head}{_lines(_fact(each) for each in facts)}"


def _fact(fact: Fact) -> str:
    says = f"{fact.says}<br>*{fact.note}*" if fact.note else fact.says
    if not fact.requirements:
        return _row(says, links(fact.source), f"none: {fact.because}", fact.why)
    requirements = "<br>".join(_requirement(each) for each in fact.requirements)
    tests = "<br>".join(_test(each) for each in fact.requirements)
    return _row(says, links(fact.source), requirements, tests)


def _requirement(requirement: Requirement) -> str:
    return f"{requirement.id}: {requirement.level} ({', '.join(requirement.factors)})"


def _test(requirement: Requirement) -> str:
    """Link the functions that judge a requirement; there is one."""
    named = [test for test in read_tests() if requirement.id in test.requirements]
    return "<br>".join(f"[{each.node.name}](../suites/{each.module})" for each in named)


def _response(response_id: str, catalogue: Catalogue) -> str:
    response = schemas.describe(response_id)
    ids = "<br>".join(each.id for each in catalogue if response_id in each.responses)
    statuses = " or ".join(map(str, response.status))
    return _row(f"[{response_id}](../schemas/{response.file})", statuses, ids)


def _row(*cells: str) -> str:
    """One line of a table; a bar within a cell would end it."""
    return "| {} |".format(" | ".join(cell.replace("|", "\\|") for cell in cells))


def _lines(rows: Iterable[str]) -> str:
    return "".join(f"{row}\n" for row in rows)


if __name__ == "__main__":
    PATH.write_text(page(load_facts(), load_catalogue()), "utf-8")
