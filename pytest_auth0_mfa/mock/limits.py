"""Token buckets, on whatever clock the caller reads.

Owns how allowances are used up and come back. Must not know what is being limited.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Allowance:
    """How much may be spent: `burst` at once, one more every `refill_s` seconds."""

    burst: int
    refill_s: float


@dataclass(slots=True)
class Bucket:
    """What is left of an allowance; full at first.

    Auth0 limits by token buckets: https://auth0.com/docs/troubleshoot/customer-support/operational-policies/rate-limit-policy
    """

    spent: float = 0.0
    counted_at: float = 0.0

    def left(self, now: float, allowance: Allowance) -> int:
        """Return how many whole units may be spent at `now` (epoch seconds)."""
        returned = max(0.0, now - self.counted_at) / allowance.refill_s
        self.spent = max(0.0, self.spent - returned)
        self.counted_at = now
        # Fractions add up to 0.9999999 where a whole unit has come back.
        return int(allowance.burst - self.spent + 1e-6)

    def take(self, now: float, allowance: Allowance) -> bool:
        """Spend one unit and return True, or return False when none is left."""
        if self.left(now, allowance) < 1:
            return False
        self.spent += 1.0
        return True

    def full_in(self, allowance: Allowance) -> float:
        """Return in how many seconds, as last counted, the bucket is full again."""
        return self.spent * allowance.refill_s

    def reset(self) -> None:
        """Fill the bucket."""
        self.spent = 0.0
