"""Mailboxes that the user brings through the hook `pytest_auth0_inbox`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_auth0_mfa.delivery import mailbox
from pytest_auth0_mfa.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_auth0_mfa.delivery.mailbox import Mailbox, Mailboxes


class HookedMailboxes:
    """Asks the hook first, and another provider where the hook has nothing for a channel."""

    def __init__(self, ask: Callable[[str, str], object], otherwise: Mailboxes) -> None:
        """Call `ask` with channel and name; None from it means nothing."""
        self._ask = ask
        self._otherwise = otherwise

    def open(self, channel: str, name: str) -> Mailbox:
        """The mailbox that the hook gives, or else one of the other provider."""
        given = self._ask(channel, name)
        if given is None:
            return self._otherwise.open(channel, name)
        if not isinstance(getattr(given, "address", None), str) or not callable(
            getattr(given, "messages", None)
        ):
            raise SettingsError(
                f"the hook pytest_auth0_inbox gave a {type(given).__name__} for {channel}: a "
                "mailbox has the attribute address (a text) and the method messages(timeout_s), "
                "see docs/inboxes.md"
            )
        return given  # type: ignore[return-value]

    def close(self) -> None:
        """Close the other provider."""
        mailbox.close(self._otherwise)
