"""`--auth0-conformance`: the bundled suites of an installed package, from any project."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.plugin.conftest import Project

ONE = ("--auth0-conformance", "-k", "test_code_needs_no_challenge or test_own")
FLAG = "--auth0-conformance"


@pytest.fixture
def empty(project: Project, monkeypatch: pytest.MonkeyPatch, laid_out: Path) -> Project:
    """An empty directory, with the package installed as from a wheel."""
    monkeypatch.setenv("PYTHONPATH", str(laid_out))
    return project


@pytest.fixture
def own(empty: Project) -> Project:
    """A project with a test of its own."""
    empty.write(test_own="def test_own():\n    pass")
    return empty


def passed(project: Project, *arguments: str) -> int:
    """How many tests passed, where nothing else may happen."""
    ended = project.run_apart(*ONE, *arguments)
    outcomes = {name: n for name, n in ended.outcomes.items() if name != "deselected"}
    assert (0, {"passed"}) == (ended.status, set(outcomes)), ended.text
    return outcomes["passed"]


class TestWhereFrom:
    """The suites run from wherever pytest is started."""

    def test_empty_directory(self, empty: Project) -> None:
        """Nothing but the option is needed."""
        assert 1 == passed(empty)

    def test_workers(self, empty: Project) -> None:
        """The workers of pytest-xdist collect the suites too."""
        assert 1 == passed(empty, "-n", "2")

    def test_own_tests_by_path(self, own: Project) -> None:
        """The suites run beside the tests that are named."""
        assert 2 == passed(own, "test_own.py")

    def test_own_tests_without_path(self, own: Project) -> None:
        """The suites run beside what pytest would have run without the option."""
        assert 2 == passed(own)

    def test_own_tests_by_testpaths(self, empty: Project) -> None:
        """What pytest would have run may be told by `testpaths`."""
        empty.pytester.mkdir("checks").joinpath("test_own.py").write_text("def test_own(): pass")
        empty.pytester.makepyfile(test_own_elsewhere="def test_own(): pass")
        empty.pytester.makeini("[pytest]\ntestpaths = checks")
        assert 2 == passed(empty)

    @pytest.mark.parametrize("paths", [["test_own.py"], []])
    def test_own_tests_and_workers(self, own: Project, paths: list[str]) -> None:
        """Both run under pytest-xdist."""
        assert 2 == passed(own, "-n", "2", *paths)

    def test_subdirectory(self, own: Project, monkeypatch: pytest.MonkeyPatch) -> None:
        """A start from below the root of the project is as good."""
        monkeypatch.chdir(own.pytester.mkdir("below"))
        assert 1 == passed(own)

    @pytest.mark.parametrize("line", [f"addopts = {FLAG}", "auth0_conformance = true"])
    def test_asked_for_by_the_ini_file(self, own: Project, line: str) -> None:
        """A project may ask for the suites once and for all."""
        own.pytester.makeini(f"[pytest]\n{line}")
        ended = own.run_apart(*ONE[1:], "test_own.py")
        assert 2 == ended.outcomes["passed"], ended.text


class TestForeignConfiguration:
    """What a user's project configures for its own tests."""

    def test_other_names_of_files(self, empty: Project) -> None:
        """`python_files` does not hide the suites."""
        empty.pytester.makeini("[pytest]\npython_files = check_*.py")
        assert 1 == passed(empty)

    def test_strictness_and_import_mode(self, own: Project) -> None:
        """Warnings as errors, unknown names as errors, tests imported in another way."""
        strict = ("--strict-markers", "--strict-config", "-W", "error", "--import-mode=importlib")
        assert 2 == passed(own, *strict, "test_own.py")


class TestIdentity:
    """Node ids, by which people select and remember tests."""

    def listed(self, project: Project, *arguments: str) -> list[str]:
        """The node ids of the suites' tests, as pytest lists them."""
        ended = project.run_apart("--collect-only", "-q", FLAG, *arguments)
        return [line for line in ended.text.splitlines() if "::" in line and "test_own" not in line]

    def test_same_whatever_else_is_asked(self, own: Project) -> None:
        """Neither paths beside the suites nor a selection changes ids; none is listed twice."""
        alone = self.listed(own)
        assert len(alone) > 100
        assert sorted(set(alone)) == sorted(alone)
        assert alone == self.listed(own, "test_own.py")
        chosen = self.listed(own, "-k", "test_code_needs_no_challenge")
        assert (1, True) == (len(chosen), chosen[0] in alone)


class TestFactors:
    """`--auth0-factors`."""

    def test_others_are_deselected(self, empty: Project) -> None:
        """Tests for other factors count as deselected; those without a factor stay."""
        ended = empty.run_apart("--collect-only", "-q", FLAG, "--auth0-factors=recovery-code")
        assert "[recovery-code]" in ended.text
        assert "[otp]" not in ended.text
        assert "test_client_authenticates_with_basic" in ended.text
        assert "deselected" in ended.text

    def test_own_tests_stay(self, own: Project) -> None:
        """Tests that judge no requirement are none of its business."""
        assert 1 == passed(own, "--auth0-factors=recovery-code", "test_own.py")
