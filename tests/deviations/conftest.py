"""The runs that the tests of a session need, begun together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.deviations.runs import Runs

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def runs(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Runs]:
    """What was found of the deviations that this session asks for."""
    names = [
        str(item.callspec.params["deviation"])
        for item in request.session.items
        if isinstance(item, pytest.Function)
        and hasattr(item, "callspec")
        and "deviation" in item.callspec.params
        and item.get_closest_marker("power")
    ]
    begun = Runs(names, tmp_path_factory.mktemp("power"))
    yield begun
    begun.close()
