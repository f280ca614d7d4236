"""`{mount}/device-accounts/{id}`: a device changes what is known of it, or leaves.

Owns who may do so: the device itself, by the opaque token of its enrollment or by a JWT that it
signed (https://github.com/auth0/Guardian.Android DeviceAPIClient.java).
"""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING

from pytest_auth0_mfa.mock import enrollment
from pytest_auth0_mfa.mock.guardian import proofs, reading, refusals
from pytest_auth0_mfa.mock.messages import Answer
from pytest_auth0_mfa.mock.model import Factor

if TYPE_CHECKING:
    from pytest_auth0_mfa.mock.calls import Call
    from pytest_auth0_mfa.mock.guardian.device import Device
    from pytest_auth0_mfa.mock.messages import Json
    from pytest_auth0_mfa.mock.model import Authenticator, User


def change(call: Call) -> Answer:
    """Change any of identifier, name and push credentials; all or nothing."""
    _, _, device = _own_account(call)
    members = reading.body(call)
    identifier, name = device.identifier, device.name
    credentials = device.push_credentials
    if "identifier" in members:
        identifier = reading.text(members, "identifier")
    if "name" in members:
        name = reading.text(members, "name")
    if "push_credentials" in members:
        credentials = reading.push_credentials(members)
    device.identifier, device.name, device.push_credentials = identifier, name, credentials
    return Answer(200, _shown(call.subject, device), "device.changed")


def delete(call: Call) -> Answer:
    """Remove the device, and with it both of its authenticators."""
    user, authenticator, _ = _own_account(call)
    if call.tenant.rules.device_leaving_removes:
        enrollment.remove(call.tenant, user, authenticator)
    return Answer(204, None, "device.deleted")


def _own_account(call: Call) -> tuple[User, Authenticator, Device]:
    """Return what the id of the path stands for, if the device itself asks."""
    bearer = reading.bearer(call)
    identifier = f"{Factor.PUSH.value}|{call.subject}"
    user = call.tenant.owners.get(identifier)
    authenticator = None if user is None else user.authenticators.get(identifier)
    device = None if authenticator is None else authenticator.device
    if user is None or authenticator is None or device is None or not authenticator.is_active:
        raise refusals.unknown_device()
    is_own_token = hmac.compare_digest(bearer.encode("utf-8"), device.token.encode("ascii"))
    if not is_own_token and call.tenant.rules.device_bearer_checked:
        _check_signed(call, user, device, bearer)
    return user, authenticator, device


def _check_signed(call: Call, user: User, device: Device, bearer: str) -> None:
    """Check a JWT of the device; unlike in answers to prompts, `iss` is the id it was given."""
    rules, path = call.tenant.rules, call.request.path.removesuffix(f"/{call.subject}")
    try:
        claims = proofs.signed(device, bearer, rules)
        proofs.check_claims(claims, iss=call.subject, sub=user.user_id)
        proofs.check_audience(claims, call.request, path)
        proofs.check_times(claims, call.tenant.now(user), rules.device_bearer_lifetime_s, rules)
    except proofs.UnprovenError as fault:
        raise refusals.invalid_token(f"Invalid bearer: {fault}") from fault


def _shown(device_id: str, device: Device) -> dict[str, Json]:
    credentials = device.push_credentials
    return {
        "id": device_id,
        "identifier": device.identifier,
        "name": device.name,
        "push_credentials": {"service": credentials.service, "token": credentials.token},
    }
