"""What is shipped: package list, wheel and sdist against the folders of the repository."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tarfile
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import ROOT

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

if TYPE_CHECKING:
    from pathlib import Path

TIMEOUT_S = 120
NOT_COPIED = (".*", "build", "dist", "*.egg-info", "__pycache__", "node_modules", "tests")
NO_INDEX = ("No matching distribution", "Could not find a version", "Connection", "NameResolution")
FOLDERS = {"schemas": {".py", ".json"}, "suites": {".py", ".toml"}}


@pytest.fixture(scope="module")
def project() -> dict[str, Any]:
    """The parsed pyproject.toml."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with wheel and sdist, built from a copy so that the checkout stays as it is."""
    source = tmp_path_factory.mktemp("source") / "project"
    shutil.copytree(ROOT, source, ignore=shutil.ignore_patterns(*NOT_COPIED))
    target = tmp_path_factory.mktemp("dist")
    ended = subprocess.run(
        [sys.executable, "-m", "build", "--outdir", str(target), str(source)],
        capture_output=True,
        text=True,
        timeout=TIMEOUT_S,
        check=False,
    )
    told = ended.stdout + ended.stderr
    if ended.returncode and any(word in told for word in NO_INDEX):
        pytest.skip("the build back end cannot be fetched here: no package index in reach")
    assert 0 == ended.returncode, told
    return target


@pytest.fixture(scope="module")
def wheel(built: Path) -> set[str]:
    """The names in the wheel."""
    with zipfile.ZipFile(next(built.glob("*.whl"))) as archive:
        return set(archive.namelist())


@pytest.fixture(scope="module")
def sdist(built: Path) -> set[str]:
    """The names in the sdist, without its top folder."""
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        return {name.partition("/")[2] for name in archive.getnames()}


def shipped(folder: str, suffixes: set[str]) -> set[str]:
    """The files of a folder that belong to the product."""
    return {
        path.relative_to(ROOT / folder).as_posix()
        for path in (ROOT / folder).rglob("*")
        if path.suffix in suffixes and "__pycache__" not in path.parts
    }


def test_packages_are_the_folders(project: dict[str, Any]) -> None:
    """The list in pyproject.toml names every folder with code, and no other."""
    found = {
        ".".join(path.parent.relative_to(ROOT).parts)
        for path in (ROOT / "pytest_auth0_mfa").rglob("__init__.py")
    }
    expected = found | {f"pytest_auth0_mfa.{name}" for name in FOLDERS}
    assert expected == set(project["tool"]["setuptools"]["packages"])


def test_every_folder_with_code_is_a_package() -> None:
    """A folder without `__init__.py` would not be shipped."""
    folders = {path.parent for path in (ROOT / "pytest_auth0_mfa").rglob("*.py")}
    assert [] == [str(folder) for folder in folders if not (folder / "__init__.py").exists()]


@pytest.mark.parametrize("folder", FOLDERS)
class TestContents:
    """Schemas and suites, which live at the top of the repository, are shipped whole."""

    def test_of_the_wheel(self, wheel: set[str], folder: str) -> None:
        """In the wheel they are inside the package."""
        prefix = f"pytest_auth0_mfa/{folder}/"
        found = {name.removeprefix(prefix) for name in wheel if name.startswith(prefix)}
        assert shipped(folder, FOLDERS[folder]) == found

    def test_of_the_sdist(self, sdist: set[str], folder: str) -> None:
        """In the sdist they are where they are in the repository."""
        found = {
            name.removeprefix(f"{folder}/")
            for name in sdist
            if name.startswith(f"{folder}/") and "." in name
        }
        assert shipped(folder, FOLDERS[folder]) == found


def test_wheel_has_every_module(wheel: set[str]) -> None:
    """All code of the package and its data is in the wheel, with the mark of typed packages."""
    prefix = "pytest_auth0_mfa/"
    found = {name.removeprefix(prefix) for name in wheel if name.startswith(prefix)}
    expected = shipped("pytest_auth0_mfa", {".py", ".typed", ".toml", ".j2", ".css", ".js"})
    assert expected == {n for n in found if not n.startswith(("schemas/", "suites/"))}


def test_wheel_holds_nothing_else(wheel: set[str]) -> None:
    """Neither tests nor conftest, benchmarks or documentation get into a user's environment."""
    tops = {name.partition("/")[0] for name in wheel}
    assert {"pytest_auth0_mfa"} == {top for top in tops if not top.endswith(".dist-info")}


def test_wheel_registers_plugin_and_command(built: Path) -> None:
    """pytest finds the plugin, and the shell the command."""
    with zipfile.ZipFile(next(built.glob("*.whl"))) as archive:
        name = next(n for n in archive.namelist() if n.endswith("entry_points.txt"))
        told = archive.read(name).decode()
    assert "[pytest11]\nauth0_mfa = pytest_auth0_mfa.plugin" in told
    assert "[console_scripts]\nauth0-mfa = pytest_auth0_mfa.cli:main" in told


def test_wheel_runs_the_suites(
    built: Path, tmp_path: Path, bare_environment: dict[str, str]
) -> None:
    """From the unpacked wheel, in an empty directory, a bundled test runs and conforms."""
    site, empty = tmp_path / "site", tmp_path / "empty"
    empty.mkdir()
    with zipfile.ZipFile(next(built.glob("*.whl"))) as archive:
        archive.extractall(site)  # noqa: S202 - built a moment ago from this repository
    command = [sys.executable, "-m", "pytest", "--auth0-conformance", "-k", "test_wrong_code_is"]
    ended = subprocess.run(
        command,
        cwd=empty,
        env={**bare_environment, "PYTHONPATH": str(site)},
        capture_output=True,
        text=True,
        timeout=TIMEOUT_S,
        check=False,
    )
    assert 0 == ended.returncode, ended.stdout + ended.stderr
    assert "5 conforms" in ended.stdout
    assert {path.name for path in empty.iterdir()} <= {".pytest_cache"}
