"""The page of hooks that a conftest may implement."""

from __future__ import annotations

import inspect
from typing import Final

from pytest_auth0_mfa.plugin import hookspecs
from tests.docs.markdown import signature, told

NAME: Final = "reference/hooks.md"
HEAD: Final = """\
# Hooks

Write them into your `conftest.py`. Each is asked once for a test that needs it, and the first
answer that is not None counts.
"""


def page() -> str:
    """The page as Markdown."""
    hooks = inspect.getmembers(hookspecs, inspect.isfunction)
    named = [(name, each) for name, each in hooks if name.startswith("pytest_auth0_")]
    return HEAD + "".join(
        f"\n## `{name}`\n\n```text\n{name}{signature(each)}\n```\n\n{told(each)}\n"
        for name, each in named
    )
