"""Deviations of tokens, discovery, the MFA audience and deletion."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_auth0_mfa.mock.deviations import edits
from pytest_auth0_mfa.mock.deviations.model import Change, Deviation
from pytest_auth0_mfa.mock.deviations.presented import (
    completes_for_others,
    has_invented_bearer,
    has_invented_refresh_token,
    has_opaque_bearer,
)
from pytest_auth0_mfa.mock.operations import Operation

if TYPE_CHECKING:
    from pytest_auth0_mfa.mock.messages import Json

_DELETE = frozenset({Operation.DELETE})
_CODES = frozenset({Operation.MFA_OTP, Operation.MFA_OOB, Operation.MFA_RECOVERY_CODE})
_COMPLETIONS = _CODES | {Operation.CONFIRMATION}
_CACHEABLE = edits.header("cache-control", "public, max-age=60")


def with_broken_signature(token: str) -> str:
    """Turn a character in the middle of the signature into another."""
    head, dot, signature = token.rpartition(".")
    turned = "A" if signature[100] != "A" else "B"
    return f"{head}{dot}{signature[:100]}{turned}{signature[101:]}"


def _without_slash(claims: dict[str, Json]) -> dict[str, Json]:
    return {**claims, "iss": str(claims["iss"]).rstrip("/")}


def _for_nobody(claims: dict[str, Json]) -> dict[str, Json]:
    return {**claims, "aud": "another-client"}


def _of_another_user(claims: dict[str, Json]) -> dict[str, Json]:
    return {**claims, "sub": "auth0|000000000000000000000000"}


def _with_times_as_texts(claims: dict[str, Json]) -> dict[str, Json]:
    return {**claims, "iat": str(claims["iat"]), "exp": str(claims["exp"])}


def _with_amr(claims: dict[str, Json]) -> dict[str, Json]:
    return {**claims, "amr": ["mfa"]}


TOKENS = (
    Deviation(
        "otp-tokens-cacheable",
        "MFA-TOKEN-NOT-CACHED",
        "Tokens for a one-time password may be cached",
        change=Change("token.otp", _CACHEABLE),
    ),
    Deviation(
        "oob-tokens-cacheable",
        "MFA-TOKEN-NOT-CACHED",
        "Tokens for a delivered code may be cached",
        change=Change("token.oob", _CACHEABLE),
    ),
    Deviation(
        "recovery-tokens-cacheable",
        "MFA-TOKEN-NOT-CACHED",
        "Tokens for a recovery code may be cached",
        change=Change("token.recovery-code", _CACHEABLE),
    ),
    Deviation(
        "tokens-without-pragma",
        "MFA-TOKEN-PRAGMA",
        "Tokens come without Pragma: no-cache",
        change=Change("token.", edits.without_headers("pragma")),
    ),
    Deviation(
        "scope-of-login-lost",
        "MFA-TOKEN-SCOPE",
        "The tokens say scope openid, whatever the login asked for",
        change=Change("token.", edits.member("scope", "openid"), _CODES, completes_for_others),
    ),
    Deviation(
        "expires-in-as-text",
        "MFA-TOKEN-LIFETIME",
        "expires_in is a string",
        change=Change(
            "token.", edits.member("expires_in", "86400"), _COMPLETIONS, completes_for_others
        ),
    ),
    Deviation(
        "id-token-with-broken-signature",
        "MFA-TOKEN-ID-SIGNATURE",
        "The signature of an id_token does not verify",
        change=Change("token.otp", edits.rewritten("id_token", with_broken_signature)),
    ),
    Deviation(
        "id-token-issuer-without-slash",
        "MFA-TOKEN-ID-ISSUER",
        "The issuer of an id_token lacks its slash",
        {"edit_id_token": _without_slash},
    ),
    Deviation(
        "id-token-for-another-client",
        "MFA-TOKEN-ID-AUDIENCE",
        "The audience of an id_token is another client",
        {"edit_id_token": _for_nobody},
    ),
    Deviation(
        "id-token-of-another-user",
        "MFA-TOKEN-ID-SUBJECT",
        "The subject of an id_token is another user",
        {"edit_id_token": _of_another_user},
    ),
    Deviation(
        "id-token-times-as-texts",
        "MFA-TOKEN-ID-TIMES",
        "The times in an id_token are strings",
        {"edit_id_token": _with_times_as_texts},
    ),
    Deviation(
        "id-token-with-amr",
        "MFA-TOKEN-ID-NO-AMR",
        "An id_token carries amr, as only hosted logins do",
        {"edit_id_token": _with_amr},
    ),
    Deviation(
        "id-token-without-openid",
        "MFA-TOKEN-ID-ON-REQUEST",
        "An id_token comes without scope openid",
        {"id_token_needs_openid": False},
    ),
    Deviation(
        "refresh-token-without-offline-access",
        "MFA-TOKEN-REFRESH-ON-REQUEST",
        "A refresh_token comes without scope offline_access",
        {"refresh_needs_offline_access": False},
    ),
    Deviation(
        "invalid-refresh-token-as-server-error",
        "MFA-TOKEN-REFRESH-INVALID",
        "An invented refresh token is answered with status 500",
        change=Change(
            "error.invalid-refresh-token", edits.status(500), when=has_invented_refresh_token
        ),
    ),
    Deviation(
        "api-access-token-opaque",
        "MFA-TOKEN-AUDIENCE",
        "The access token for an API is not a JWT",
        {"api_tokens_signed": False},
    ),
    Deviation(
        "userinfo-with-202",
        "MFA-TOKEN-USERINFO",
        "/userinfo answers with status 202",
        change=Change("userinfo", edits.status(202), when=has_opaque_bearer),
    ),
    Deviation(
        "userinfo-unguarded",
        "MFA-TOKEN-USERINFO-INVALID",
        "/userinfo opens to an invented token",
        {"userinfo_bearer_checked": False},
    ),
)

SERVICE = (
    Deviation(
        "discovery-without-token-endpoint",
        "MFA-DISCOVERY",
        "The discovery document does not name the token endpoint",
        change=Change("discovery", edits.without("token_endpoint")),
    ),
    Deviation(
        "jwks-with-nameless-key",
        "MFA-JWKS",
        "The JWK set holds a second key, without kid and without modulus",
        change=Change("jwks", edits.listed("keys", {"kty": "RSA", "use": "sig", "e": "AQAB"})),
    ),
)

AUDIENCE = (
    Deviation(
        "mfa-audience-always-challenged",
        "MFA-AUDIENCE-UNENROLLED",
        "A user without factor gets no token for the MFA audience",
        {"mfa_audience_free_without_factor": False},
    ),
    Deviation(
        "mfa-audience-never-challenged",
        "MFA-AUDIENCE-STEP-UP",
        "A password alone gets an enrolled user a token for the MFA audience",
        {"mfa_audience_steps_up": False},
    ),
    Deviation(
        "mfa-audience-token-lives-a-day",
        "MFA-AUDIENCE-LIFETIME",
        "A token for the MFA audience is said to live a day instead of ten minutes",
        change=Change("token.password", edits.member("expires_in", 86_400)),
    ),
)

DELETION = (
    Deviation(
        "deletion-with-200",
        "MFA-DELETE-RESPONSE",
        "A deletion is answered with status 200 and a body",
        change=Change(
            "authenticator.deleted",
            lambda answer: edits.body({"deleted": True})(edits.status(200)(answer)),
        ),
    ),
    Deviation(
        "encoded-id-unknown",
        "MFA-DELETE-RESPONSE",
        "An id whose bar is percent-encoded is not found",
        change=Change("authenticator.deleted", edits.refused(404)),
    ),
    Deviation(
        "deleted-authenticator-accepted",
        "MFA-DELETE-GONE",
        "The codes of a deleted authenticator still log in",
        {"removed_codes_accepted": True},
    ),
    Deviation(
        "pending-cannot-be-deleted",
        "MFA-DELETE-UNCONFIRMED",
        "An unconfirmed authenticator cannot be deleted",
        {"pending_removable": False},
    ),
    Deviation(
        "deletion-blocks-enrollment",
        "MFA-DELETE-REENROLL",
        "A user who deleted the last factor counts as enrolled",
        {"removal_allows_enrollment": False},
    ),
    Deviation(
        "unknown-deletion-with-204",
        "MFA-DELETE-UNKNOWN",
        "Deleting what does not exist succeeds",
        {"unknown_removal_refused": False},
    ),
    Deviation(
        "foreign-authenticator-deleted",
        "MFA-DELETE-FOREIGN",
        "Another user's authenticator can be deleted",
        {"foreign_removal_refused": False},
    ),
    Deviation(
        "deletion-by-mfa-token",
        "MFA-DELETE-MFA-TOKEN",
        "An mfa_token is enough to delete",
        {"removal_takes_mfa_token": True},
    ),
    Deviation(
        "deletion-scope-unchecked",
        "MFA-DELETE-SCOPE",
        "An access token without remove:authenticators is enough to delete",
        {"removal_scope_checked": False},
    ),
    Deviation(
        "delete-without-bearer-as-400",
        "MFA-DELETE-NO-BEARER",
        "Deleting without bearer is answered with status 400",
        change=Change("error.missing-bearer", edits.status(400), _DELETE),
    ),
    Deviation(
        "delete-bad-bearer-as-400",
        "MFA-DELETE-BAD-BEARER",
        "Deleting with an invented bearer is answered with status 400",
        change=Change("error.invalid-bearer", edits.status(400), _DELETE, has_invented_bearer),
    ),
)
