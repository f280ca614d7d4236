"""The page of requirements, from the catalogue."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from pytest_auth0_mfa.judge.catalogue import load_catalogue
from tests.docs.markdown import escaped
from tests.judge.errata_page import links

if TYPE_CHECKING:
    from pytest_auth0_mfa.judge.catalogue import Requirement

NAME: Final = "reference/requirements.md"
HEAD: Final = """\
# Requirements

What is judged. A MUST that is broken is `violates`, a SHOULD is `deviates`; the basis says whether
a real tenant was recorded doing so, Auth0's pages document it, or a standard demands it. Each is
judged once for each of its factors. `-k` chooses by the name of the test, `--auth0-factors` by
factor.
"""


def page() -> str:
    """The page as Markdown."""
    groups = groupby(load_catalogue(), key=lambda each: each.group)
    return HEAD + "".join(
        f"\n## {group.capitalize()}\n{''.join(map(_section, entries))}" for group, entries in groups
    )


def _section(entry: Requirement) -> str:
    return (
        f"\n### {entry.id}\n\n**{escaped(entry.title)}.** {escaped(entry.statement)}\n\n"
        f"{entry.level}, {entry.basis}; {', '.join(entry.factors)}. "
        f"{links(entry.source).replace('<br>', ' · ')}\n"
    )
