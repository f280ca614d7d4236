"""How generated pages are written: tables, docstrings, signatures."""

from __future__ import annotations

import inspect
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; a cell keeps its pipes and loses its line breaks."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(map(_cell, line))} |\n" for line in lines)


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())


def told(thing: object) -> str:
    """The docstring of something, as paragraphs."""
    return inspect.getdoc(thing) or ""


def escaped(text: str) -> str:
    """A text in which nothing is taken for HTML or emphasis."""
    return re.sub(r"([<*\[\]])", r"\\\1", text)


def signature(function: object) -> str:
    """What a caller writes between the parentheses, without `self` and annotations."""
    parameters = inspect.signature(function).parameters.values()  # type: ignore[arg-type]
    shown = [each.replace(annotation=each.empty) for each in parameters if each.name != "self"]
    return str(inspect.Signature(shown))
