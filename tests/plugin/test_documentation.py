"""The examples of the README, executed as a reader would."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pytest_auth0_mfa.tenant.profile import read_profile

if TYPE_CHECKING:
    from tests.plugin.conftest import Project

README = Path(__file__).parents[2] / "README.md"


def blocks(language: str) -> list[str]:
    """The code blocks of the README in one language."""
    return re.findall(
        rf"^```{language}\n(.*?)^```", README.read_text("utf-8"), re.DOTALL | re.MULTILINE
    )


def test_there_are_examples() -> None:
    """The tests below have something to run."""
    assert (3, 1) == (len(blocks("python")), len(blocks("toml")))


@pytest.mark.parametrize("example", blocks("python"))
def test_python_example_passes(project: Project, example: str) -> None:
    """A test that is shown passes against the mock as it stands."""
    (project.pytester.path / "test_example.py").write_text(example, "utf-8")
    ended = project.run()
    assert {"passed": 1} == ended.outcomes, ended.text


@pytest.mark.parametrize("example", blocks("toml"))
def test_profile_is_read(tmp_path: Path, example: str) -> None:
    """The profile that is shown can be used."""
    path = tmp_path / "profile.toml"
    path.write_text(example, "utf-8")
    assert "email" in read_profile(path).factors
