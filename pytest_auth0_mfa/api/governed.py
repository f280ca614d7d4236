"""What is known of a tenant's limits, in memory or in a file that the processes of a run share.

Owns the file, a few numbers under a lock. Must not decide anything.
"""

from __future__ import annotations

import os
import struct
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING, Final, Protocol

from pytest_auth0_mfa.api.bucket import Bucket

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

FREE: Final = 300
"""Requests a minute. Every other plan is limited by the second: by as many as it tells."""

FREE_INTERVAL_S: Final = 0.2

_POLL_S: Final = 0.001
_FORM: Final = struct.Struct("<14d")


def _endpoints() -> dict[str, Bucket]:
    return {"/oauth/token": Bucket(30, 1 / 30), "/.well-known/jwks.json": Bucket(20, 1 / 20)}


@dataclass(slots=True)
class Limits:
    """The limits of a tenant: of the whole API by its `plan`, 0 if none was told, and of endpoints.

    They begin as those of the free plan. `granted` counts the requests that were given a turn.
    """

    plan: float = 0
    granted: float = 0
    api: Bucket = field(default_factory=lambda: Bucket(FREE, FREE_INTERVAL_S))
    endpoints: dict[str, Bucket] = field(default_factory=_endpoints)

    def pack(self) -> bytes:
        """All of it in a fixed number of bytes."""
        numbers = [self.plan, self.granted]
        for each in self._buckets():
            numbers += [each.burst, each.interval_s, each.full_at, each.held_until]
        return _FORM.pack(*numbers)

    def unpack(self, packed: bytes) -> None:
        """Take over what was packed."""
        self.plan, self.granted, *numbers = _FORM.unpack(packed)
        for each in self._buckets():
            each.burst, each.interval_s, each.full_at, each.held_until = numbers[:4]
            numbers = numbers[4:]

    def _buckets(self) -> list[Bucket]:
        return [self.api, *self.endpoints.values()]


class Store(Protocol):
    """Gives the limits to one at a time."""

    def opened(self) -> AbstractContextManager[Limits]:
        """The limits; what is changed in the block is kept."""
        ...

    def close(self) -> None:
        """Let go of what others may still use."""
        ...


class InMemory:
    """The limits as one process keeps them."""

    def __init__(self) -> None:
        """Begin with nothing known."""
        self._limits = Limits()
        self._lock = Lock()

    @contextmanager
    def opened(self) -> Iterator[Limits]:
        """The limits, for one thread at a time."""
        with self._lock:
            yield self._limits

    def close(self) -> None:
        """Nothing is open."""


class InFile:
    """The limits as all processes of a run on this machine keep them."""

    def __init__(self, file: Path) -> None:
        """Keep them in `file`, which may be there already."""
        from filelock import FileLock  # noqa: PLC0415 - where processes share only

        self._lock = FileLock(file.with_suffix(".lock"))
        self._descriptor = os.open(file, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0))

    @contextmanager
    def opened(self) -> Iterator[Limits]:
        """The limits, for one process and thread at a time."""
        limits = Limits()
        with self._lock.acquire(poll_interval=_POLL_S):
            os.lseek(self._descriptor, 0, os.SEEK_SET)
            packed = os.read(self._descriptor, _FORM.size)
            if packed:
                limits.unpack(packed)
            yield limits
            os.lseek(self._descriptor, 0, os.SEEK_SET)
            os.write(self._descriptor, limits.pack())

    def close(self) -> None:
        """Close the file."""
        os.close(self._descriptor)
