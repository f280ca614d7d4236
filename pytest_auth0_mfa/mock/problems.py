"""Every refusal that the tenant knows, one constructor each.

Owns statuses, error codes and descriptions. Wording is kept as recorded, or as shipped SDKs
compare it, because applications match on it (https://github.com/auth0/Auth0.Android
AuthenticationException.kt, https://github.com/auth0/Auth0.swift AuthenticationError.swift).
Must not decide whether to refuse.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_auth0_mfa.mock.messages import Answer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_auth0_mfa.mock.messages import JsonObject

_BAD_BEARER = "The mfa_token provided is invalid. Try getting a new token."


class RefusalError(Exception):
    """A request is refused with `answer`."""

    def __init__(self, answer: Answer) -> None:
        """Keep the answer that the client gets."""
        super().__init__(answer.response_id)
        self.answer = answer


def refusal(  # noqa: PLR0913  The parts of a refusal.
    response_id: str,
    status: int,
    error: str,
    description: str,
    *,
    headers: Mapping[str, str] | None = None,
    members: JsonObject | None = None,
) -> RefusalError:
    """Make a refusal in the envelope of RFC 6749 section 5.2; `members` are further ones."""
    body = {"error": error, "error_description": description, **(members or {})}
    return RefusalError(Answer(status, body, response_id, headers or {}))


def missing_parameter(name: str) -> RefusalError:
    """Refuse a request that lacks a parameter."""
    description = f"Missing required parameter: {name}"
    return refusal("error.missing-parameter", 400, "invalid_request", description)


def invalid_request(description: str, status: int = 400) -> RefusalError:
    """Refuse a request that cannot be read."""
    return refusal("error.invalid-request", status, "invalid_request", description)


def missing_bearer() -> RefusalError:
    """Refuse a call that carries no bearer token. Real bodies are not on record."""
    return refusal("error.missing-bearer", 401, "invalid_grant", _BAD_BEARER)


def invalid_bearer() -> RefusalError:
    """Refuse a bearer that is neither an mfa_token nor an access token of this tenant."""
    return refusal("error.invalid-bearer", 401, "invalid_grant", _BAD_BEARER)


def expired_bearer() -> RefusalError:
    """Refuse a bearer whose time is over."""
    return refusal("error.expired-bearer", 401, "invalid_grant", _BAD_BEARER)


def insufficient_scope(scope: str) -> RefusalError:
    """Refuse an access token that lacks a scope."""
    description = f"Insufficient scope, expected: {scope}"
    return refusal("error.insufficient-scope", 403, "insufficient_scope", description)


def already_enrolled() -> RefusalError:
    """Refuse an association by mfa_token for a user who has a confirmed factor."""
    return refusal("error.already-enrolled", 403, "access_denied", "User is already enrolled.")


def invalid_enrollment(description: str) -> RefusalError:
    """Refuse an association whose parameters make no sense."""
    return refusal("error.invalid-enrollment", 400, "invalid_request", description)


def factor_not_enabled(name: str) -> RefusalError:
    """Refuse to enroll a factor that the administrator has switched off."""
    return invalid_enrollment(f"The factor {name} is not enabled on this tenant.")


def invalid_phone_number() -> RefusalError:
    """Refuse to enroll what is not a phone number in E.164 form."""
    description = "The phone number is invalid."
    return refusal("error.invalid-phone-number", 400, "invalid_request", description)


def too_many_messages(kind: str) -> RefusalError:
    """Refuse to send one more message of a kind, such as `SMS`, to a user who had too many."""
    description = f"Too many {kind} sent by the user. Wait for some minutes before retrying."
    return refusal("error.too-many-messages", 429, "invalid_request", description)


def association_required() -> RefusalError:
    """Refuse to challenge a user who has confirmed nothing."""
    description = (
        "User does not have any confirmed authenticator associated. You can associate a new"
        " authenticator calling /mfa/associate endpoint. If you have one authenticator ready for"
        " confirmation, you can confirm it just using it in /oauth/token"
    )
    return refusal("error.association-required", 400, "association_required", description)


def unsupported_challenge_type(requested: list[str], supported: list[str]) -> RefusalError:
    """Refuse a challenge of types that the user has no factor for."""
    is_one = len(requested) == 1
    wanted = "the requested challenge type" if is_one else "any of the requested challenge types"
    supplied = "Supported type" if len(supported) == 1 else "Supported types"
    description = (
        f"The user does not support {wanted} ({', '.join(requested)})."
        f" {supplied}: {', '.join(supported)}."
    )
    name = "error.unsupported-challenge-type"
    return refusal(name, 401, "unsupported_challenge_type", description)


def not_enrolled() -> RefusalError:
    """Refuse a code of a user who has enrolled nothing that gives codes."""
    description = (
        "User is not enrolled. You can use /mfa/associate endpoint to enroll the first"
        " authenticator."
    )
    return refusal("error.not-enrolled", 401, "unsupported_challenge_type", description)


def malformed_mfa_token() -> RefusalError:
    """Refuse an mfa_token that this tenant did not issue."""
    return refusal("error.malformed-mfa-token", 403, "invalid_grant", "Malformed mfa_token")


def expired_mfa_token(status: int) -> RefusalError:
    """Refuse an mfa_token whose ten minutes are over: 401 on a challenge, 403 on a grant."""
    return refusal("error.expired-mfa-token", status, "expired_token", "mfa_token is expired")


def foreign_mfa_token() -> RefusalError:
    """Refuse an mfa_token that was issued to another client."""
    description = "mfa_token not issued to this client"
    return refusal("error.foreign-mfa-token", 400, "invalid_request", description)


def invalid_authenticator() -> RefusalError:
    """Refuse to challenge an authenticator that is unknown or another user's."""
    description = "The authenticator is not associated with the user."
    return refusal("error.invalid-authenticator", 400, "invalid_authenticator", description)


