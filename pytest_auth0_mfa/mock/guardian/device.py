"""What the tenant keeps of a device.

Owns the data alone. Must not verify or decide anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pytest_auth0_mfa.mock.guardian.device_keys import DeviceKey
    from pytest_auth0_mfa.mock.model import Authenticator


@dataclass(slots=True)
class PushCredentials:
    """How the device is reached: by the service `APNS` or `GCM`, and what that calls the device."""

    service: str
    token: str


@dataclass(slots=True)
class Device:
    """A device that has enrolled.

    `identifier` is what it calls itself, `name` what its user calls it, `token` the opaque bearer
    by which it may manage its account.
    """

    identifier: str
    name: str
    push_credentials: PushCredentials
    key: DeviceKey
    token: str


def device_id(authenticator: Authenticator) -> str:
    """Return what the tenant calls a device: `dev_...`, the end of its authenticator's id."""
    return authenticator.id.partition("|")[2]
