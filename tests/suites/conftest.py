"""The suites as texts, for tests that look at them without running them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.suites.reading import read_modules, read_tests

if TYPE_CHECKING:
    import ast

    from tests.suites.reading import SuiteTest


@pytest.fixture(scope="session")
def modules() -> dict[str, ast.Module]:
    """The syntax tree of each module of the suites, by file name."""
    return read_modules()


@pytest.fixture(scope="session")
def suite_tests() -> list[SuiteTest]:
    """Every test function of the suites, in whatever class or block it stands."""
    return read_tests()
