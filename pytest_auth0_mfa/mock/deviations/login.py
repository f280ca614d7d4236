"""Deviations of logins, clients and errors in general."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_auth0_mfa.mock.deviations import edits
from pytest_auth0_mfa.mock.deviations.model import Change, Deviation
from pytest_auth0_mfa.mock.operations import Operation

if TYPE_CHECKING:
    from pytest_auth0_mfa.mock.calls import Call

_LOGINS = frozenset({Operation.PASSWORD, Operation.PASSWORD_REALM})


def _is_plain(call: Call) -> bool:
    """Tell a form of a client with a secret: the login that no other requirement varies."""
    return not call.body.is_json and "client_secret" in call.body.parameters


def _reaches_token_endpoint(call: Call) -> bool:
    return call.request.path == "/oauth/token"


LOGIN = (
    Deviation(
        "mfa-required-with-401",
        "MFA-LOGIN-MFA-REQUIRED",
        "The demand for a second factor comes with status 401",
        change=Change(
            "error.mfa-required",
            edits.status(401),
            frozenset({Operation.PASSWORD}),
            _is_plain,
        ),
    ),
    Deviation(
        "password-realm-unsupported",
        "MFA-LOGIN-REALM",
        "The grant password-realm does not exist",
        {"password_realm_known": False},
    ),
    Deviation(
        "json-login-refused",
        "MFA-LOGIN-JSON-BODY",
        "A login in JSON is refused",
        {"login_reads_json": False},
    ),
    Deviation(
        "wrong-password-accepted",
        "MFA-LOGIN-WRONG-PASSWORD",
        "Any password will do",
        {"password_checked": False},
    ),
    Deviation(
        "unknown-user-revealed",
        "MFA-LOGIN-UNKNOWN-USER",
        "An unknown user is told apart from a wrong password",
        {"unknown_user_revealed": True},
    ),
    Deviation(
        "unknown-audience-accepted",
        "MFA-LOGIN-UNKNOWN-AUDIENCE",
        "An audience that is not registered is overlooked",
        {"audience_checked": False},
    ),
    Deviation(
        "missing-username-unnoticed",
        "MFA-LOGIN-MISSING-USERNAME",
        "A login without username is answered as a wrong password",
        {"unnoticed_omissions": frozenset({(Operation.PASSWORD, "username")})},
    ),
    Deviation(
        "missing-password-unnoticed",
        "MFA-LOGIN-MISSING-PASSWORD",
        "A login without password is answered as a wrong password",
        {"unnoticed_omissions": frozenset({(Operation.PASSWORD, "password")})},
    ),
    Deviation(
        "missing-grant-type-unnoticed",
        "MFA-LOGIN-MISSING-GRANT",
        "A request without grant_type is answered as an unsupported grant",
        {"unnoticed_omissions": frozenset({(Operation.TOKEN, "grant_type")})},
    ),
    Deviation(
        "unsupported-grant-as-invalid-grant",
        "MFA-LOGIN-UNSUPPORTED-GRANT",
        "An unknown grant type is answered with invalid_grant",
        change=Change("error.unsupported-grant", edits.member("error", "invalid_grant")),
    ),
    Deviation(
        "mfa-token-repeated",
        "MFA-LOGIN-FRESH-TOKEN",
        "Every login of a user gets the same mfa_token",
        {"mfa_token_fresh": False},
    ),
    Deviation(
        "mfa-required-with-access-token",
        "MFA-LOGIN-NO-TOKENS",
        "The demand for a second factor already carries an access token",
        change=Change("error.mfa-required", edits.member("access_token", "leaked-access-token")),
    ),
    Deviation(
        "mfa-token-with-padding",
        "MFA-LOGIN-TOKEN-PLAIN",
        "An mfa_token holds equals signs, which an unencoded form breaks",
        {"mfa_token_padded": True},
    ),
    Deviation(
        "public-client-refused",
        "MFA-LOGIN-PUBLIC-CLIENT",
        "A client without secret is refused",
        {"public_clients_accepted": False},
    ),
)

CLIENTS = (
    Deviation(
        "basic-authentication-ignored",
        "MFA-CLIENT-BASIC",
        "Client credentials in an Authorization header are not read",
        {"basic_ignored_by": _LOGINS},
    ),
    Deviation(
        "wrong-client-secret-accepted",
        "MFA-CLIENT-WRONG-SECRET",
        "Any client secret will do",
        {"wrong_secret_ignored_by": _LOGINS},
    ),
    Deviation(
        "unknown-client-accepted",
        "MFA-CLIENT-UNKNOWN",
        "An unknown client_id passes for a known one",
        {"unknown_client_refused": False},
    ),
    Deviation(
        "missing-client-id-accepted",
        "MFA-CLIENT-MISSING-ID",
        "A request of no client passes for one of a known client",
        {"missing_client_refused": False},
    ),
    Deviation(
        "client-grants-unchecked",
        "MFA-CLIENT-GRANT",
        "A client may use grant types that are not enabled for it",
        {"client_grants_checked": False},
    ),
    Deviation(
        "client-credentials-unsigned",
        "MFA-CLIENT-CREDENTIALS",
        "A client's own access token is not a JWT",
        {"client_credentials_signed": False},
    ),
)

ERRORS = (
    Deviation(
        "error-as-html",
        "MFA-ERROR-JSON",
        "Errors say that they are HTML",
        change=Change("error.", edits.header("content-type", "text/html; charset=utf-8")),
    ),
    Deviation(
        "missing-bearer-without-description",
        "MFA-ERROR-DESCRIPTION",
        "The refusal of a call without bearer does not say why",
        change=Change("error.missing-bearer", edits.without("error_description")),
    ),
    Deviation(
        "error-with-www-authenticate",
        "MFA-ERROR-NO-AUTHENTICATE",
        "Errors of /oauth/token carry WWW-Authenticate",
        change=Change(
            "error.",
            edits.header("www-authenticate", 'Bearer realm="mock"'),
            when=_reaches_token_endpoint,
        ),
    ),
    Deviation(
        "error-cacheable",
        "MFA-ERROR-NOT-CACHED",
        "Errors may be cached",
        change=Change("error.", edits.header("cache-control", "public, max-age=60")),
    ),
)