def invalid_otp() -> RefusalError:
    """Refuse a wrong, used, old or malformed one-time password."""
    return refusal("error.invalid-otp", 403, "invalid_grant", "Invalid otp_code.")


def malformed_oob_code() -> RefusalError:
    """Refuse an oob_code that this tenant did not issue."""
    return refusal("error.malformed-oob-code", 403, "invalid_grant", "Malformed oob_code")


def expired_oob_code() -> RefusalError:
    """Refuse an oob_code whose five minutes are over."""
    return refusal("error.expired-oob-code", 403, "expired_token", "oob_code is expired")


def foreign_oob_code() -> RefusalError:
    """Refuse an oob_code that was given under another mfa_token."""
    description = "The oob_code doesn't match the mfa_token"
    return refusal("error.foreign-oob-code", 400, "invalid_request", description)


def invalid_binding_code() -> RefusalError:
    """Refuse a delivered code that is wrong, used or malformed."""
    return refusal("error.invalid-binding-code", 403, "invalid_grant", "Invalid binding_code.")


def authorization_pending() -> RefusalError:
    """Refuse tokens for now: the barcode was not scanned, or the prompt not answered, yet."""
    description = "Authorization pending: please repeat the request in a few seconds."
    return refusal("error.authorization-pending", 400, "authorization_pending", description)


def slow_down(retry_after_s: int) -> RefusalError:
    """Refuse to look for an answer so soon again. Real descriptions are not on record."""
    description = f"You are polling faster than allowed. Try again in {retry_after_s} seconds."
    wait = {"retry-after": str(retry_after_s)}
    return refusal("error.slow-down", 429, "slow_down", description, headers=wait)


def rejected_push() -> RefusalError:
    """Refuse tokens for good: the user said no on the device."""
    description = "MFA Authorization rejected."
    return refusal("error.push-denied", 400, "access_denied", description)


def invalid_recovery_code() -> RefusalError:
    """Refuse a wrong or used recovery code."""
    description = "MFA Authorization rejected."
    return refusal("error.invalid-recovery-code", 403, "invalid_grant", description)


def no_recovery_code() -> RefusalError:
    """Refuse a recovery code of a user who has none."""
    description = "User does not have a recovery-code."
    return refusal("error.no-recovery-code", 403, "unsupported_challenge_type", description)


def too_many_codes() -> RefusalError:
    """Refuse any code once too many were wrong."""
    description = "Too many failed codes. Wait for some minutes before retrying."
    return refusal("error.too-many-codes", 429, "invalid_request", description)


def unknown_authenticator() -> RefusalError:
    """Refuse to delete an authenticator that the user does not have."""
    description = "The authenticator does not exist."
    return refusal("error.unknown-authenticator", 404, "invalid_authenticator", description)


def invalid_access_token() -> RefusalError:
    """Refuse an access token that does not open `/userinfo`."""
    return refusal("error.invalid-access-token", 401, "invalid_token", "Invalid access token.")


def too_many_requests(retry_after_s: int) -> RefusalError:
    """Refuse a request above a rate limit, of the whole API or of the logins of one user."""
    description = "Too many requests. Check the X-RateLimit-* headers."
    wait = {"retry-after": str(retry_after_s)}
    name = "error.too-many-requests"
    return refusal(name, 429, "too_many_requests", description, headers=wait)


def not_found(path: str) -> RefusalError:
    """Refuse a path that the tenant does not serve."""
    return refusal("error.not-found", 404, "not_found", f"No such endpoint: {path}")


def method_not_allowed(method: str, allowed: str) -> RefusalError:
    """Refuse a method that the endpoint does not serve."""
    description = f"{method} is not served here; allowed: {allowed}"
    headers = {"allow": allowed}
    name = "error.method-not-allowed"
    return refusal(name, 405, "invalid_request", description, headers=headers)
