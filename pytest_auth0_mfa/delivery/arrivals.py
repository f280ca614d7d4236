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
        self._contents: set[tuple[str, ...]] = set()
        self._stale = 0
        self._duplicates = 0
        self._others: list[str] = []
        self._without_code: list[str] = []

    def unseen(self, messages: Iterable[Message]) -> list[Message]:
        """The messages to our address that were not there before; they are known from now on."""
        listed = {each.id: each for each in messages}
        new = [each for each in listed.values() if each.id not in self._seen]
        self._seen.update(listed)
        self._others += [mask_address(each.to) for each in new if not self._is_ours(each)]
        return [each for each in new if self._is_ours(each)]

    def originals(self, new: Iterable[Message]) -> int:
        """How many of the new messages are no copies of others; to be asked once for each."""
        before = len(self._contents)
        self._contents.update((each.subject, each.text, each.html, each.code or "") for each in new)
        return len(self._contents) - before

    def note_stale(self, count: int) -> None:
        """Some messages will not be looked at, for they are older than what is waited for."""
        self._stale += count

    def note_duplicates(self, count: int) -> None:
        """Some messages brought codes that were handed out already."""
        self._duplicates += count

    def note_without_code(self, message: Message, words: str) -> None:
        """A message had no code; `words` are what it says."""
        self._without_code.append(excerpt(message.subject or words))

    def account(self) -> str:
        """What arrived and was not taken, counted, in words; says so when nothing did."""
        parts = [
            _counted("out of date", self._stale),
            _counted("repeating an earlier code", self._duplicates),
            _counted("for other addresses", len(self._others), self._others),
            _counted("without a code", len(self._without_code), self._without_code),
        ]
        return "; ".join(filter(None, parts)) or "nothing"

    def _is_ours(self, message: Message) -> bool:
        return self._ours in _recipients(message.to)


def _counted(kind: str, count: int, shown: Iterable[str] = ()) -> str:
    """`kind: count`, and the first few of what is counted; nothing for none."""
    examples = ", ".join(f'"{each}"' for each in list(dict.fromkeys(shown))[:_LISTED])
    return f"{kind}: {count}{f' ({examples})' if examples else ''}" if count else ""


def _recipients(to: str) -> set[str]:
    """The addresses in a `to`, which may be written with names or as a list."""
    found = {address for _, address in getaddresses([to])} if "@" in to else {to}
    return {_comparable(each) for each in found}


def _comparable(address: str) -> str:
    return address.strip().casefold() if "@" in address else _NOT_A_DIGIT.sub("", address)
