"""What the tenant has delivered: text messages, calls, e-mails or prompts, oldest first.

Owns keeping and finding of messages. Must not write their texts, nor know who may read them.
The oldest go when there are many, so that a tenant does not grow with use.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pytest_auth0_mfa.mock.model import Factor

_KEPT: Final = 10_000


@dataclass(frozen=True, slots=True)
class Message:
    """One delivered message.

    `to` is the phone number in E.164 form, the e-mail address in lower case or the id of a device,
    `body` plain text, HTML or the JSON that a device reads, `code` empty for a device, `sent_at` in
    epoch seconds on the tenant's clock, without any user's advance.
    """

    id: str
    channel: Factor
    to: str
    body: str
    code: str
    sent_at: float
    subject: str | None = None
    is_html: bool = False


class Outbox:
    """The messages of a tenant; `delivered` counts all there ever were.

    `late_s` tells how many seconds after it was sent a message may arrive at the latest.
    """

    late_s: float = 0.0

    def __init__(self, kept: int = _KEPT) -> None:
        """Begin with none; no more than `kept` are held at once."""
        self._kept = kept
        self._messages: deque[Message] = deque()
        # The same messages once more, so that finding those to one address costs no search.
        self._by_recipient: dict[str, deque[Message]] = {}
        self.delivered = 0

    def deliver(self, message: Message) -> None:
        """Take a message in."""
        if len(self._messages) == self._kept:
            self._forget_oldest()
        self._messages.append(message)
        self._by_recipient.setdefault(message.to, deque()).append(message)
        self.delivered += 1

    def after(self, count: int) -> list[Message]:
        """The messages delivered after the first `count`, oldest first, as far as they are kept."""
        fresh = islice(reversed(self._messages), self.delivered - count)
        return list(fresh)[::-1]

    def find(self, to: str | None = None, *channels: Factor) -> list[Message]:
        """The messages to an address and by these channels, oldest first; neither means any."""
        found = self._messages if to is None else self._by_recipient.get(to, ())
        return [each for each in found if not channels or each.channel in channels]

    def clear(self) -> None:
        """Drop every message; the count of them goes on."""
        self._messages.clear()
        self._by_recipient.clear()

    def _forget_oldest(self) -> None:
        # The oldest of all is also the oldest to its recipient.
        recipient = self._messages.popleft().to
        remaining = self._by_recipient[recipient]
        remaining.popleft()
        if not remaining:
            del self._by_recipient[recipient]
