"""The suites as texts: their modules, and the tests with the requirement of each."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cache
from pathlib import Path

SUITES = Path(__file__).parents[2] / "suites"


@dataclass(frozen=True, slots=True)
class SuiteTest:
    """One test function of the suites; `requirements` are the ids in its markers."""

    module: str
    node: ast.FunctionDef
    requirements: tuple[str, ...]

    def __str__(self) -> str:
        """`test_login.py::test_right_password`."""
        return f"{self.module}::{self.node.name}"

    def calls(self) -> set[str]:
        """The names of the methods that the test calls on the judge."""
        return {
            call.func.attr
            for call in ast.walk(self.node)
            if isinstance(call, ast.Call)
            and isinstance(call.func, ast.Attribute)
            and isinstance(call.func.value, ast.Name)
            and call.func.value.id == "mfa_judge"
        }


@cache
def read_modules() -> dict[str, ast.Module]:
    """The syntax tree of each module of the suites, by file name."""
    paths = sorted(SUITES.glob("*.py"))
    return {path.name: ast.parse(path.read_text("utf-8")) for path in paths}


@cache
def read_tests() -> list[SuiteTest]:
    """Every test function of the suites, in whatever class or block it stands."""
    return [
        SuiteTest(name, node, _requirements(node))
        for name, module in read_modules().items()
        for node in ast.walk(module)
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    ]


def _requirements(node: ast.FunctionDef) -> tuple[str, ...]:
    """The ids in decorators such as `@requirement("MFA-LIST-ID")`."""
    return tuple(
        str(ast.literal_eval(decorator.args[0]))
        for decorator in node.decorator_list
        if isinstance(decorator, ast.Call)
        and ast.unparse(decorator.func) in {"requirement", "pytest.mark.requirement"}
    )
