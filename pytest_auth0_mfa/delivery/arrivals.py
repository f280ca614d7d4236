"""What has arrived in a mailbox, and why it was not taken.

Owns telling new messages from known ones and ours from others'. Must not read codes, wait, or
show what a message says: its account of what arrived has every digit masked.
"""

from __future__ import annotations

import re
from email.utils import getaddresses
from typing import TYPE_CHECKING, Final

from pytest_auth0_mfa.delivery.masks import excerpt, mask_address

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytest_auth0_mfa.delivery.message import Message

_LISTED: Final = 3
_NOT_A_DIGIT: Final = re.compile(r"\D")


class Arrivals:
    """The messages that have been seen in one mailbox, each by its id."""

    def __init__(self, address: str) -> None:
        """Take what is sent to `address` for ours."""
        self._ours = _comparable(address)
        self._seen: set[str] = set()
        self._read: set[str] = set()
        self._others: dict[str, None] = {}
        self._without_code: list[str] = []
        self._counts = {"out of date": 0, "for other addresses": 0, "duplicates": 0}

    def unseen(self, messages: Iterable[Message]) -> list[Message]:
        """The messages to our address that were not there before; they are known from now on."""
        new = [each for each in {each.id: each for each in messages}.values() if self._is_new(each)]
        self._seen.update(each.id for each in new)
        ours = [each for each in new if self._ours in _recipients(each.to)]
        self._note_others(each for each in new if each not in ours)
        return ours

    def note_stale(self, count: int) -> None:
        """Some messages will not be looked at, for they are older than what is waited for."""
        self._counts["out of date"] += count

    def note_duplicate(self) -> None:
        """A message brought a code that was handed out already."""
        self._counts["duplicates"] += 1

    def note_without_code(self, message: Message, words: str) -> None:
        """A message had no code; `words` are what it says."""
        self._without_code.append(excerpt(message.subject or words))

    def account(self) -> str:
        """What arrived and was not taken, in words; says so when nothing did."""
        parts = [f"{count} {kind}" for kind, count in self._counts.items() if count]
        if self._others:
            parts.append(f"those were for {', '.join(list(self._others)[:_LISTED])}")
        if self._without_code:
            shown = ", ".join(f'"{words}"' for words in self._without_code[:_LISTED])
            parts.append(f"{len(self._without_code)} without a code ({shown})")
        return "; ".join(parts) or "nothing"

    def _is_new(self, message: Message) -> bool:
        return message.id not in self._seen

    def _note_others(self, messages: Iterable[Message]) -> None:
        for message in messages:
            self._counts["for other addresses"] += 1
            self._others[mask_address(message.to)] = None


def _recipients(to: str) -> set[str]:
    """The addresses in a `to`, which may be written with names or as a list."""
    found = {address for _, address in getaddresses([to])} if "@" in to else {to}
    return {_comparable(each) for each in found}


def _comparable(address: str) -> str:
    return address.strip().casefold() if "@" in address else _NOT_A_DIGIT.sub("", address)
