"""The page of errata, made from the catalogue: `python -m tests.judge.errata_page` writes it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from pytest_auth0_mfa.judge.catalogue import load_catalogue

if TYPE_CHECKING:
    from pytest_auth0_mfa.judge.catalogue import Catalogue, Erratum

PATH: Final = Path(__file__).parents[2] / "docs" / "errata.md"

HEAD: Final = """\
# Errata of published pages

What pages about the MFA API say, and what is so. A product that was built to such a slip breaks
the requirement beside it, and is told of the slip in the failure (`erratum`) and in the JSON
report (`errata`).

Made from `suites/requirements.toml` by `python -m tests.judge.errata_page`; a test compares the
two.

## Judged

| erratum | requirements | factors | sources |
| --- | --- | --- | --- |
"""

UNJUDGED: Final = """
## Not judged

| erratum | why no requirement is about it | sources |
| --- | --- | --- |
"""


def page(catalogue: Catalogue) -> str:
    """The page as Markdown."""
    judged = [_judged(each, catalogue) for each in catalogue.errata if not each.unjudged]
    rest = [
        f"| {each.text} | {each.unjudged} | {links(each.source)} |"
        for each in catalogue.errata
        if each.unjudged
    ]
    return f"{HEAD}{_lines(judged)}{UNJUDGED}{_lines(rest)}"


def _judged(erratum: Erratum, catalogue: Catalogue) -> str:
    citing = [entry for entry in catalogue if erratum in entry.errata]
    factors = dict.fromkeys(factor for entry in citing for factor in entry.factors)
    told = [factor for factor in factors if factor in (erratum.factors or factors)]
    ids = "<br>".join(entry.id for entry in citing)
    return f"| {erratum.text} | {ids} | {', '.join(told)} | {links(erratum.source)} |"


def links(source: str) -> str:
    """Each source as a link; a citation is a title and an address in angle brackets."""
    places = (place.removesuffix(">").split(" <") for place in source.split("; "))
    return "<br>".join(f"[{title}]({url})" for title, url in places)


def _lines(rows: list[str]) -> str:
    return "".join(f"{row}\n" for row in rows)


if __name__ == "__main__":
    PATH.write_text(page(load_catalogue()), "utf-8")
