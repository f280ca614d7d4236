"""`POST {mount}/resolve-transaction`: the user has allowed or rejected a login on the device.

Owns every check of the answer, a JWT that the device signed
(https://github.com/auth0/Guardian.swift Guardian/Authentication/AuthenticationDevice.swift). An
answer that fails one changes nothing, so that the right device may still answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pytest_auth0_mfa.mock.guardian import foreign, proofs, reading, refusals
from pytest_auth0_mfa.mock.guardian.approvals import Kind, Outcome
from pytest_auth0_mfa.mock.messages import Answer

if TYPE_CHECKING:
    from pytest_auth0_mfa.mock.calls import Call
    from pytest_auth0_mfa.mock.guardian.approvals import Approval
    from pytest_auth0_mfa.mock.guardian.device import Device
    from pytest_auth0_mfa.mock.messages import JsonObject
    from pytest_auth0_mfa.mock.rules import Rules

_ACCEPTED: Final = "auth0_guardian_accepted"
_REASON: Final = "auth0_guardian_reason"


def answer(call: Call) -> Answer:
    """Take the answer to a prompt, once."""
    approval, device = _approval(call)
    response = reading.text(reading.body(call), "challenge_response")
    try:
        accepted = _accepted(call, approval, device, response)
    except proofs.UnprovenError as fault:
        raise refusals.invalid_challenge(str(fault)) from fault
    approval.outcome = Outcome.ALLOWED if accepted else Outcome.REJECTED
    if accepted and call.tenant.rules.prompts_allow_other_logins:
        _allow_others(call, approval)
    return Answer(204, None, "device.answered")


def _allow_others(call: Call, approval: Approval) -> None:
    """Allow whatever else the user was asked."""
    for other in call.tenant.approvals.of(approval.user):
        if other.kind is Kind.PROMPT and other.outcome is Outcome.PENDING:
            other.outcome = Outcome.ALLOWED


def _approval(call: Call) -> tuple[Approval, Device]:
    """Return what the transaction token stands for while it is awaited, and from which device."""
    approval = call.tenant.approvals.find(reading.bearer(call), Kind.PROMPT)
    if approval is None:
        raise refusals.invalid_token("Invalid transaction token")
    device = approval.authenticator.device
    is_over = call.tenant.now(approval.user) >= approval.expires_at
    is_awaited = _is_awaited(approval, call.tenant.rules) and approval.authenticator.is_active
    if is_over or not is_awaited or device is None:
        raise refusals.no_login()
    return approval, device


def _is_awaited(approval: Approval, rules: Rules) -> bool:
    if approval.outcome is Outcome.REJECTED:
        return not rules.rejection_final
    return approval.outcome is Outcome.PENDING or not rules.answered_once


def _accepted(call: Call, approval: Approval, device: Device, response: str) -> bool:
    """Return what the user decided, or raise `UnprovenError`."""
    rules, now = call.tenant.rules, call.tenant.now(approval.user)
    if not rules.foreign_devices_refused:
        device = foreign.device_of(call.tenant, response) or device
    claims = proofs.signed(device, response, rules)
    proofs.check_claims(claims, **_expected(approval, device, rules))
    if rules.device_audience_checked:
        proofs.check_audience(claims, call.request, call.request.path)
    if rules.device_times_checked:
        proofs.check_times(claims, now, rules.challenge_response_lifetime_s, rules)
    return _decision(claims)


def _expected(approval: Approval, device: Device, rules: Rules) -> dict[str, str]:
    """Return the claims that must have one value, as far as this tenant looks at them."""
    expected = {"auth0_guardian_method": "push"}
    if rules.device_issuer_checked:
        expected["iss"] = device.identifier
    if rules.device_challenge_checked:
        expected["sub"] = approval.challenge
    return expected


def _decision(claims: JsonObject) -> bool:
    accepted = claims.get(_ACCEPTED)
    if not isinstance(accepted, bool):
        raise proofs.UnprovenError(f"{_ACCEPTED} must be true or false")
    if _REASON not in claims:
        return accepted
    if accepted or not isinstance(claims[_REASON], str):
        raise proofs.UnprovenError(f"{_REASON} must be a text, and of a rejection only")
    return accepted
