"""A Guardian device without a phone: enrolls in the push factor and answers its prompts.

Speaks the protocol of Auth0's own device libraries, to a mock tenant and to a real one alike.
Knows neither pytest nor how a notification travels. The names are loaded when first used.
Sources: https://github.com/auth0/Guardian.swift, https://github.com/auth0/Guardian.Android
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pytest_auth0_mfa.guardian.account import DeviceAccount, PushCredentials
    from pytest_auth0_mfa.guardian.address import device_api_url
    from pytest_auth0_mfa.guardian.approver import Approver, HeadlessApprover
    from pytest_auth0_mfa.guardian.device import Device
    from pytest_auth0_mfa.guardian.device_api import DeviceApi
    from pytest_auth0_mfa.guardian.fcm.receiver import FcmApp, FcmMailbox, FcmReceiver
    from pytest_auth0_mfa.guardian.key import DeviceKey
    from pytest_auth0_mfa.guardian.notification import Notification, read_notification
    from pytest_auth0_mfa.guardian.pushes import (
        MockPushes,
        MockReceiver,
        NoReceiver,
        PushMailbox,
        Receiver,
    )
    from pytest_auth0_mfa.guardian.refusals import DeviceRefused, Unreadable
    from pytest_auth0_mfa.guardian.ticket import Ticket, read_ticket

__all__ = [
    "Approver",
    "Device",
    "DeviceAccount",
    "DeviceApi",
    "DeviceKey",
    "DeviceRefused",
    "FcmApp",
    "FcmMailbox",
    "FcmReceiver",
    "HeadlessApprover",
    "MockPushes",
    "MockReceiver",
    "NoReceiver",
    "Notification",
    "PushCredentials",
    "PushMailbox",
    "Receiver",
    "Ticket",
    "Unreadable",
    "device_api_url",
    "read_notification",
    "read_ticket",
]

_HOMES: Final = {
    "Approver": "approver",
    "Device": "device",
    "DeviceAccount": "account",
    "DeviceApi": "device_api",
    "DeviceKey": "key",
    "DeviceRefused": "refusals",
    "HeadlessApprover": "approver",
    "FcmApp": "fcm.receiver",
    "FcmMailbox": "fcm.receiver",
    "FcmReceiver": "fcm.receiver",
    "MockPushes": "pushes",
    "MockReceiver": "pushes",
    "NoReceiver": "pushes",
    "Notification": "notification",
    "PushCredentials": "account",
    "PushMailbox": "pushes",
    "Receiver": "pushes",
    "Ticket": "ticket",
    "Unreadable": "refusals",
    "device_api_url": "address",
    "read_notification": "notification",
    "read_ticket": "ticket",
}


def __getattr__(name: str) -> object:
    """Load a public name from its home (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
