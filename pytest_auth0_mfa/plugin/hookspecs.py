"""The hooks that this plugin offers to a user's `conftest.py`. Imported by every pytest run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pytest_auth0_mfa.delivery.mailbox import Mailbox


@pytest.hookspec(firstresult=True)
def pytest_auth0_inbox(config: pytest.Config, channel: str, name: str) -> Mailbox | None:
    """Give the test that is about to run a mailbox of its own on a real tenant.

    `channel` is `sms`, `voice` or `email`; `name` is a word unique to run, worker and test, fit
    for the local part of an address. Return an object with the attribute `address` and the method
    `messages(timeout_s)`, or None to leave the channel to MailSlurp. A mock is not asked about:
    its messages arrive without help. See docs/inboxes.md.
    """
