"""The refusals of logins, one constructor each: grants, users, clients, audiences.

Owns statuses, error codes and descriptions, as `problems` does for the rest. Must not decide
whether to refuse.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_auth0_mfa.mock import problems

if TYPE_CHECKING:
    from pytest_auth0_mfa.mock.messages import Json, JsonObject


def mfa_required(mfa_token: str, requirements: JsonObject | None = None) -> problems.RefusalError:
    """Refuse a login that needs a second factor; tell `requirements` where there are any."""
    description = "Multifactor authentication required"
    members: dict[str, Json] = {"mfa_token": mfa_token}
    if requirements is not None:
        members["mfa_requirements"] = requirements
    return problems.refusal("error.mfa-required", 403, "mfa_required", description, members=members)


def mfa_left_to_action() -> problems.RefusalError:
    """Refuse a login whose second factor an Action asks for: no mfa_token comes with it.

    "Custom MFA via Actions and ROP flow does not return an mfa_token", a support article of Auth0.
    """
    description = "Multifactor authentication required"
    return problems.refusal("error.mfa-required-by-action", 403, "mfa_required", description)


def no_default_connection() -> problems.RefusalError:
    """Refuse a login that names no realm where the tenant has no default directory either."""
    description = "Authorization server not configured with default connection."
    return problems.refusal("error.no-default-connection", 500, "server_error", description)


def connection_disabled() -> problems.RefusalError:
    """Refuse a client for which the connection is off.

    https://github.com/auth0/Lock.swift/issues/259
    """
    description = "the connection was disabled"
    return problems.refusal("error.connection-disabled", 400, "invalid_request", description)


def organization_required() -> problems.RefusalError:
    """Refuse a login that names no organization, of a client that needs one."""
    description = "parameter organization is required for this client"
    return problems.refusal("error.organization-required", 400, "invalid_request", description)


def suspicious_request() -> problems.RefusalError:
    """Refuse a login that only a person in a browser may repeat.

    https://github.com/auth0/Auth0.Android AuthenticationExceptionTest.kt
    """
    description = "Suspicious request requires verification"
    return problems.refusal(
        "error.requires-verification", 401, "requires_verification", description
    )


def blocked_address() -> problems.RefusalError:
    """Refuse any login from a network address that is blocked."""
    description = (
        "We have detected suspicious login behavior and further attempts will be blocked. Please"
        " contact the administrator."
    )
    return problems.refusal("error.blocked-address", 429, "too_many_attempts", description)


def wrong_password(description: str = "Wrong email or password.") -> problems.RefusalError:
    """Refuse a wrong password and an unknown user alike."""
    return problems.refusal("error.wrong-password", 403, "invalid_grant", description)


def blocked_user(status: int, error: str) -> problems.RefusalError:
    """Refuse a user whom an administrator has blocked; sources differ in status and code."""
    return problems.refusal("error.blocked-user", status, error, "user is blocked")


def too_many_attempts() -> problems.RefusalError:
    """Refuse any password once too many were wrong."""
    description = (
        "Your account has been blocked after multiple consecutive login attempts. We've sent you a"
        " notification via your preferred contact method with instructions on how to unblock it."
    )
    return problems.refusal("error.too-many-attempts", 429, "too_many_attempts", description)


def invalid_audience() -> problems.RefusalError:
    """Refuse an audience that is not registered."""
    description = "invalid audience specified for password grant exchange"
    return problems.refusal("error.invalid-audience", 400, "invalid_request", description)


def service_not_enabled(audience: str) -> problems.RefusalError:
    """Refuse an audience that is not registered, on a client's own behalf."""
    description = f"Service not enabled within domain: {audience}"
    return problems.refusal("error.invalid-audience", 403, "access_denied", description)


def unauthorized_client(grant_type: str) -> problems.RefusalError:
    """Refuse a grant type that is not enabled on the client."""
    description = f"Grant type '{grant_type}' not allowed for the client."
    return problems.refusal("error.unauthorized-client", 403, "unauthorized_client", description)


def unsupported_grant() -> problems.RefusalError:
    """Refuse a grant type that does not exist."""
    description = "Grant type not supported"
    return problems.refusal("error.unsupported-grant", 400, "unsupported_grant_type", description)


def invalid_client() -> problems.RefusalError:
    """Refuse a client that is unknown or did not prove itself; which of the two stays unsaid."""
    description = "Client authentication failed"
    return problems.refusal("error.invalid-client", 401, "invalid_client", description)


def invalid_refresh_token() -> problems.RefusalError:
    """Refuse a refresh token that this tenant did not issue to this client."""
    description = "Unknown or invalid refresh token."
    return problems.refusal("error.invalid-refresh-token", 403, "invalid_grant", description)


def refresh_token_of_nobody() -> problems.RefusalError:
    """Refuse a refresh token of a user who was deleted since.

    https://github.com/auth0/Auth0.Android AuthenticationException.kt
    """
    description = "The refresh_token was generated for a user who doesn't exist anymore."
    return problems.refusal("error.invalid-refresh-token", 403, "invalid_grant", description)


def client_not_authorized(audience: str) -> problems.RefusalError:
    """Refuse a client that has no grant for an API, on its own behalf.

    https://github.com/auth0/ruby-auth0/issues/610
    """
    description = (
        f'Client is not authorized to access "{audience}". You need to create a "client-grant"'
        " associated to this API. See: https://auth0.com/docs/api/v2#!/Client_Grants/"
        "post_client_grants"
    )
    return problems.refusal("error.invalid-audience", 403, "access_denied", description)
