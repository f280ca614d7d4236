"""What users were promised by name: public names, typed package, the README's two commands."""

from __future__ import annotations

import importlib
import re
from importlib import metadata

import pytest

import pytest_auth0_mfa
from pytest_auth0_mfa import guardian, schemas
from tests.conftest import ROOT

COMMANDS = """\
python3 -m venv .venv && .venv/bin/pip install -q -e . && .venv/bin/pytest suites
python3 -m venv .venv && .venv/bin/pip install -q -e '.[dev]' && .venv/bin/pytest tests
"""


@pytest.mark.parametrize("name", pytest_auth0_mfa.__all__)
def test_public_name_resolves(name: str) -> None:
    """Each name of `__all__` can be had from the top level."""
    assert getattr(pytest_auth0_mfa, name) is not None


@pytest.mark.parametrize("name", schemas.__all__)
def test_schemas_name_resolves(name: str) -> None:
    """Each name of the schemas' `__all__` exists."""
    assert getattr(schemas, name) is not None


@pytest.mark.parametrize("name", guardian.__all__)
def test_guardian_name_resolves(name: str) -> None:
    """Each name of the push device's `__all__` can be had from its package."""
    assert getattr(guardian, name) is not None


def test_unknown_name_is_an_attribute_error() -> None:
    """A misspelled name is told as for any module."""
    with pytest.raises(AttributeError, match="'pytest_auth0_mfa' has no attribute 'Tennant'"):
        importlib.import_module("pytest_auth0_mfa").Tennant  # noqa: B018 - the access is tested


def test_one_version() -> None:
    """The version of the code is that of the installed distribution."""
    assert metadata.version("pytest-auth0-mfa") == pytest_auth0_mfa.__version__


def test_entry_points() -> None:
    """The distribution registers one plugin and one command."""
    points = metadata.distribution("pytest-auth0-mfa").entry_points
    assert {("pytest11", "auth0_mfa"), ("console_scripts", "auth0-mfa")} == {
        (point.group, point.name) for point in points
    }


def test_readme_begins_with_the_two_commands() -> None:
    """The first code block is what a newcomer copies: exactly the two commands."""
    text = (ROOT / "README.md").read_text("utf-8")
    block = re.search(r"^```\w*\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    assert block is not None
    assert COMMANDS == block.group(1)
