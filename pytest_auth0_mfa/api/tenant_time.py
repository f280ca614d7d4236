"""How far the tenant's clock is from ours, by the `Date` of its answers.

One-time passwords, signed assertions and deadlines go by the tenant's clock, and nobody sees to it
that ours is right. `Date` tells whole seconds (https://www.rfc-editor.org/rfc/rfc9110#section-6.6.1),
so that each answer gives a range in which the difference lies. The lower end is taken: a code of
the time step before is accepted, one of the next is not.
"""

from __future__ import annotations

import time
from email.utils import parsedate_to_datetime
from typing import Final

_RESOLUTION_S: Final = 1.0


class TenantTime:
    """The difference between the two clocks, from a second too little to right."""

    def __init__(self) -> None:
        """Take the clocks for equal until the tenant was heard."""
        self.ahead_s = 0.0
        self._is_known = False
        self._text = ""
        self._moment = 0.0

    def now(self) -> float:
        """The tenant's time in epoch seconds."""
        return time.time() + self.ahead_s

    def note(self, date: str | None, sent_at: float, received_at: float) -> None:
        """Learn from the `Date` of an answer; the moments are ours, in epoch seconds."""
        if not date or not self._read(date):
            return
        least, most = self._moment - received_at, self._moment + _RESOLUTION_S - sent_at
        if not self._is_known or not least <= self.ahead_s <= most:
            self.ahead_s, self._is_known = least, True

    def _read(self, date: str) -> bool:
        if date != self._text:
            try:
                self._moment = parsedate_to_datetime(date).timestamp()
            except ValueError:
                return False
            self._text = date
        return True
