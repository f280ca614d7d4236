"""Faults of the refusals that end a login, and of those that keep a client out."""

from __future__ import annotations

from pytest_auth0_mfa.mock.deviations import asked
from pytest_auth0_mfa.mock.deviations.places import Place
from pytest_auth0_mfa.mock.deviations.presented import has_invented_refresh_token
from pytest_auth0_mfa.mock.deviations.samples import MFA_TOKEN, TOKENS
from pytest_auth0_mfa.mock.operations import Operation

_TOKEN = frozenset({Operation.TOKEN})
_PASSWORD = frozenset({Operation.PASSWORD, Operation.PASSWORD_REALM})
_REFRESH = frozenset({Operation.REFRESH_TOKEN})
_CHALLENGE = frozenset({Operation.CHALLENGE})
_CODES = frozenset({Operation.MFA_OTP, Operation.MFA_OOB, Operation.MFA_RECOVERY_CODE})
_ASSERTED = frozenset(
    f"MFA-CLIENT-JWT-{each}"
    for each in (
        *("MISSING", "TYPE", "CLAIMS", "EXPIRED", "LIFETIME", "AUDIENCE"),
        *("ALGORITHM", "FOREIGN", "REPLAY"),
    )
)
"""They read one and the same refusal."""


def _lacking(name: str, requirement: str, operations: frozenset[Operation]) -> Place:
    """Logins without a parameter."""
    stem, words = f"login-without-{name.replace('_', '-')}", f"A login without {name}"
    missing, lacks = "error.missing-parameter", asked.lacks(name)
    return Place(stem, words, requirement, missing, operations, lacks)


_WRONG_PASSWORD = Place(
    "wrong-password",
    "A wrong password",
    "MFA-LOGIN-WRONG-PASSWORD",
    "error.wrong-password",
    _PASSWORD,
    asked.names_known_user,
)
_UNKNOWN_USER = Place(
    "unknown-user",
    "A login of nobody",
    "MFA-LOGIN-UNKNOWN-USER",
    "error.wrong-password",
    _PASSWORD,
    asked.names_unknown_user,
)
_UNKNOWN_AUDIENCE = Place(
    "unknown-audience",
    "A login for an unknown audience",
    "MFA-LOGIN-UNKNOWN-AUDIENCE",
    "error.invalid-audience",
)
_NO_USERNAME = _lacking("username", "MFA-LOGIN-MISSING-USERNAME", _PASSWORD)
_NO_PASSWORD = _lacking("password", "MFA-LOGIN-MISSING-PASSWORD", _PASSWORD)
_NO_GRANT = Place(
    "login-without-grant-type",
    "A login without grant_type",
    "MFA-LOGIN-MISSING-GRANT",
    "error.missing-parameter",
    _TOKEN,
    asked.has_all("username"),
)
_UNSUPPORTED_GRANT = Place(
    "unsupported-grant",
    "A grant type that nobody defined",
    "MFA-LOGIN-UNSUPPORTED-GRANT",
    "error.unsupported-grant",
)
_BLOCKED_USER = Place(
    "blocked-user",
    "A login of a blocked user",
    "MFA-BLOCKED-LOGIN",
    "error.blocked-user",
    _PASSWORD,
)
_TOO_MANY_PASSWORDS = Place(
    "too-many-wrong-passwords",
    "A login after too many wrong passwords",
    "MFA-BRUTE-FORCE-BLOCK",
    "error.too-many-attempts",
)
_TOO_MANY_LOGINS = Place(
    "too-many-logins",
    "A login too many",
    "MFA-LIMIT-LOGINS",
    "error.too-many-requests",
    _PASSWORD,
)

LOGIN = (
    _WRONG_PASSWORD.status(401, "MFA-LOGIN-UNKNOWN-USER"),
    _WRONG_PASSWORD.code("access_denied"),
    _UNKNOWN_USER.interrupted(),
    _UNKNOWN_AUDIENCE.status(401),
    _UNKNOWN_AUDIENCE.code("invalid_grant"),
    _NO_USERNAME.interrupted(),
    _NO_PASSWORD.interrupted(),
    _NO_GRANT.interrupted(),
    _NO_GRANT.code("unsupported_grant_type"),
    _UNSUPPORTED_GRANT.interrupted(),
    _UNSUPPORTED_GRANT.status(403),
    _BLOCKED_USER.code("access_denied"),
    _BLOCKED_USER.beside("an mfa_token", "mfa_token", MFA_TOKEN),
    _TOO_MANY_PASSWORDS.status(403),
    _TOO_MANY_PASSWORDS.code("invalid_grant"),
    _TOO_MANY_PASSWORDS.beside("an mfa_token", "mfa_token", MFA_TOKEN),
    _TOO_MANY_LOGINS.status(403),
)

