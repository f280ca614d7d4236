"""The grant `mfa-oob` for devices: whether the user has scanned the barcode or allowed the login.

Owns what a poll is answered with. An approval is good for tokens once; how often clients may look
is limited for each `oob_code`:
https://auth0.com/docs/troubleshoot/customer-support/operational-policies/rate-limit-policy
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from pytest_auth0_mfa.mock import problems
from pytest_auth0_mfa.mock.guardian.approvals import Kind, Outcome
from pytest_auth0_mfa.mock.limits import Allowance
from pytest_auth0_mfa.mock.operations import Operation
from pytest_auth0_mfa.mock.states import State

if TYPE_CHECKING:
    from pytest_auth0_mfa.mock.calls import Call
    from pytest_auth0_mfa.mock.guardian.approvals import Approval
    from pytest_auth0_mfa.mock.oob_codes import Awaited


def exchange(call: Call, awaited: Awaited) -> None:
    """Use up the approval that is awaited, or refuse while there is none."""
    approval = _approval(call, awaited)
    if approval.kind is Kind.SCAN:
        call.operation = Operation.CONFIRMATION
    _admit(call, approval)
    if approval.outcome is Outcome.PENDING:
        raise problems.authorization_pending()
    if approval.outcome is Outcome.REJECTED:
        raise problems.rejected_push()
    approval.outcome = Outcome.SPENT


def _approval(call: Call, awaited: Awaited) -> Approval:
    """Return what the `oob_code` stands for; it stands for nothing once used or removed."""
    approval = call.tenant.approvals.find(awaited.approval)
    if approval is None or approval.outcome is Outcome.SPENT:
        raise problems.malformed_oob_code()
    is_removed = approval.authenticator.state is State.REMOVED
    if is_removed and not call.tenant.rules.removed_codes_accepted:
        raise problems.malformed_oob_code()
    return approval


def _admit(call: Call, approval: Approval) -> None:
    """Count a poll, or refuse it when it is one too many."""
    rules = call.tenant.rules
    allowance = Allowance(rules.poll_burst, rules.poll_refill_s)
    if not approval.polls.take(call.tenant.now(approval.user), allowance):
        raise problems.slow_down(math.ceil(rules.poll_refill_s))
