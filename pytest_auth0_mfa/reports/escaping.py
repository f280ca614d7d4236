"""Foreign text in Markdown: it stays text, whatever it holds."""

from __future__ import annotations

import re
from typing import Final

_MARKUP: Final = re.compile(r"[\\`*\[\]|~@!#]|(?<!\w)_|_(?!\w)")
_HTML: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_BACKTICKS: Final = re.compile(r"`+")

LONGEST: Final = 4_000
"""Characters of one text that are shown."""


def text(value: object) -> str:
    """A text for a paragraph, a list or a table: one line, without any markup of its own."""
    return _MARKUP.sub(lambda found: "\\" + found[0], html(value))


def code(value: object) -> str:
    """A text as code within a line."""
    line = one_line(value) or " "
    fence = "`" * (_longest_run(line) + 1)
    pad = " " if line[0] in "` " or line[-1] in "` " else ""
    return f"{fence}{pad}{line}{pad}{fence}"


def block(value: object, language: str = "") -> str:
    """A text as a block of code."""
    shown = clipped(str(value))
    fence = "`" * max(3, _longest_run(shown) + 1)
    return f"{fence}{language}\n{shown}\n{fence}"


def html(value: object) -> str:
    """A text within a block of HTML, where Markdown is not read."""
    return re.sub("[&<>]", lambda found: _HTML[found[0]], one_line(value))


def one_line(value: object) -> str:
    """A text without line ends and whatever else a terminal would obey, clipped."""
    line = " ".join(str(value).split())
    return clipped("".join(each if each.isprintable() else "\ufffd" for each in line))


def clipped(value: str) -> str:
    """A text, cut where it is longer than a reader reads."""
    return value if len(value) <= LONGEST else f"{value[:LONGEST]}..."


def _longest_run(value: str) -> int:
    return max((len(run) for run in _BACKTICKS.findall(value)), default=0)
