"""Messages that arrive late, twice or in another order than they were sent.

Owns when a message arrives. It reads the clock that it is given and never waits: what is due is
delivered when somebody looks. A message says when it arrived, not when it was sent, as those of
providers do.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import count
from typing import TYPE_CHECKING, Final

from pytest_auth0_mfa.mock import draws
from pytest_auth0_mfa.mock.hostile.ingredients import Ingredient
from pytest_auth0_mfa.mock.outbox import Outbox

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytest_auth0_mfa.mock.hostile.ingredients import Hostility
    from pytest_auth0_mfa.mock.model import Factor
    from pytest_auth0_mfa.mock.outbox import Message

_DELAY_S: Final = (0.05, 0.4)
_OVERTAKEN_WITHIN_S: Final = 0.4


@dataclass(slots=True)
class _Held:
    """A message on its way; one that `yields` arrives right after the next one to its address."""

    message: Message
    sent_at: float
    due: float
    yields: bool = False


class HostileOutbox(Outbox):
    """An outbox whose messages arrive as on a bad day."""

    late_s = 1.0

    def __init__(self, hostility: Hostility, clock: Callable[[], float]) -> None:
        """Begin with none; `clock` gives seconds."""
        super().__init__()
        self._hostility = hostility
        self._clock = clock
        self._numbers: dict[Factor, Iterator[int]] = {}
        self._held: list[_Held] = []

    def deliver(self, message: Message) -> None:
        """Take a message in, which may arrive later."""
        now, number = self._clock(), next(self._numbers.setdefault(message.channel, count(1)))
        self.deliver_due()
        delay = self._delay(Ingredient.LATE, message, number)
        yields = self._strikes(Ingredient.REORDERED, message, number)
        copied = self._hostility.strike(Ingredient.DOUBLED, message.channel.value, number)
        if copied:
            copy = replace(message, id=draws.uuid(copied))
            self._held.append(_Held(copy, now, now + delay + copied.uniform(*_DELAY_S)))
        if yields or delay:
            due = now + (_OVERTAKEN_WITHIN_S if yields else delay)
            self._held.append(_Held(message, now, due, yields))
        else:
            self._arrive(message)

    def deliver_due(self) -> None:
        """Let arrive what is due."""
        now = self._clock()
        due = [each for each in self._held if each.due <= now]
        self._held = [each for each in self._held if each.due > now]
        for each in sorted(due, key=lambda held: held.due):
            self._arrive(_arriving(each, each.due))

    @property
    def due_s(self) -> float | None:
        """In how many seconds the next message is due, None where none is on its way."""
        return min(each.due for each in self._held) - self._clock() if self._held else None

    def after(self, count: int) -> list[Message]:
        """The messages that arrived after the first `count`; see `Outbox`."""
        self.deliver_due()
        return super().after(count)

    def find(self, to: str | None = None, *channels: Factor) -> list[Message]:
        """The messages that have arrived; see `Outbox`."""
        self.deliver_due()
        return super().find(to, *channels)

    def clear(self) -> None:
        """Drop every message, those on their way as well."""
        super().clear()
        self._held.clear()

    def _arrive(self, message: Message) -> None:
        """Put a message into its place, and what it overtook after it."""
        super().deliver(message)
        overtaken = [each for each in self._held if each.yields and each.message.to == message.to]
        self._held = [each for each in self._held if each not in overtaken]
        for each in overtaken:
            super().deliver(_arriving(each, self._clock()))

    def _strikes(self, ingredient: Ingredient, message: Message, number: int) -> bool:
        return self._hostility.strike(ingredient, message.channel.value, number) is not None

    def _delay(self, ingredient: Ingredient, message: Message, number: int) -> float:
        drawn = self._hostility.strike(ingredient, message.channel.value, number)
        return drawn.uniform(*_DELAY_S) if drawn else 0.0


def _arriving(held: _Held, at: float) -> Message:
    return replace(held.message, sent_at=held.message.sent_at + at - held.sent_at)
