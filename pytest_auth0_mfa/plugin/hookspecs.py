"""The hooks that this plugin offers to a user's `conftest.py`. Imported by every pytest run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pytest_auth0_mfa.delivery.mailbox import Mailbox
    from pytest_auth0_mfa.guardian.approver import Approver


@pytest.hookspec(firstresult=True)
def pytest_auth0_inbox(config: pytest.Config, channel: str, name: str) -> Mailbox | None:
    """Give the test that is about to run a mailbox of its own on a real tenant.

    `channel` is `sms`, `voice` or `email`; `name` is a word unique to run, worker and test, fit
    for the local part of an address. Return an object with the attribute `address` and the method
    `messages(timeout_s)`, or None to leave the channel to MailSlurp. A mock is not asked about:
    its messages arrive without help. See docs/inboxes.md.
    """


@pytest.hookspec(firstresult=True)
def pytest_auth0_push_approver(config: pytest.Config, name: str) -> Approver | None:
    """Give the test that is about to run somebody who answers push notifications.

    `name` is a word unique to run, worker and test. Return an object with the methods
    `scan(barcode_uri)`, `expect()`, `allow()` and `reject()`, or None to leave it to what the
    profile says of FCM or to a person. A mock is not asked about: its devices answer by
    themselves. See docs/push.md.
    """
