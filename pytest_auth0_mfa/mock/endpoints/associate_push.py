"""`POST /mfa/associate` for the channel `auth0`: a barcode with a ticket, for a device to scan."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from pytest_auth0_mfa.mock import draws, oob_codes, problems
from pytest_auth0_mfa.mock.enrollment import enroll_push, issue_recovery_code
from pytest_auth0_mfa.mock.guardian.approvals import Approval, Kind
from pytest_auth0_mfa.mock.messages import Answer
from pytest_auth0_mfa.mock.model import Factor

if TYPE_CHECKING:
    from pytest_auth0_mfa.mock.authorizations import Presented
    from pytest_auth0_mfa.mock.calls import Call
    from pytest_auth0_mfa.mock.messages import Json
    from pytest_auth0_mfa.mock.model import User
    from pytest_auth0_mfa.mock.tenant import Tenant


def answer(call: Call, presented: Presented) -> Answer:
    """Enroll a device that has yet to introduce itself; fields are in the recorded order."""
    tenant, user = call.tenant, presented.authorization.user
    if not tenant.offers(Factor.PUSH, user):
        raise problems.factor_not_enabled(Factor.PUSH.value)
    ticket = _await_scan(call, presented)
    recovery_code = issue_recovery_code(tenant, user)
    recovery: dict[str, Json] = {} if recovery_code is None else {"recovery_codes": [recovery_code]}
    body: dict[str, Json] = {
        "authenticator_type": "oob",
        "barcode_uri": _barcode_uri(call, user.email, ticket),
        **recovery,
        "oob_channel": Factor.PUSH.channel,
        "oob_code": oob_codes.issue_for_approval(call, presented, ticket),
    }
    return Answer(200, body, "associate.push")


def _await_scan(call: Call, presented: Presented) -> str:
    """Give the user a pending authenticator and await its device; return the ticket."""
    tenant, user = call.tenant, presented.authorization.user
    now = tenant.now(user)
    approval = Approval(
        key=_ticket(tenant, user),
        kind=Kind.SCAN,
        user=user,
        authenticator=enroll_push(tenant, user),
        expires_at=now + tenant.rules.ticket_lifetime_s,
        is_first_factor=presented.is_mfa_token,
    )
    tenant.approvals.open(approval, now)
    return approval.key


def _ticket(tenant: Tenant, user: User) -> str:
    """Draw the right to enroll a device; a tenant that does not draw anew has one for a user."""
    drawn = draws.text(tenant.entropy, tenant.rules.ticket_length)
    if tenant.rules.ticket_fresh:
        return drawn
    user.sent_codes.repeated_ticket = user.sent_codes.repeated_ticket or drawn
    return user.sent_codes.repeated_ticket


def _barcode_uri(call: Call, account: str, ticket: str) -> str:
    """Return the URI behind the barcode: no secret in it, and the colon unencoded.

    https://github.com/auth0/go-auth0 test/data/recordings/authentication/TestMFAAddAuthenticator
    """
    label = f"{quote(call.tenant.settings.friendly_name, safe='')}:{quote(account, safe='')}"
    base_url = quote(call.request.base_url, safe="")
    return f"otpauth://totp/{label}?enrollment_tx_id={ticket}&base_url={base_url}"
