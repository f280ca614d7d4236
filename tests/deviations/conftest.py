"""The runs that the tests of a session need: begun when it begins, looked at when it ends.

They take minutes in processes of their own, so that the other tests run meanwhile.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

import pytest

from tests.deviations.runs import Runs

if TYPE_CHECKING:
    from collections.abc import Iterator

BEGUN: Final = pytest.StashKey[Runs]()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests that wait for these runs last; the others keep their order."""
    items.sort(key=lambda item: item.get_closest_marker("power") is not None)


def pytest_collection_finish(session: pytest.Session) -> None:
    """Begin the runs at once, unless several workers of pytest-xdist would all begin them."""
    names = _deviations(session.items)
    if not names or session.config.option.collectonly or hasattr(session.config, "workerinput"):
        return
    folder = TemporaryDirectory(prefix="power-")
    session.config.add_cleanup(folder.cleanup)
    runs = session.config.stash[BEGUN] = Runs(names, Path(folder.name))
    session.config.add_cleanup(runs.close)


@pytest.fixture(scope="session")
def runs(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Runs]:
    """What was found of the deviations that this session asks for."""
    begun = request.config.stash.get(BEGUN, None)
    if begun is not None:
        yield begun
        return
    begun = Runs(_deviations(request.session.items), tmp_path_factory.mktemp("power"))
    yield begun
    begun.close()


def _deviations(items: list[pytest.Item]) -> list[str]:
    """The deviations that chosen tests ask for."""
    return [
        str(item.callspec.params["deviation"])
        for item in items
        if isinstance(item, pytest.Function)
        and hasattr(item, "callspec")
        and "deviation" in item.callspec.params
        and item.get_closest_marker("power")
    ]
