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


def username_not_required() -> RefusalError:
    """Refuse a user name where the database has none."""
    message = "Cannot set username for connection without requires_username"
    return refusal(400, message, "invalid_body")


def missing_username(connection: str) -> RefusalError:
    """Refuse a user without a name where the database wants one."""
    message = f"Missing username for {connection} connection with requires_username enabled"
    return refusal(400, message, "invalid_body")


def no_users_by_api() -> RefusalError:
    """Refuse to create users where there are no passwords.

    https://auth0.com/docs/api/management/v2/users/post-users
    """
    message = (
        "Connection does not support user creation through the API. It must either be a database"
        " or passwordless connection."
    )
    return refusal(400, message, "invalid_body")


def beyond_search() -> RefusalError:
    """Refuse to page beyond what a search finds.

    https://auth0.com/docs/manage-users/user-search/view-search-results-by-page
    """
    message = (
        "You can only page through the first 1000 records. See"
        " https://auth0.com/docs/users/search/v3/view-search-results-by-page#limitation"
    )
    return refusal(400, message, "invalid_paging")


def unknown_method() -> RefusalError:
    """Refuse an id of a method that the user does not have. Real bodies are not on record."""
    code = "inexistent_authentication_method"
    return refusal(404, "The authentication method does not exist.", code)


def unknown_enrollment() -> RefusalError:
    """Refuse an id that no enrollment has."""
    return refusal(404, "Enrollment not found", "enrollment_not_found")


def unknown_client() -> RefusalError:
    """Refuse an id that no client has."""
    return refusal(404, "The client does not exist", "inexistent_client")


def invalid_grant_types(names: Sequence[str]) -> RefusalError:
    """Refuse names that are no grant types."""
    return refusal(400, f"Invalid grant types: {','.join(names)}", "invalid_body")


def unknown_grant() -> RefusalError:
    """Refuse an id that no grant of a client has."""
    return refusal(404, "The client grant does not exist.", "inexistent_client_grant")


def grant_exists() -> RefusalError:
    """Refuse a second grant of a client for one API."""
    message = "A resource with the same values already exists."
    return refusal(409, message, "conflict")


def api_exists() -> RefusalError:
    """Refuse a second API of one audience. Real bodies are not on record."""
    message = "A resource server with the same identifier already exists."
    return refusal(409, message, "resource_conflict")


def connection_not_found() -> RefusalError:
    """Refuse an id that no connection has."""
    return refusal(404, "The connection does not exist", "inexistent_connection")


def no_email_provider() -> RefusalError:
    """Refuse to show or change what is not configured."""
    message = "There is not a configured email provider"
    return refusal(404, message, "inexistent_email_provider")


def email_provider_exists() -> RefusalError:
    """Refuse a second provider of e-mail."""
    message = "There is already a configured email provider."
    return refusal(409, message, "email_provider_conflict")


def no_email_template() -> RefusalError:
    """Refuse to show or change a template that was never customized."""
    return refusal(404, "The template does not exist.", "inexistent_email_template")


def email_template_exists(name: str) -> RefusalError:
    """Refuse to create a template twice."""
    return refusal(409, f"Template {name} already exists.")


def unknown_entry(kind: str) -> RefusalError:
    """Refuse an id that names nothing of its kind. Real bodies are not on record."""
    return refusal(404, f"The {kind} does not exist.", f"inexistent_{kind.replace(' ', '_')}")


def legacy_phone() -> RefusalError:
    """Refuse the older settings of phones where newer ones have replaced them.

    https://github.com/auth0/auth0-deploy-cli/pull/1429
    """
    message = (
        "Insufficient privileges to use this deprecated feature. To handle Phone"
        " Provider/Templates refer to Tenant Phone Settings"
    )
    return refusal(403, message, "legacy_mfa_phone_provider_not_allowed")


def insufficient_entitlement(feature: str) -> RefusalError:
    """Refuse what the plan does not include."""
    message = f"Please upgrade your subscription to use {feature}"
    return refusal(403, message, "insufficient_entitlement")


def _unauthorized(message: str) -> RefusalError:
    return refusal(401, message, attributes={"error": message})
