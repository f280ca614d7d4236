"""The device that a JWT says it comes from, for a tenant that asks no further.

A right tenant takes the answer to a prompt from the prompted device only and never looks here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_auth0_mfa.mock.guardian import device_keys

if TYPE_CHECKING:
    from pytest_auth0_mfa.mock.guardian.device import Device
    from pytest_auth0_mfa.mock.tenant import Tenant


def device_of(tenant: Tenant, token: str) -> Device | None:
    """Return the device, of whatever user, that calls itself as `iss` says; None for no such."""
    claims = device_keys.unverified(token)
    if claims is None:
        return None
    entries = (each for user in tenant.users.values() for each in user.authenticators.values())
    devices = (each.device for each in entries if each.device is not None)
    return next((each for each in devices if each.identifier == claims.get("iss")), None)
