"""One message that was delivered to a test's address, whoever carried it.

Owns the form in which every mailbox hands messages over. Must not read codes out of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import Final

_FRACTION: Final = re.compile(r"\.(\d+)")
_MICROSECOND_DIGITS: Final = 6


@dataclass(frozen=True, slots=True)
class Message:
    """A text message, an e-mail, or what was spoken in a call; its `repr` shows no content.

    `id` is the provider's and never used twice; `to` is the address it was sent to. `code` is
    for providers that tell the code themselves. `arrived_at` is by the provider's clock: epoch
    seconds, or an ISO 8601 date and time (without an offset it is taken for UTC); it only orders
    messages. Raises `ValueError` for an `arrived_at` that is neither.
    """

    id: str
    to: str
    text: str = field(default="", repr=False)
    html: str = field(default="", repr=False)
    subject: str = field(default="", repr=False)
    code: str | None = field(default=None, repr=False)
    arrived_at: str | float | datetime | None = None

    def __post_init__(self) -> None:
        """Refuse a time that cannot be compared, where the mailbox's author sees it."""
        _ = self.moment

    @property
    def moment(self) -> float | None:
        """When it arrived in epoch seconds, None where the provider does not tell."""
        if self.arrived_at is None or isinstance(self.arrived_at, (int, float)):
            return self.arrived_at
        if isinstance(self.arrived_at, str):
            return _epoch_seconds(_parsed(self.arrived_at))
        return _epoch_seconds(self.arrived_at)


def _epoch_seconds(at: datetime) -> float:
    return (at if at.tzinfo else at.replace(tzinfo=timezone.utc)).timestamp()


def _parsed(text: str) -> datetime:
    # Python 3.10 reads neither a "Z" nor other fractions than 3 or 6 digits.
    plain = _FRACTION.sub(_microseconds, text.strip().replace("Z", "+00:00"), count=1)
    try:
        return datetime.fromisoformat(plain)
    except ValueError:
        raise ValueError(
            f"arrived_at: expected epoch seconds or an ISO 8601 date and time such as "
            f"2026-01-31T12:00:00Z, got {text!r}; leave it out if the provider does not tell"
        ) from None


def _microseconds(fraction: re.Match[str]) -> str:
    digits = fraction[1][:_MICROSECOND_DIGITS]
    return f".{digits:0<{_MICROSECOND_DIGITS}}"
