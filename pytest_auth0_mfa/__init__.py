"""Test multi-factor authentication on Auth0, or on a product that answers like it.

The package is a pytest plugin: what users meet are its options and fixtures, the schemas
(`pytest_auth0_mfa.schemas`) and the suites (`pytest_auth0_mfa.suites`). The names here are what
fixtures give, what an inbox of one's own is made of, a push device (`pytest_auth0_mfa.guardian` has
the rest of it), and `OMIT`. They are loaded when first used, because every pytest run on a machine
where this is installed imports this module.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

from pytest_auth0_mfa._version import __version__

if TYPE_CHECKING:
    from pytest_auth0_mfa.api.client import OMIT
    from pytest_auth0_mfa.api.exchange import Answer
    from pytest_auth0_mfa.api.login import Login
    from pytest_auth0_mfa.api.secret import Secret
    from pytest_auth0_mfa.delivery.inbox import Inbox
    from pytest_auth0_mfa.delivery.mailbox import Mailbox
    from pytest_auth0_mfa.delivery.message import Message
    from pytest_auth0_mfa.factors.enrolled import EnrolledAuthenticator
    from pytest_auth0_mfa.factors.enrollment import Enrollment
    from pytest_auth0_mfa.guardian.device import Device
    from pytest_auth0_mfa.guardian.key import DeviceKey
    from pytest_auth0_mfa.guardian.notification import Notification
    from pytest_auth0_mfa.judge.judgement import Judgement
    from pytest_auth0_mfa.tenant.tenant import Tenant
    from pytest_auth0_mfa.tenant.users import User

__all__ = [
    "OMIT",
    "Answer",
    "Device",
    "DeviceKey",
    "EnrolledAuthenticator",
    "Enrollment",
    "Inbox",
    "Judgement",
    "Login",
    "Mailbox",
    "Message",
    "Notification",
    "Secret",
    "Tenant",
    "User",
    "__version__",
]

_HOMES: Final = {
    "OMIT": "api.client",
    "Answer": "api.exchange",
    "Device": "guardian.device",
    "DeviceKey": "guardian.key",
    "EnrolledAuthenticator": "factors.enrolled",
    "Enrollment": "factors.enrollment",
    "Inbox": "delivery.inbox",
    "Judgement": "judge.judgement",
    "Login": "api.login",
    "Mailbox": "delivery.mailbox",
    "Message": "delivery.message",
    "Notification": "guardian.notification",
    "Secret": "api.secret",
    "Tenant": "tenant.tenant",
    "User": "tenant.users",
}


def __getattr__(name: str) -> object:
    """Load a public name from its home (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
