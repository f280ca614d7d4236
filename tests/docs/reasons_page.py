"""The page of reasons: every text by which a run says why something was not judged, or not run.

Read off the source, where each is written as it is raised.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from tests.conftest import ROOT
from tests.docs.markdown import escaped

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NAME: Final = "reference/reasons.md"
HEAD: Final = """\
# Reasons

The words by which a run says why a test was not judged, or why it did not begin; look here for what
you see. Where a text depends on the case there is an ellipsis: …
"""
PARTS: Final = {
    "`untested`": ("It cannot be exercised here; the test is skipped.", ("Untestable",)),
    "`inapplicable`": ("The tenant does not have the feature.", ("Inapplicable",)),
    "`inconclusive`, the way to the tenant": (
        "Something else than the tenant's conformance got in the way: an error, never a failure.",
        ("Disturbance", "Interruption"),
    ),
    "`inconclusive`, a step before": (
        "A step that has a requirement of its own did not work, and nothing follows for this one.",
        ("Prerequisite", "Malformed"),
    ),
    "`inconclusive`, delivery": (
        "A code or a prompt did not arrive, or could not be read.",
        ("Undelivered",),
    ),
    "The run does not begin: the tenant": (
        "Usage error, exit status 4, before the first test.",
        ("TenantError",),
    ),
    "The run does not begin: a setting": (
        "Usage error, exit status 4, before the first request.",
        ("SettingsError",),
    ),
}


def page() -> str:
    """The page as Markdown."""
    found = _found()
    return HEAD + "".join(
        f"\n## {title}\n\n{about}\n\n{_listed(found, classes)}"
        for title, (about, classes) in PARTS.items()
    )


def _listed(found: dict[str, set[str]], classes: tuple[str, ...]) -> str:
    texts = {text for name in classes for text in found[name]}
    return "".join(f"* {escaped(text)}\n" for text in sorted(texts, key=str.lower))


def _found() -> dict[str, set[str]]:
    """The texts that say something by themselves, by the class that is raised."""
    found: dict[str, set[str]] = defaultdict(set)
    for path in _sources():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
                text = _text(node.args[0])
                if any(word.isalpha() for word in text.split()):
                    found[node.func.id].add(text)
    return found


def _sources() -> Iterator[Path]:
    package = ROOT / "pytest_auth0_mfa"
    return (path for path in sorted(package.rglob("*.py")) if "mock" not in path.parts)


def _text(node: ast.expr) -> str:
    """A text as it is written, with an ellipsis for each part that depends."""
    if isinstance(node, ast.Constant):
        return " ".join(str(node.value).split())
    if isinstance(node, ast.JoinedStr):
        parts = (str(p.value) if isinstance(p, ast.Constant) else "…" for p in node.values)
        return " ".join("".join(parts).split()).replace("……", "…")
    return ""
