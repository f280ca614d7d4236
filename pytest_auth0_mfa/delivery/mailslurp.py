"""MailSlurp as a provider of mailboxes: e-mail by tagged addresses, phones by lease.

Owns what is created, leased and removed in the account. An account may create only so many
inboxes, so that a process has one, whose address takes a tag for each test
(https://docs.mailslurp.com/plus-addresses/).
"""

from __future__ import annotations

import hashlib
from functools import partial
from secrets import randbelow
from typing import TYPE_CHECKING, Final, NamedTuple

from pytest_auth0_mfa.delivery.mailbox import CHANNELS
from pytest_auth0_mfa.delivery.mailslurp_account import Account
from pytest_auth0_mfa.delivery.mailslurp_mailboxes import EmailMailbox, PhoneMailbox, Seen
from pytest_auth0_mfa.delivery.waiting import Watch
from pytest_auth0_mfa.errors import Undelivered, Untestable

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_auth0_mfa.api.secret import Secret
    from pytest_auth0_mfa.delivery.mailbox import Mailbox

_LIFETIME_S: Final = 12 * 3600
_SHORTEST_TAG: Final = 12
_LOCAL_PART: Final = 64
"""The longest local part of an address: https://www.rfc-editor.org/rfc/rfc5321#section-4.5.3.1.1"""


class _EmailInbox(NamedTuple):
    """The inbox of this process, and the tagged addresses of it that were given out."""

    id: str
    address: str
    in_use: set[str]


class _Phone(NamedTuple):
    """A phone number of the account."""

    id: str
    number: str
    seen: Seen


class MailSlurp:
    """Mailboxes of one MailSlurp account for one process of a run."""

    def __init__(  # noqa: PLR0913 - what an account needs, all but two by name
        self,
        url: str | None,
        api_key: str,
        *,
        ca_file: str | None,
        learn: Callable[[str, str], Secret],
        channels: tuple[str, ...],
        share: tuple[int, int],
        rest_s: float = 0.0,
        watch: Watch | None = None,
    ) -> None:
        """Ask nothing of MailSlurp yet; `url` None stands for its own address.

        `channels` are those that this account delivers. `share` is (index, count): of the
        account's phone numbers this process takes every `count`-th, and leaves each alone for
        `rest_s` seconds before another test has it: what comes late must not reach that one.
        """
        self._rest_s = rest_s
        self._watch = watch or Watch()
        self._account = Account(url, learn(api_key, "api_key"), ca_file, self._watch.sleep)
        self._rested_at: dict[str, float] = {}
        self._channels = channels
        self._share = share
        self._inbox: _EmailInbox | None = None
        self._phones: list[_Phone] | None = None
        self._leased: set[str] = set()

    def open(self, channel: str, name: str) -> Mailbox:
        """A mailbox for one test; raises `Untestable` for what the account cannot receive."""
        if channel not in self._channels or channel not in CHANNELS:
            raise Untestable(
                f"MailSlurp receives {', '.join(self._channels)} here and not {channel!r}: return "
                "a mailbox of your own from the hook pytest_auth0_inbox (docs/inboxes.md)"
            )
        return self._email(name) if channel == "email" else self._phone(channel)

    def close(self) -> None:
        """Delete what was created, and close the connections."""
        try:
            if self._inbox is not None:
                self._account.delete_inbox(self._inbox.id)
        except Undelivered:
            pass  # It expires by itself; the verdicts of the run stand.
        finally:
            self._inbox = None
            self._account.close()

    def _email(self, name: str) -> EmailMailbox:
        if self._inbox is None:
            created = self._account.create_inbox(f"pytest-auth0-mfa {name}", _LIFETIME_S)
            address = str(created.get("emailAddress"))
            self._inbox = _EmailInbox(str(created.get("id")), address, set())
        tagged = _tagged(self._inbox.address, name)
        self._inbox.in_use.add(tagged)
        return EmailMailbox(self._account, self._inbox.id, tagged, self._inbox.in_use)

    def _phone(self, channel: str) -> PhoneMailbox:
        for phone in self._own_phones(channel):
            if phone.id not in self._leased:
                self._leased.add(phone.id)
                self._await_rest(phone)
                give_back = partial(self._give_back, phone)
                return PhoneMailbox(self._account, phone[:2], phone.seen, give_back)
        raise Untestable(
            f"all {len(self._leased)} phone numbers at MailSlurp that this process may use are "
            "taken by mailboxes that are still open: rent more numbers, or use fewer workers"
        )

    def _give_back(self, phone: _Phone) -> None:
        """Put a number after all others, so that each rests as long as may be."""
        self._leased.discard(phone.id)
        self._rested_at[phone.id] = self._watch.now() + self._rest_s
        if self._phones:
            self._phones = [*(each for each in self._phones if each.id != phone.id), phone]

    def _await_rest(self, phone: _Phone) -> None:
        missing_s = self._rested_at.get(phone.id, 0.0) - self._watch.now()
        if self._rest_s and missing_s > 0:
            self._watch.sleep(missing_s)

    def _own_phones(self, channel: str) -> list[_Phone]:
        """The phone numbers of this process, asked for once."""
        if self._phones is None:
            listed = self._account.phone_numbers()
            numbers = sorted((str(each.get("phoneNumber")), str(each.get("id"))) for each in listed)
            index, count = self._share
            own = [_Phone(each, number, Seen()) for number, each in numbers[index::count]]
            if not own:
                raise self._without_phone(channel, len(numbers))
            # Two runs at the same time begin at different numbers, as far as there are enough.
            first = randbelow(len(own))
            self._phones = own[first:] + own[:first]
        return self._phones

    def _without_phone(self, channel: str, numbers: int) -> Untestable:
        return Untestable(
            f"the MailSlurp account has {numbers} phone numbers for {self._share[1]} workers, so "
            f"this one has none to receive {channel}: rent more numbers, or use fewer workers"
        )


def _tagged(address: str, name: str) -> str:
    """The address with a tag; a name too long for a local part is replaced by its digest.

    Raises `Undelivered` for an address that takes no tag.
    """
    local, _, domain = address.partition("@")
    room = _LOCAL_PART - len(f"{local}+")
    if not domain or room < _SHORTEST_TAG:
        raise Undelivered(
            f"MailSlurp created an inbox with the address {address!r}, to which no tag of "
            f"{_SHORTEST_TAG} characters can be added to keep tests apart: return mailboxes of "
            "your own from the hook pytest_auth0_inbox (docs/inboxes.md)"
        )
    tag = name if len(name) <= room else hashlib.sha256(name.encode()).hexdigest()[:room]
    return f"{local}+{tag}@{domain}"
