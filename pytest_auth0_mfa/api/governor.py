"""Keeps requests within the limits of the tenant, over all processes of a run.

Owns the documented limits of the free plan and how they are corrected by what answers tell; the
tenant is right wherever it tells. Does not wait itself: it says when a request may be sent, in the
order in which it is asked. A tenant that tells no limits is not slowed down.
Sources: https://auth0.com/docs/troubleshoot/customer-support/operational-policies/rate-limit-policy/rate-limit-configurations/free-public
and https://auth0.com/docs/troubleshoot/customer-support/operational-policies/rate-limit-policy
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Final

from pytest_auth0_mfa.api.bucket import Bucket
from pytest_auth0_mfa.api.governed import FREE, FREE_INTERVAL_S, InMemory

if TYPE_CHECKING:
    from pytest_auth0_mfa.api.governed import Limits, Store
    from pytest_auth0_mfa.api.limits_told import Told

LONGEST_HOLD_S: Final = 60.0
"""For how long a moment is believed at which a tenant that refused nothing says to have more."""

_LOGINS: Final = partial(Bucket, 20, 6.0)
"""Of one user from one address: twenty in a minute, then ten a minute."""

_SHARE_OF_DOUBT: Final = 10
"""Of a limit, the part that may be set aside for requests of others on their way."""


@dataclass(frozen=True, slots=True)
class Turn:
    """When a request may be sent, and what it was counted under."""

    at: float
    path: str
    number: int


@dataclass(slots=True)
class Governor:
    """Gives turns to the requests of a run.

    `processes` share one tenant through the `store`. Logins of one user are counted where
    `counts_logins` says so; no two processes log in as the same user.
    """

    store: Store = field(default_factory=InMemory)
    processes: int = 1
    counts_logins: bool = True
    _logins: dict[str, Bucket] = field(default_factory=lambda: defaultdict(_LOGINS))
    _notes: list[tuple[Turn, Told, float]] = field(default_factory=list)

    def turn(self, path: str, login: str | None, now: float, ends_at: float) -> Turn:
        """Book the next moment for a request; `login` is the user whose password it carries.

        A moment after `ends_at` is told and not booked. What the answers before told is taken in
        here, so that a request costs one look at the store.
        """
        notes, self._notes = self._notes, []
        with self.store.opened() as limits:
            for turn, told, at in notes:
                self._take_in(limits, turn, told, at)
            endpoint = _endpoint(limits, path)
            moments = [(limits.api, limits.api.earliest(now))]
            moments += [(bucket, bucket.earliest(now, self.processes)) for bucket in endpoint]
            if login and self.counts_logins:
                bucket = self._logins[login]
                moments.append((bucket, bucket.earliest(now)))
            at = max(moment for _, moment in moments) if limits.plan else _held(limits, path, now)
            if at <= ends_at:
                limits.granted += 1
                # Each at its own moment: whoever waits for one limit does not stop all the others.
                for bucket, moment in moments:
                    bucket.book(moment)
            return Turn(at, path, int(limits.granted))

    def held_until(self, path: str) -> float:
        """Until when nobody may send there, as far as answers of the meantime say."""
        with self.store.opened() as limits:
            return _held(limits, path, 0.0)

    def told(self, turn: Turn, told: Told | None, now: float) -> None:
        """Learn from an answer; where the limit is reached, others learn it at once."""
        if told is None:
            return
        if told.left > self._doubt(told):
            self._notes.append((turn, told, now))
            return
        with self.store.opened() as limits:
            self._take_in(limits, turn, told, now)

    def refused(self, turn: Turn, told: Told | None, asked_s: float, now: float) -> None:
        """Keep everybody from sending for so long, or from sending there if only that is limited.

        Where requests are left, the limit of the endpoint was reached, or that of one user, who
        alone has to wait.
        """
        with self.store.opened() as limits:
            reached = _endpoint(limits, turn.path) if told and told.left else [limits.api]
            for bucket in reached:
                bucket.hold(now + asked_s)

    def _take_in(self, limits: Limits, turn: Turn, told: Told, at: float) -> None:
        bucket = limits.api
        endpoint = _endpoint(limits, turn.path)
        if endpoint and told.limit == endpoint[0].burst:
            bucket = endpoint[0]
        else:
            _follow_plan(limits, told.limit)
        doubt = self._doubt(told)
        bucket.correct(told.left - doubt - (limits.granted - turn.number), at)
        # A limit by the minute comes back by the second, one by the second all the time.
        is_out = told.left <= (doubt if told.limit == FREE else 0)
        if is_out and told.more_in_s <= LONGEST_HOLD_S:
            bucket.hold(at + told.more_in_s)

    def _doubt(self, told: Told) -> int:
        """How many requests of others may have been on their way, and not yet counted."""
        return min(self.processes - 1, told.limit // _SHARE_OF_DOUBT)


def _follow_plan(limits: Limits, limit: int) -> None:
    limits.plan = limit
    limits.api.burst = limit
    limits.api.interval_s = FREE_INTERVAL_S if limit == FREE else 1 / limit


def _held(limits: Limits, path: str, now: float) -> float:
    """Until when the tenant wants to be left alone, `now` where it does not."""
    return max(now, limits.api.held_until, *(one.held_until for one in _endpoint(limits, path)))


def _endpoint(limits: Limits, path: str) -> list[Bucket]:
    """The limit of an endpoint, which only the free plan has here."""
    bucket = limits.endpoints.get(path) if limits.plan in {0, FREE} else None
    return [bucket] if bucket else []
