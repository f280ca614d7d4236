"""What an answer tells of the limit that it was counted under.

Source: https://auth0.com/docs/troubleshoot/customer-support/operational-policies/rate-limit-policy/rate-limit-use-cases
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Told:
    """`left` of `limit` requests may still be sent, and more in `more_in_s`."""

    limit: int
    left: int
    more_in_s: float


def limits_told(headers: Mapping[str, str], tenant_now: float) -> Told | None:
    """Read `x-ratelimit-*`; None where they are not there or are no whole numbers."""
    names = ("x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset")
    texts = [headers.get(name, "") for name in names]
    if not all(text.isascii() and text.isdigit() for text in texts):
        return None
    limit, left, reset_at = map(int, texts)
    return Told(limit, left, max(0.0, reset_at - tenant_now)) if limit else None
