"""`POST {mount}/enroll`: a device has scanned the barcode and introduces itself.

Owns what a ticket is good for. With the scan the enrollment is confirmed, and the login that
waits for it goes on:
https://auth0.com/docs/secure/multi-factor-authentication/authenticate-using-ropg-flow-with-mfa/enroll-and-challenge-push-authenticators
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pytest_auth0_mfa.mock import draws, totp
from pytest_auth0_mfa.mock.enrollment import confirm
from pytest_auth0_mfa.mock.guardian import device_keys, reading, refusals
from pytest_auth0_mfa.mock.guardian.approvals import Kind, Outcome
from pytest_auth0_mfa.mock.guardian.device import Device, device_id
from pytest_auth0_mfa.mock.messages import Answer
from pytest_auth0_mfa.mock.model import Factor
from pytest_auth0_mfa.mock.states import State

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_auth0_mfa.mock.calls import Call
    from pytest_auth0_mfa.mock.guardian.approvals import Approval
    from pytest_auth0_mfa.mock.guardian.device_keys import DeviceKey
    from pytest_auth0_mfa.mock.messages import Json
    from pytest_auth0_mfa.mock.model import Authenticator, User

_TOKEN_LENGTH: Final = 64


def answer(call: Call) -> Answer:
    """Enroll the device, and tell it who it is now and the secret of its one-time passwords."""
    approval = _approval(call)
    device = _device(call)
    authenticator, user = approval.authenticator, approval.user
    authenticator.device = device
    approval.outcome = Outcome.ALLOWED
    if authenticator.state is State.PENDING:
        confirm(call.tenant, user, authenticator)
    return Answer(200, _introduction(call, user, authenticator, device), "device.enrolled")


def _approval(call: Call) -> Approval:
    """Return what the ticket stands for, while the device is awaited."""
    approval = call.tenant.approvals.find(reading.ticket(call), Kind.SCAN)
    if approval is None:
        raise refusals.invalid_token("The enrollment ticket is not known.")
    if approval.outcome is not Outcome.PENDING:
        if not call.tenant.rules.ticket_used_once:
            return approval
        raise refusals.enrolled_already()
    if call.tenant.now(approval.user) >= approval.expires_at:
        raise refusals.invalid_token("The enrollment ticket is expired.")
    if approval.authenticator.state is not State.PENDING or _comes_too_late(approval):
        raise refusals.no_enrollment()
    return approval


def _comes_too_late(approval: Approval) -> bool:
    """Tell whether the device would be the first factor of a user who has another by now.

    A stolen password must not bring its own second factor.
    """
    return approval.is_first_factor and bool(approval.user.active_factors)


def _device(call: Call) -> Device:
    members = reading.body(call)
    return Device(
        identifier=reading.text(members, "identifier"),
        name=reading.text(members, "name"),
        push_credentials=reading.push_credentials(members),
        key=_key(call, members),
        token=draws.text(call.tenant.entropy, _TOKEN_LENGTH),
    )


def _key(call: Call, members: Mapping[str, Json]) -> DeviceKey:
    jwk = members.get("public_key")
    if not isinstance(jwk, dict):
        raise refusals.invalid_body("public_key must be an object")
    try:
        rules = call.tenant.rules
        taken = rules.device_ec_keys_taken
        return device_keys.read(jwk, rules.device_key_bits, ec_keys_taken=taken)
    except device_keys.UnusableKeyError as fault:
        raise refusals.invalid_body(str(fault)) from fault


def _introduction(
    call: Call, user: User, authenticator: Authenticator, device: Device
) -> dict[str, Json]:
    """Put the answer together, without one-time passwords where they were deleted meanwhile."""
    pair = user.pair(authenticator)
    companion = next((each for each in pair if each.factor is Factor.OTP), None)
    return {
        "id": device_id(authenticator),
        "url": call.request.base_url,
        "issuer": call.tenant.settings.friendly_name,
        "user_id": user.user_id,
        "token": device.token,
        **({} if companion is None else {"totp": _one_time_passwords(companion)}),
    }


def _one_time_passwords(companion: Authenticator) -> Json:
    """Tell how to make codes; the SDK for iOS takes the algorithm in lower case only."""
    return {
        "secret": companion.secret,
        "algorithm": "sha1",
        "digits": totp.DIGITS,
        "period": totp.STEP_S,
    }
