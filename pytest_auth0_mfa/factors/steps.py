"""Which time steps of a one-time password generator were used, so that none is used twice.

Owns the count, one number for each user and secret; in a file under a lock where several processes
may use the same. Holds no secret: a generator is known by a hash.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Final

from pytest_auth0_mfa.api.shared_counts import SharedCounts

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_NONE: Final = -1


class Steps:
    """Gives each time step of a generator to one who asks for it, in their order."""

    def __init__(self, file: Path | None = None) -> None:
        """Count in `file`, which all processes share; None where each has users of its own."""
        self._latest = SharedCounts(file)

    def claim(self, user: str, secret: str, candidates: Iterable[int]) -> int | None:
        """The first candidate that is later than any step given before, None if there is none.

        A tenant may refuse whatever is older than the latest code that it took.
        """
        generator = sha256(f"{user} {secret}".encode()).hexdigest()
        with self._latest.locked() as latest:
            last = latest.get(generator, _NONE)
            step = next((each for each in candidates if each > last), None)
            if step is not None:
                latest[generator] = step
        return step
