"""Counting messages, so that nobody is flooded and no bill explodes.

Owns the refusal of further messages. Text messages and calls share one allowance, e-mails have
another; the messages of enrollments count as those of logins:
https://auth0.com/docs/troubleshoot/customer-support/operational-policies/rate-limit-policy
Must not send anything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_auth0_mfa.mock import problems
from pytest_auth0_mfa.mock.limits import Allowance

if TYPE_CHECKING:
    from pytest_auth0_mfa.mock.model import Factor, User
    from pytest_auth0_mfa.mock.tenant import Tenant


def admit(tenant: Tenant, user: User, channel: Factor) -> None:
    """Count one more message to a user, or refuse it when it is one too many."""
    rules, now = tenant.rules, tenant.now(user)
    if channel.is_phone:
        bucket = user.sent_codes.phone_messages
        allowance = Allowance(rules.phone_message_burst, rules.phone_message_refill_s)
    else:
        bucket = user.sent_codes.emails
        allowance = Allowance(rules.email_burst, rules.email_refill_s)
    if not bucket.take(now, allowance):
        # No text for calls is on record, and they are counted with text messages.
        raise problems.too_many_messages("SMS" if channel.is_phone else "emails")
