"""pytest-xdist: what the controller hands down to its workers. Does not import xdist."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import pytest

KEY: Final = "auth0_mfa"
"""The entry of `workerinput` that is ours."""


@dataclass(frozen=True, slots=True)
class Worker:
    """The process that runs tests: its name, its number and how many there are."""

    name: str
    index: int
    count: int


def worker_of(config: pytest.Config) -> Worker:
    """The process among those that run tests; `main` where tests are not distributed."""
    handed = getattr(config, "workerinput", None)
    if handed is None:
        return Worker("main", 0, 1)
    name = str(handed["workerid"])
    return Worker(name, int(name.removeprefix("gw")), int(handed["workercount"]))


def is_worker(config: pytest.Config) -> bool:
    """Whether this process runs tests for a controller."""
    return hasattr(config, "workerinput")


def handed_down(config: pytest.Config) -> dict[str, str] | None:
    """What the controller handed to this worker, None in any other process."""
    handed = getattr(config, "workerinput", {}).get(KEY)
    return handed if isinstance(handed, dict) else None
