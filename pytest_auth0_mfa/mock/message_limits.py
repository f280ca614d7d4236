"""Counting messages, so that nobody is flooded and no bill explodes.

Owns the refusal of further messages. Text messages and calls share one allowance, e-mails have
another, push notifications a third; the messages of enrollments count as those of logins:
https://auth0.com/docs/troubleshoot/customer-support/operational-policies/rate-limit-policy
Must not send anything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_auth0_mfa.mock import problems
from pytest_auth0_mfa.mock.limits import Allowance
from pytest_auth0_mfa.mock.model import Factor

if TYPE_CHECKING:
    from pytest_auth0_mfa.mock.limits import Bucket
    from pytest_auth0_mfa.mock.model import User
    from pytest_auth0_mfa.mock.rules import Rules
    from pytest_auth0_mfa.mock.tenant import Tenant


def admit(tenant: Tenant, user: User, channel: Factor) -> None:
    """Count one more message to a user, or refuse it when it is one too many."""
    bucket, allowance, kind = _counted(user, channel, tenant.rules)
    if not bucket.take(tenant.now(user), allowance):
        raise problems.too_many_messages(kind)


def _counted(user: User, channel: Factor, rules: Rules) -> tuple[Bucket, Allowance, str]:
    """Return what is used up, out of what, and what the refusal calls it."""
    sent = user.sent_codes
    if channel is Factor.PUSH:
        allowance = Allowance(rules.push_burst, rules.push_refill_s)
        return sent.pushes, allowance, "push notifications"
    if channel is Factor.EMAIL:
        return sent.emails, Allowance(rules.email_burst, rules.email_refill_s), "emails"
    # No text for calls is on record, and they are counted with text messages.
    allowance = Allowance(rules.phone_message_burst, rules.phone_message_refill_s)
    return sent.phone_messages, allowance, "SMS"
