"""Which time steps of a one-time password generator were used, so that none is used twice.

Owns the count, one number for each user and secret; in a file under a lock where several processes
may use the same. Holds no secret: a generator is known by a hash.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from hashlib import sha256
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_NONE: Final = -1


class Steps:
    """Gives each time step of a generator to one who asks for it, in their order."""

    def __init__(self, file: Path | None = None) -> None:
        """Count in `file`, which all processes share; None where each has users of its own."""
        self._file = file
        self._latest: dict[str, int] = {}

    def claim(self, user: str, secret: str, candidates: Iterable[int]) -> int | None:
        """The first candidate that is later than any step given before, None if there is none.

        A tenant may refuse whatever is older than the latest code that it took.
        """
        generator = sha256(f"{user} {secret}".encode()).hexdigest()
        with self._locked() as latest:
            last = latest.get(generator, _NONE)
            step = next((each for each in candidates if each > last), None)
            if step is not None:
                latest[generator] = step
        return step

    @contextmanager
    def _locked(self) -> Iterator[dict[str, int]]:
        if self._file is None:
            yield self._latest
            return
        from filelock import FileLock  # noqa: PLC0415 - where processes share only

        with FileLock(self._file.with_suffix(".lock")):
            text = self._file.read_text(encoding="utf-8") if self._file.exists() else "{}"
            latest: dict[str, int] = json.loads(text)
            yield latest
            self._file.write_text(json.dumps(latest), encoding="utf-8")
