"""The page of variations, made from the catalogue: `python -m tests.variations.page` writes it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from pytest_auth0_mfa.mock.variations import AREAS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pytest_auth0_mfa.mock.variations import Variation

PATH: Final = Path(__file__).parents[2] / "docs" / "variations.md"

HEAD: Final = """\
# What a tenant may do differently

Ways in which tenants and products differ without being wrong, because no source forbids it. The
mock shows each by `--auth0-variation=NAME` (repeatable, also beside `--auth0-deviation`) or
`auth0-mfa mock --variation NAME`, so that you can try your own client against it; the project's
own tests run all suites against every one, several at once, and nothing turns red.

A difference that is *told* is reported as `deviates`, and passes without `--auth0-strict`: a real
tenant was recorded doing otherwise, or a SHOULD stands against it.

Made from `pytest_auth0_mfa/mock/variations` by `python -m tests.variations.page`; a test compares
the two.

{count} variations, {told} of them told.
"""

TABLE: Final = """
## {title}

| name | what is different | why it may be | told by |
| --- | --- | --- | --- |
"""


def page(areas: Mapping[str, Sequence[Variation]]) -> str:
    """The page as Markdown."""
    entries = [each for area in areas.values() for each in area]
    told = sum(bool(each.noted) for each in entries)
    head = HEAD.format(count=len(entries), told=told)
    return head + "".join(_table(title, area) for title, area in areas.items())


def _table(title: str, area: Sequence[Variation]) -> str:
    return TABLE.format(title=title) + "".join(map(_row, area))


def _row(variation: Variation) -> str:
    places = variation.source.split("; ")
    links = ", ".join(f"[{number}]({place})" for number, place in enumerate(places, 1))
    told = "<br>".join(_beginning(each) for each in variation.noted)
    return f"| `{variation.name}` | {variation.summary} | {variation.because} {links} | {told} |\n"


def _beginning(text: str) -> str:
    """An id, or the beginning of several."""
    return f"{text}\\*" if text.endswith("-") else text


if __name__ == "__main__":
    PATH.write_text(page(AREAS), "utf-8")
