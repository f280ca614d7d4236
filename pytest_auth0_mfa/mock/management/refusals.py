"""Every refusal of the Management API, one constructor each.

Owns statuses, wording and error codes, as recorded where a recording is known
(https://github.com/auth0/go-auth0 test/data/recordings,
https://github.com/auth0/terraform-provider-auth0 test/data/recordings). Must not decide whether
to refuse.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from pytest_auth0_mfa.mock.messages import Answer
from pytest_auth0_mfa.mock.problems import RefusalError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pytest_auth0_mfa.mock.messages import Json


def refusal(
    status: int,
    message: str,
    code: str | None = None,
    *,
    headers: Mapping[str, str] | None = None,
    **members: Json,
) -> RefusalError:
    """Make a refusal in the envelope of this API; `members` are further ones."""
    phrase = "Payload Too Large" if status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE else ""
    error = phrase or HTTPStatus(status).phrase
    body: dict[str, Json] = {"statusCode": status, "error": error, "message": message, **members}
    if code is not None:
        body["errorCode"] = code
    return RefusalError(Answer(status, body, headers=headers or {}))


def not_served() -> RefusalError:
    """Refuse a path or a method that is not there."""
    return refusal(404, "Not Found")


def missing_token() -> RefusalError:
    """Refuse a call without a bearer token."""
    return _unauthorized("Missing authentication")


def malformed_header() -> RefusalError:
    """Refuse a bearer that is no JWT (https://github.com/auth0/node-auth0/issues/118)."""
    return refusal(400, "Bad HTTP authentication header format", "Bearer")


def invalid_token() -> RefusalError:
    """Refuse a token that this tenant did not sign."""
    return _unauthorized("Invalid signature received for JSON Web Token validation")


def foreign_audience(audience: str) -> RefusalError:
    """Refuse a token for another API."""
    return _unauthorized(f"Bad audience: {audience}")


def expired_token() -> RefusalError:
    """Refuse a token whose time is over."""
    return _unauthorized("Expired token received for JSON Web Token validation")


def insufficient_scope(scopes: Sequence[str]) -> RefusalError:
    """Refuse a token that has none of some scopes."""
    message = f"Insufficient scope, expected any of: {','.join(scopes)}"
    return refusal(403, message, "insufficient_scope")


def invalid_body(complaint: str, place: str = "") -> RefusalError:
    """Refuse a body for what it holds."""
    return refusal(400, f"Payload validation error: '{complaint}'{place}.", "invalid_body")


def unreadable_body() -> RefusalError:
    """Refuse a body that is no JSON."""
    return refusal(400, "Invalid request payload JSON format")


def unknown_media_type() -> RefusalError:
    """Refuse a body of another kind than JSON."""
    return refusal(415, "Unsupported Media Type")


def large_body(limit: int) -> RefusalError:
    """Refuse a body that is too large."""
    return refusal(413, f"Payload content length greater than maximum allowed: {limit}")


def invalid_query(complaint: str, name: str) -> RefusalError:
    """Refuse a query for one of its parameters."""
    message = f"Query validation error: '{complaint}' on property {name}."
    return refusal(400, message, "invalid_query_string")


def invalid_uri(complaint: str, name: str = "id") -> RefusalError:
    """Refuse a path for an id in it."""
    message = f"Path validation error: '{complaint}' on property {name}."
    return refusal(400, message, "invalid_uri")


def too_many_requests(headers: Mapping[str, str]) -> RefusalError:
    """Refuse a request above the rate limit."""
    message = "Global limit has been reached"
    return refusal(429, message, "too_many_requests", headers=headers)


def unknown_user() -> RefusalError:
    """Refuse a user id that names nobody."""
    return refusal(404, "The user does not exist.", "inexistent_user")


def user_exists() -> RefusalError:
    """Refuse a user whose address or id is taken."""
    return refusal(409, "The user already exists.", "auth0_idp_error")


def email_exists() -> RefusalError:
    """Refuse to give a user the address of another one."""
    return refusal(400, "The specified new email already exists", "auth0_idp_error")


def unknown_connection() -> RefusalError:
    """Refuse to create a user in a connection that is not there."""
    return refusal(400, "The connection does not exist.", "inexistent_connection")


def not_supported(message: str) -> RefusalError:
    """Refuse what database users cannot have."""
    return refusal(400, message, "operation_not_supported")


def beyond_search() -> RefusalError:
    """Refuse to page beyond what a search finds.

    https://auth0.com/docs/manage-users/user-search/view-search-results-by-page
    """
    message = (
        "You can only page through the first 1000 records. See"
        " https://auth0.com/docs/users/search/v3/view-search-results-by-page#limitation"
    )
    return refusal(400, message, "invalid_paging")


def _unauthorized(message: str) -> RefusalError:
    return refusal(401, message, attributes={"error": message})
