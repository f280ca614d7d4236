"""The examples of the README and of the pages for newcomers, executed as a reader would."""

from __future__ import annotations

import re
from textwrap import indent
from typing import TYPE_CHECKING

import pytest

from pytest_auth0_mfa.tenant.profile import read_profile
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from tests.plugin.conftest import Project

README = "README.md"
TUTORIAL = "docs/tutorial.md"
PAGES = (README, TUTORIAL, "docs/clocks.md", "docs/two-tokens.md", "docs/reference/responses.md")


def blocks(page: str, language: str) -> list[str]:
    """The code blocks of a page in one language."""
    text = (ROOT / page).read_text("utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.DOTALL | re.MULTILINE)


def examples(language: str) -> list[object]:
    """The examples of all pages, each with the name of its page."""
    return [pytest.param(each, id=page) for page in PAGES for each in blocks(page, language)]


def test_there_are_examples() -> None:
    """The tests below have something to run on each page."""
    assert (3, 1) == (len(blocks(README, "python")), len(blocks(README, "toml")))
    assert all(blocks(page, "python") for page in PAGES)


@pytest.mark.parametrize("example", examples("python"))
def test_python_example_passes(project: Project, example: str) -> None:
    """Tests that are shown pass against the mock as they stand, and a script runs."""
    tests = example.count("\ndef test_")
    shown = example if tests else f"def test_script():\n{indent(example, '    ')}"
    (project.pytester.path / "test_example.py").write_text(shown, "utf-8")
    ended = project.run()
    assert {"passed": tests or 1} == ended.outcomes, ended.text


@pytest.mark.parametrize("example", examples("toml"))
def test_profile_is_read(tmp_path: Path, example: str) -> None:
    """The profile that is shown can be used."""
    path = tmp_path / "profile.toml"
    path.write_text(example, "utf-8")
    assert "email" in read_profile(path).factors


def test_tutorial_quotes_what_is_said(project: Project) -> None:
    """The broken run of the tutorial says what the page shows, by the command that it gives."""
    (quoted,) = [each for each in blocks(TUTORIAL, "text") if each.startswith("violates")]
    text = (ROOT / TUTORIAL).read_text("utf-8")
    ((options, chosen),) = re.findall(r'pytest (.+ --auth0-deviation=\S+) -k "(.+)"', text)
    ended = project.run(*options.split(), "-k", chosen)
    assert quoted in ended.text
    assert 1 == ended.outcomes["failed"]
