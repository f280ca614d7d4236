"""Measures deviations, several at once: begun early, looked at when somebody asks."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from tests.deviations.catching import catch
from tests.deviations.elsewhere import elsewhere
from tests.deviations.found import Catch, Found

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from concurrent.futures import Future

    from pytest_auth0_mfa.mock.deviations import Deviation
    from tests.deviations.elsewhere import Elsewhere
    from tests.deviations.expected import Run


class Measuring:
    """What the suites find of deviations. What is not begun is measured when it is asked for."""

    def __init__(self, run: Run, at_once: int) -> None:
        """Begin nothing yet."""
        self._run = run
        self._pool = ThreadPoolExecutor(at_once)
        self._catches: dict[str, Future[Catch]] = {}
        self._elsewhere: dict[str, Future[dict[str, Elsewhere]]] = {}

    def begin(self, deviations: Iterable[Deviation], groups: Iterable[Sequence[Deviation]]) -> None:
        """Begin to look what catches each of these, and what these groups turn red elsewhere."""
        for deviation in deviations:
            self._begin(deviation)
        for group in groups:
            begun = self._pool.submit(elsewhere, group, self._run)
            self._elsewhere.update(dict.fromkeys((each.name for each in group), begun))

    def found(self, deviation: Deviation) -> Found:
        """Wait for what is found of a deviation; raises `RunFailedError`."""
        caught, tried = self._begin(deviation).result(), self.elsewhere(deviation)
        return Found(deviation, caught, tried and frozenset(name for name, _ in tried.red))

    def elsewhere(self, deviation: Deviation) -> Elsewhere | None:
        """Wait for what a deviation of the groups does beside its own; None of any other."""
        begun = self._elsewhere.get(deviation.name)
        return begun.result()[deviation.name] if begun else None

    def _begin(self, deviation: Deviation) -> Future[Catch]:
        if deviation.name not in self._catches:
            self._catches[deviation.name] = self._pool.submit(catch, deviation, self._run)
        return self._catches[deviation.name]

    def close(self) -> None:
        """Begin nothing further."""
        self._pool.shutdown(cancel_futures=True)
