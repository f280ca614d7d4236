"""Catalogue and suites belong together: no requirement without test, nor the reverse."""

from __future__ import annotations

import ast
import sys
from typing import TYPE_CHECKING

import pytest

from pytest_auth0_mfa.judge.catalogue import load_catalogue
from tests.conftest import SUITES

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import SuitesRun
    from tests.suites.reading import SuiteTest

INTERRUPTION = "error.mfa-required"
"""The one error response that is a success: the login goes on."""

FORM_OF_ERRORS = "errors"


def test_every_requirement_has_a_test(suite_tests: list[SuiteTest]) -> None:
    """What the catalogue promises is judged."""
    tested = {name for test in suite_tests for name in test.requirements}
    assert [] == [entry.id for entry in load_catalogue() if entry.id not in tested]


def test_every_test_has_one_known_requirement(suite_tests: list[SuiteTest]) -> None:
    """Each test judges exactly one requirement, and one that exists."""
    known = {entry.id for entry in load_catalogue()}
    one_known = [t for t in suite_tests if len(t.requirements) == 1 and known >= {*t.requirements}]
    assert [] == [str(test) for test in suite_tests if test not in one_known]


def test_every_requirement_runs_for_each_factor(run_suites: Callable[..., SuitesRun]) -> None:
    """A run has an entry for each requirement and each of its factors, and no other."""
    expected = {(entry.id, factor) for entry in load_catalogue() for factor in entry.factors}
    assert expected == set(run_suites().verdicts())


def test_every_refusal_has_a_control(suite_tests: list[SuiteTest]) -> None:
    """A test of a requirement about an error also shows that the faultless request is accepted.

    The group `errors` is about the form that all errors share, for whatever reason they came.
    """
    about_errors = {
        entry.id
        for entry in load_catalogue()
        if entry.group != FORM_OF_ERRORS
        and any(r.startswith("error.") and r != INTERRUPTION for r in entry.responses)
    }
    assert len(about_errors) > 30
    tests = [test for test in suite_tests if about_errors & set(test.requirements)]
    assert [] == [str(test) for test in tests if "control" not in test.calls()]


def test_every_refusal_is_controlled_in_the_same_test(suite_tests: list[SuiteTest]) -> None:
    """Whoever judges a refusal calls the control."""
    tests = [test for test in suite_tests if "refuses" in test.calls()]
    assert len(tests) > 30
    assert [] == [str(test) for test in tests if "control" not in test.calls()]


def test_every_test_uses_its_judge(suite_tests: list[SuiteTest]) -> None:
    """A test that never asks the judge could not fail."""
    assert [] == [str(test) for test in suite_tests if not test.calls()]


def test_every_test_says_what_must_hold(suite_tests: list[SuiteTest]) -> None:
    """Each has a docstring of at least one sentence."""
    bare = [t for t in suite_tests if not (ast.get_docstring(t.node) or "").partition("\n")[0]]
    assert [] == [str(test) for test in bare]


def test_every_module_says_what_it_is_about(modules: dict[str, ast.Module]) -> None:
    """Each has a docstring."""
    assert [] == [name for name, module in modules.items() if not ast.get_docstring(module)]


def test_names_are_unique(suite_tests: list[SuiteTest]) -> None:
    """Two tests of one name would be one for `-k` and for readers."""
    names = [test.node.name for test in suite_tests]
    assert [] == [name for name in set(names) if names.count(name) > 1]


def test_suites_need_the_public_package_only(modules: dict[str, ast.Module]) -> None:
    """They import pytest, the standard library and the top level of the package."""
    allowed = {"pytest", "pytest_auth0_mfa", *sys.stdlib_module_names}
    odd = [
        f"{name}: {imported}"
        for name, module in modules.items()
        for imported in _imported(module)
        if imported not in allowed and imported.partition(".")[0] not in sys.stdlib_module_names
    ]
    assert [] == odd


def _imported(module: ast.Module) -> list[str]:
    """The modules that a module imports; relative ones begin with a dot."""
    found = []
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            found.append("." * node.level + (node.module or ""))
    return found


def test_suites_bring_no_configuration() -> None:
    """They hold neither conftest nor options, which a packaged suite could not rely on."""
    assert not (SUITES / "conftest.py").exists()


@pytest.mark.parametrize("word", ["sleep(", "time.time("])
def test_no_test_waits(modules: dict[str, ast.Module], word: str) -> None:
    """Time is moved through the user's clock and never waited for."""
    assert [] == [name for name, module in modules.items() if word in ast.unparse(module)]
