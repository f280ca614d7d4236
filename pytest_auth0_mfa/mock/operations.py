"""The names of what a client can ask the tenant to do.

Owns the vocabulary that routing, rules and deviations share. Must not hold behaviour.
"""

from __future__ import annotations

from enum import Enum


class Operation(str, Enum):
    """What a call is about; a call's operation gets more precise as it is understood."""

    TOKEN = "token"  # noqa: S105  The name of an operation.
    """`POST /oauth/token`, before the grant type is known."""
    PASSWORD = "password"  # noqa: S105  The name of an operation.
    PASSWORD_REALM = "password-realm"  # noqa: S105  The name of an operation.
    MFA_OTP = "mfa-otp"
    MFA_OOB = "mfa-oob"
    CONFIRMATION = "confirmation"
    """The grant `mfa-otp` or `mfa-oob`, with the first right code of a pending authenticator."""
    MFA_RECOVERY_CODE = "mfa-recovery-code"
    REFRESH_TOKEN = "refresh-token"  # noqa: S105  The name of an operation.
    CLIENT_CREDENTIALS = "client-credentials"
    ASSOCIATE = "associate"
    LIST = "list"
    DELETE = "delete"
    CHALLENGE = "challenge"
    CHALLENGE_BY_ID = "challenge-by-id"
    """A challenge that names an authenticator."""
    CHALLENGE_ANY_TYPE = "challenge-any-type"
    """A challenge that leaves the choice to the tenant."""
    DEVICE_ENROLLMENT = "device-enrollment"
    DEVICE_RESOLUTION = "device-resolution"
    """A device allows or rejects a login."""
    DEVICE_ACCOUNT = "device-account"
    USERINFO = "userinfo"
    DISCOVERY = "discovery"
    JWKS = "jwks"
    CONTROL = "control"
    UNROUTED = "unrouted"
    """A path or a method that the tenant does not serve."""
