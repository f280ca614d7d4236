"""What has arrived through FCM: payloads come from one thread, others take notifications.

Owns whose a notification is, that each is given once, and the waiting. Payloads are read in the
thread that takes them, so that `learn` is never called from the receiver's own.
"""

from __future__ import annotations

import time
from collections import Counter, deque
from threading import Condition
from typing import TYPE_CHECKING

from pytest_auth0_mfa.errors import Undelivered
from pytest_auth0_mfa.guardian.fcm.causes import REMEDIES
from pytest_auth0_mfa.guardian.notification import read_notification
from pytest_auth0_mfa.guardian.refusals import Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pytest_auth0_mfa.api.secret import Secret
    from pytest_auth0_mfa.guardian.notification import Notification


class Arrivals:
    """The notifications to all devices, and whether more can come.

    `cause` says why the connection is interrupted, None while it is not or was never made.
    """

    def __init__(self, learn: Callable[[str, str], Secret]) -> None:
        """Begin empty, and not connected."""
        self._learn = learn
        self._changed = Condition()
        self._payloads: deque[object] = deque()
        self._waiting: dict[str, list[Notification]] = {}
        self._seen: set[str] = set()
        self._counts: Counter[str] = Counter()
        self._passed_over: Counter[str] = Counter()
        self._connected = False
        self._ended: str | None = None
        self.cause: str | None = None

    def put(self, payload: object) -> None:
        """A decrypted payload has come."""
        with self._changed:
            self._payloads.append(payload)
            self._changed.notify_all()

    def pass_over(self, why: str) -> None:
        """A message has come that nobody can read."""
        with self._changed:
            self._passed_over[why] += 1

    def connected(self) -> None:
        """From now on messages can come."""
        with self._changed:
            self._connected, self.cause = True, None
            self._changed.notify_all()

    def interrupted(self, cause: str) -> None:
        """No message can come until `connected` again."""
        with self._changed:
            self._connected, self.cause = False, cause

    def give_up(self, step: str) -> None:
        """No message will come any more: a step failed, for the cause that was last told."""
        cause = self.cause or "the receiver itself failed"
        self._end(f"FCM: the connection is given up: {cause}; {REMEDIES[step]}")

    def close(self) -> None:
        """The user wants no more messages."""
        self._end("the FCM receiver is closed; make a new one")

    def wait_until_connected(self, timeout_s: float) -> bool:
        """Wait for the first connection; False where it is given up or takes too long."""
        with self._changed:
            over = lambda: self._connected or self._ended is not None  # noqa: E731 - a condition
            self._changed.wait_for(over, timeout_s)
            return self._connected

    def take(self, device_id: str, timeout_s: float) -> Sequence[Notification]:
        """The notifications of a device; see `FcmMailbox.notifications`."""
        deadline = time.monotonic() + timeout_s
        with self._changed:
            while not (found := self._taken(device_id)):
                if self._ended is not None:
                    raise Undelivered(self._ended)
                left = deadline - time.monotonic()
                if left <= 0:
                    break
                self._changed.wait(left)
            if not found and timeout_s > 0 and not self._connected:
                raise Undelivered(f"no notification in {timeout_s:g} s: {self._connection()}")
            return found

    def summary(self, device_id: str) -> str:
        """What arrived, and whether more can; see `FcmMailbox.summary`."""
        with self._changed:
            self._sort()
            others = sum(self._counts.values()) - self._counts[device_id]
            told = [f"{self._counts[device_id]} for {device_id}", f"{others} for other devices"]
            told += [f"{count} passed over ({why})" for why, count in self._passed_over.items()]
            return f"messages through FCM in this run: {', '.join(told)}; {self._connection()}"

    def _taken(self, device_id: str) -> list[Notification]:
        self._sort()
        return sorted(self._waiting.pop(device_id, []), key=lambda each: each.requested_at)

    def _sort(self) -> None:
        """Read what has come and put it to the others of its device."""
        while self._payloads:
            try:
                read = read_notification(self._payloads.popleft(), self._learn)
            except Unreadable as error:
                self._passed_over[str(error)] += 1
                continue
            if read.transaction_token in self._seen:
                self._passed_over["delivered again"] += 1
                continue
            self._seen.add(read.transaction_token)
            self._counts[read.device_id] += 1
            self._waiting.setdefault(read.device_id, []).append(read)

    def _connection(self) -> str:
        if self._connected:
            return "the connection stands"
        return f"the connection is interrupted: {self.cause or 'it was not made yet'}"

    def _end(self, why: str) -> None:
        with self._changed:
            self._connected = False
            self._ended = self._ended or why
            self._changed.notify_all()
