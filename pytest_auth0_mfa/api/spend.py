"""What a run has cost: requests, users, messages, wrong codes, Management calls, waiting."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pytest_auth0_mfa.api.waits import Cause


@dataclass(slots=True)
class Spend:
    """Counters of one test or of one run; those of waiting are in seconds, the rest are counts.

    `waited_s` is all waiting, the others that begin alike are its parts by `waits.Cause`.
    `retried` counts requests that were sent again, `repeated` tests that were run again.
    """

    requests: int = 0
    users: int = 0
    sms: int = 0
    voice: int = 0
    email: int = 0
    push: int = 0
    wrong_codes: int = 0
    management: int = 0
    waited_s: float = 0.0
    waited_limits_s: float = 0.0
    waited_retries_s: float = 0.0
    waited_steps_s: float = 0.0
    waited_decisions_s: float = 0.0
    waited_messages_s: float = 0.0
    retried: int = 0
    repeated: int = 0

    def message(self, channel: str) -> None:
        """Count a message that the tenant was made to send; other channels count nothing."""
        if channel in {"sms", "voice", "email", "push"}:
            setattr(self, channel, getattr(self, channel) + 1)

    def wait(self, cause: Cause, seconds: float) -> None:
        """Count a wait."""
        self.waited_s += seconds
        setattr(self, cause.counter, getattr(self, cause.counter) + seconds)

    def add(self, other: dict[str, float]) -> None:
        """Add the counters that another process reported."""
        for counter in fields(self):
            sum_ = getattr(self, counter.name) + other.get(counter.name, 0)
            setattr(self, counter.name, sum_)

    def to_json(self) -> dict[str, float]:
        """The counters as they stand in the JSON report."""
        return asdict(self)
