"""Moments as the tenant writes them.

Owns their one spelling. Must not know what time it is.
"""

from __future__ import annotations


def iso(epoch_s: float) -> str:
    """Write a moment as in recorded claims and push notifications: `2021-09-03T21:13:48.662Z`."""
    from datetime import datetime, timezone  # noqa: PLC0415  Only logins need it.

    moment = datetime.fromtimestamp(epoch_s, timezone.utc)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
