"""The provider of mailboxes of a run that has none: it says how to get one."""

from __future__ import annotations

from typing import NoReturn

from pytest_auth0_mfa.errors import Untestable


class Nowhere:
    """No inbox is configured."""

    def open(self, channel: str, name: str) -> NoReturn:
        """Raise `Untestable`, naming the two ways to an inbox."""
        raise Untestable(
            f"no inbox is configured, so a code sent by {channel} to {name!r} could not be read: "
            "set MAILSLURP_API_KEY, or return a mailbox of your own from the hook "
            "pytest_auth0_inbox in conftest.py (docs/inboxes.md)"
        )
