"""The page of options, from the plugin's own table of them."""

from __future__ import annotations

from typing import Final

from pytest_auth0_mfa.plugin.options import OPTIONS
from tests.docs.markdown import escaped, table

NAME: Final = "reference/options.md"
HEAD: Final = """\
# Options of pytest

Each option can stand in the ini file of your project (`[tool.pytest.ini_options]`, `pytest.ini`)
under its key, and where it makes sense in a variable of the environment or of `.env`. The first of
these that has a value wins: option, environment, `.env`, ini file, default; the header of a run
tells which it was. No option takes a secret.

"""


def page() -> str:
    """The page as Markdown."""
    rows = [
        (
            f"`{each.flag}`" + (f" `{each.extra['metavar']}`" if "metavar" in each.extra else ""),
            f"`{each.name}`",
            f"`{each.variable}`" if each.variable else "",
            escaped(each.help),
            f"`{each.default}`" if each.default else "",
        )
        for each in OPTIONS
    ]
    return HEAD + table(("option", "ini key", "variable", "meaning", "default"), rows)
