"""Which tests run: the bundled suites on request, each requirement for each of its factors."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from pytest_auth0_mfa.errors import CatalogueError
from pytest_auth0_mfa.plugin.refusal import REASON

if TYPE_CHECKING:
    from pytest_auth0_mfa.judge.catalogue import Requirement

MARKER: Final = "requirement"
FACTOR_FIXTURE: Final = "mfa_factor"
NO_FACTOR: Final = "any"
EXPLORATION: Final = "auth0-exploration"
"""The name of the item that `--auth0-explore` adds."""

UNOFFERED: Final = pytest.StashKey[bool]()
"""Set on a test whose factor the tenant does not claim to offer."""


def suites_root() -> Path:
    """The folder of the bundled suites, wherever the package is installed."""
    spec = find_spec("pytest_auth0_mfa.suites")
    if spec is None or spec.origin is None:
        raise pytest.UsageError("the bundled suites are missing: reinstall pytest-auth0-mfa")
    return Path(spec.origin).parent


def paths_beside(config: pytest.Config) -> list[str]:
    """The paths that pytest would run without ours where none is given; they must be spelled out.

    As pytest has it: `testpaths` where it is started in the root of the project, otherwise the
    folder in which it is started (https://docs.pytest.org/en/stable/reference/reference.html#confval-testpaths).
    """
    if config.known_args_namespace.file_or_dir:
        return []
    here = config.invocation_params.dir
    patterns = config.getini("testpaths") if here == config.rootpath else []
    found = (path for pattern in patterns for path in sorted(here.glob(pattern)))
    return [str(path) for path in found] or [str(here)]


def collect_suite(file_path: Path, parent: pytest.Collector) -> pytest.Module | None:
    """A module of the suites that the project's own `python_files` passes over."""
    if file_path.parent != suites_root() or not file_path.match("test_*.py"):
        return None
    patterns = parent.config.getini("python_files")
    if parent.session.isinitpath(file_path) or any(map(file_path.match, patterns)):
        return None
    return pytest.Module.from_parent(parent, path=file_path)


def names_suites(config: pytest.Config) -> bool:
    """Whether the arguments of this run name the bundled suites, as a path or as a package."""
    words = [word.partition("::")[0] for word in config.args]
    if any(word.startswith("pytest_auth0_mfa.suites") for word in words):
        return True
    paths = [config.invocation_params.dir / word for word in words if word]
    if not any(path.name == "suites" or "suites" in path.parts for path in paths):
        return False
    root = suites_root().resolve()
    return any(path.resolve() == root or root in path.resolve().parents for path in paths)


def requirement_of(item: pytest.Item | pytest.Function) -> Requirement | None:
    """The requirement that a test judges, None for any other test and for a refused one.

    Raises `CatalogueError` for an id that is not in the catalogue.
    """
    from pytest_auth0_mfa.judge.catalogue import load_catalogue  # noqa: PLC0415 - lazily

    marker = item.get_closest_marker(MARKER)
    if marker is None or REASON in item.stash:
        return None
    return load_catalogue()[marker.args[0] if marker.args else ""]


def explores(item: pytest.Item) -> bool:
    """Whether an item is the exploration of the tenant."""
    return item.nodeid == EXPLORATION


def parametrize(metafunc: pytest.Metafunc) -> None:
    """Run a test of a requirement once for each factor of the requirement."""
    if FACTOR_FIXTURE not in metafunc.fixturenames:
        return
    try:
        requirement = requirement_of(metafunc.definition)
    except CatalogueError:
        return  # Told once the test is collected.
    if requirement is not None:
        metafunc.parametrize(FACTOR_FIXTURE, requirement.factors, indirect=True)


def factor_of(item: pytest.Item) -> str:
    """The factor for which a test judges its requirement."""
    callspec = getattr(item, "callspec", None)
    if callspec is not None and FACTOR_FIXTURE in callspec.params:
        return str(callspec.params[FACTOR_FIXTURE])
    requirement = requirement_of(item)
    return requirement.factors[0] if requirement else NO_FACTOR


def keep_chosen(config: pytest.Config, items: list[pytest.Item], factors: tuple[str, ...]) -> None:
    """Deselect tests of requirements for factors that were not asked for."""
    chosen = {*factors, NO_FACTOR}
    kept = [item for item in items if not _judges(item) or factor_of(item) in chosen]
    dropped = [item for item in items if item not in set(kept)]
    if dropped:
        config.hook.pytest_deselected(items=dropped)
        items[:] = kept


def skip_unoffered(items: list[pytest.Item], offered: tuple[str, ...]) -> None:
    """Mark the tests for factors that the profile does not claim to offer as skipped.

    By a mark, so that pytest skips them before it sets up any fixture.
    """
    for item in items:
        if _judges(item) and factor_of(item) not in {*offered, NO_FACTOR}:
            reason = f"the profile does not list the factor {factor_of(item)!r} as offered"
            item.add_marker(pytest.mark.skip(reason=reason))
            item.stash[UNOFFERED] = True


def _judges(item: pytest.Item) -> bool:
    return item.get_closest_marker(MARKER) is not None
