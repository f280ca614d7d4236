"""Numbers by name that the processes of a run share, in a file under a lock.

Where there is but one process they stay in memory. Must not know what is counted.
"""

from __future__ import annotations

import json
from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class SharedCounts:
    """Gives the numbers to one process at a time."""

    def __init__(self, file: Path | None = None) -> None:
        """Keep them in `file`; None where nobody else counts."""
        self._file = file
        self._counts: Counter[str] = Counter()

    @contextmanager
    def locked(self) -> Iterator[Counter[str]]:
        """The numbers, to be read and changed; kept when the block ends well."""
        if self._file is None:
            yield self._counts
            return
        from filelock import FileLock  # noqa: PLC0415 - where processes share only

        with FileLock(self._file.with_suffix(".lock")):
            text = self._file.read_text(encoding="utf-8") if self._file.exists() else "{}"
            counts: Counter[str] = Counter(json.loads(text))
            yield counts
            self._file.write_text(json.dumps(counts), encoding="utf-8")