_BAD_CLIENT = "error.invalid-client"
_WRONG_SECRET = Place(
    "wrong-client-secret",
    "A login with a wrong client_secret",
    "MFA-CLIENT-WRONG-SECRET",
    _BAD_CLIENT,
    _PASSWORD,
    asked.has_wrong_secret,
)
_UNKNOWN_CLIENT = Place(
    "unknown-client",
    "A login by an unknown client",
    "MFA-CLIENT-UNKNOWN",
    _BAD_CLIENT,
    _PASSWORD,
    asked.names_unknown_client,
)
_NO_CLIENT = Place(
    "login-without-client-id",
    "A login by no client",
    "MFA-CLIENT-MISSING-ID",
    "error.missing-parameter",
    _PASSWORD,
    asked.names_no_client,
)
_SILENT_CLIENT = Place(
    "missing-client-secret",
    "A login without the client_secret",
    "MFA-CLIENT-NO-SECRET",
    _BAD_CLIENT,
    _PASSWORD,
    asked.keeps_its_secret,
)
_SILENT_CHALLENGE = Place(
    "challenge-by-silent-client",
    "A challenge without the client_secret",
    "MFA-CLIENT-NO-SECRET-CHALLENGE",
    _BAD_CLIENT,
    _CHALLENGE,
    asked.keeps_its_secret,
)
_IMPOSTOR_CHALLENGE = Place(
    "challenge-by-impostor",
    "A challenge with a wrong client_secret",
    "MFA-CHALLENGE-CLIENT-SECRET",
    _BAD_CLIENT,
    _CHALLENGE,
    asked.has_wrong_secret,
)
_SILENT_CODE = Place(
    "code-by-silent-client",
    "A code without the client_secret",
    "MFA-CLIENT-NO-SECRET-CODE",
    _BAD_CLIENT,
    _CODES,
    asked.keeps_its_secret,
)
_IMPOSTOR_CODE = Place(
    "code-by-impostor",
    "A code with a wrong client_secret",
    "MFA-CLIENT-WRONG-SECRET-CODE",
    _BAD_CLIENT,
    _CODES,
    asked.has_wrong_secret,
)
_BAD_ASSERTION = Place(
    "bad-assertion",
    "An assertion that proves nothing",
    "MFA-CLIENT-JWT-SIGNATURE",
    _BAD_CLIENT,
    _PASSWORD,
    asked.signs_assertions,
    _ASSERTED,
)
_NO_GRANT_OF_CLIENT = Place(
    "grant-not-enabled",
    "A code of a client without the grant",
    "MFA-CLIENT-GRANT",
    "error.unauthorized-client",
)
_FOREIGN_REFRESH = Place(
    "foreign-refresh-token",
    "A refresh token of another client",
    "MFA-CLIENT-FOREIGN-REFRESH",
    "error.invalid-refresh-token",
    _REFRESH,
    asked.has_issued_refresh_token,
)
_INVENTED_REFRESH = Place(
    "invented-refresh-token",
    "An invented refresh token",
    "MFA-TOKEN-REFRESH-INVALID",
    "error.invalid-refresh-token",
    _REFRESH,
    has_invented_refresh_token,
)

CLIENTS = (
    _WRONG_SECRET.status(400),
    _UNKNOWN_CLIENT.code("invalid_grant"),
    _NO_CLIENT.status(500),
    _SILENT_CLIENT.without("error"),
    _SILENT_CHALLENGE.status(400),
    _IMPOSTOR_CHALLENGE.without("error"),
    _SILENT_CODE.code("invalid_grant"),
    _SILENT_CODE.beside("tokens", "access_token", TOKENS["access_token"]),
    _IMPOSTOR_CODE.status(500),
    _BAD_ASSERTION.status(500),
    _NO_GRANT_OF_CLIENT.accepted(TOKENS),
    _NO_GRANT_OF_CLIENT.status(400),
    _NO_GRANT_OF_CLIENT.code("unsupported_grant_type"),
    _FOREIGN_REFRESH.status(400),
    _FOREIGN_REFRESH.code("access_denied"),
    _INVENTED_REFRESH.accepted(TOKENS),
)

_BAD_REQUEST = "error.invalid-request"
_REPEATED = Place(
    "repeated-parameter",
    "A parameter that is sent twice",
    "MFA-PROTOCOL-REPEATED",
    _BAD_REQUEST,
    when=asked.repeats_itself,
)
_NO_TEXT = Place(
    "odd-mfa-token",
    "An mfa_token that is no text",
    "MFA-PROTOCOL-NON-STRING",
    _BAD_REQUEST,
    when=asked.presents_no_text,
)

PROTOCOL = (
    _REPEATED.status(500),
    _REPEATED.code("invalid_grant"),
    _NO_TEXT.status(403),
    _NO_TEXT.without("error"),
)
