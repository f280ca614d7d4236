"""How the documentation is built: `sphinx-build -W docs FOLDER`.

The pages are Markdown that reads well where the repository is browsed, too: what Sphinx needs
besides is added while it reads them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx

project = "pytest-auth0-mfa"
author = "The pytest-auth0-mfa founders"
extensions = ["myst_parser"]
html_theme = "furo"
html_title = project
html_theme_options = {"source_repository": "https://github.com/pytest-auth0-mfa/pytest-auth0-mfa/"}
myst_heading_anchors = 3

_SOURCES = "https://github.com/pytest-auth0-mfa/pytest-auth0-mfa/blob/main/"
_OUTSIDE = re.compile(r"\]\((?P<up>(?:\.\./)+)(?P<path>[^)\s]+)\)")
_SECTION = re.compile(r"^## (?P<title>.+)\n\n(?P<pages>(?:\* .+\n(?:  .+\n)*)+)", re.MULTILINE)
_PAGE = re.compile(r"\]\((?P<name>[^):]+)\.md\)")
_CONTENTS = "{section}\n```{{toctree}}\n:hidden:\n:caption: {title}\n\n{names}\n```\n"


def setup(app: Sphinx) -> None:
    """Have each page completed as it is read."""
    app.connect("source-read", _complete)


def _complete(_: Sphinx, page: str, source: list[str]) -> None:
    depth = page.count("/")
    source[0] = _OUTSIDE.sub(lambda found: _link(found, depth), source[0])
    if page == "index":
        source[0] = _SECTION.sub(_with_contents, source[0])


def _link(found: re.Match[str], depth: int) -> str:
    """A link to a file that is no page leads to the repository."""
    is_outside = found["up"].count("../") > depth
    return f"]({_SOURCES}{found['path']})" if is_outside else found[0]


def _with_contents(found: re.Match[str]) -> str:
    """A section of the index, whose pages become a part of the navigation."""
    names = "\n".join(each for each in _PAGE.findall(found["pages"]) if not each.startswith(".."))
    if not names:
        return found[0]
    return _CONTENTS.format(section=found[0], title=found["title"], names=names)
