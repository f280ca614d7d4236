"""Deviations of the claims and the signatures in tokens, and of whose tokens are given."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from typing import TYPE_CHECKING

from pytest_auth0_mfa.mock.deviations import edits
from pytest_auth0_mfa.mock.deviations.model import Change, Deviation
from pytest_auth0_mfa.mock.deviations.presented import completes_for_others, has_opaque_bearer
from pytest_auth0_mfa.mock.deviations.tokens import with_broken_signature
from pytest_auth0_mfa.mock.operations import Operation

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_auth0_mfa.mock.messages import Json

    Claims = dict[str, Json]

_DAY_S = 86_400
_STRANGER = "auth0|000000000000000000000000"


def _lacking(name: str) -> Callable[[Claims], Claims]:
    return lambda claims: {each: value for each, value in claims.items() if each != name}


def _moved(seconds: int) -> Callable[[Claims], Claims]:
    """Move both times of a token."""

    def move(claims: Claims) -> Claims:
        moved = {name: int(str(claims[name])) + seconds for name in ("iat", "exp")}
        return {**claims, **moved}

    return move


def _lasting(seconds: int) -> Callable[[Claims], Claims]:
    """Let a token end some seconds after it was issued."""
    return lambda claims: {**claims, "exp": int(str(claims["iat"])) + seconds}


def _under_header(header: bytes) -> Callable[[str], str]:
    """Put another header before the claims of a token, and keep its signature."""
    encoded = urlsafe_b64encode(header).rstrip(b"=").decode()
    return lambda token: f"{encoded}.{token.partition('.')[2]}"


_UNSIGNED = _under_header(b'{"alg":"none","typ":"JWT"}')
_UNKNOWN_KEY = _under_header(b'{"alg":"RS256","typ":"JWT","kid":"nobody"}')


def _id_token_lacks(name: str, requirement: str) -> Deviation:
    summary = f"An id_token lacks {name}"
    edit = {"edit_id_token": _lacking(name)}
    return Deviation(f"id-token-without-{name}", f"MFA-TOKEN-ID-{requirement}", summary, edit)


ID_TOKENS = (
    _id_token_lacks("iss", "ISSUER"),
    _id_token_lacks("aud", "AUDIENCE"),
    _id_token_lacks("sub", "SUBJECT"),
    _id_token_lacks("iat", "TIMES"),
    _id_token_lacks("exp", "TIMES"),
    Deviation(
        "id-token-expired-at-once",
        "MFA-TOKEN-ID-TIMES",
        "An id_token ends in the second in which it begins",
        {"edit_id_token": _lasting(0)},
    ),
    Deviation(
        "id-token-issued-tomorrow",
        "MFA-TOKEN-ID-TIMES",
        "An id_token is dated a day ahead",
        {"edit_id_token": _moved(_DAY_S)},
    ),
    Deviation(
        "id-token-expired-yesterday",
        "MFA-TOKEN-ID-TIMES",
        "An id_token is dated two days back",
        {"edit_id_token": _moved(-2 * _DAY_S)},
    ),
    Deviation(
        "id-token-unsigned",
        "MFA-TOKEN-ID-SIGNATURE",
        "The header of an id_token says that nobody signed it",
        change=Change("token.otp", edits.rewritten("id_token", _UNSIGNED)),
    ),
    Deviation(
        "id-token-by-unknown-key",
        "MFA-TOKEN-ID-SIGNATURE",
        "The header of an id_token names a key that is not published",
        change=Change("token.otp", edits.rewritten("id_token", _UNKNOWN_KEY)),
    ),
)

API_TOKENS = (
    Deviation(
        "api-token-with-broken-signature",
        "MFA-TOKEN-AUDIENCE",
        "The signature of an access token for an API does not verify",
        change=Change(
            "token.otp",
            edits.rewritten("access_token", with_broken_signature),
            frozenset({Operation.MFA_OTP}),
            completes_for_others,
        ),
    ),
    Deviation(
        "api-token-for-another-api",
        "MFA-TOKEN-AUDIENCE",
        "An access token for an API names another one",
        {"edit_api_token": lambda claims: {**claims, "aud": "https://api.nobody.example"}},
    ),
    Deviation(
        "api-token-of-another-tenant",
        "MFA-TOKEN-API-ISSUER",
        "An access token for an API names another tenant as its issuer",
        {"edit_api_token": lambda claims: {**claims, "iss": "https://nobody.example/"}},
    ),
    Deviation(
        "api-token-without-iss",
        "MFA-TOKEN-API-ISSUER",
        "An access token for an API lacks iss",
        {"edit_api_token": _lacking("iss")},
    ),
    Deviation(
        "api-token-of-another-user",
        "MFA-TOKEN-API-SUBJECT",
        "An access token for an API is another user's",
        {"edit_api_token": lambda claims: {**claims, "sub": _STRANGER}},
    ),
    Deviation(
        "api-token-without-sub",
        "MFA-TOKEN-API-SUBJECT",
        "An access token for an API lacks sub",
        {"edit_api_token": _lacking("sub")},
    ),
    Deviation(
        "api-token-without-exp",
        "MFA-TOKEN-API-TIMES",
        "An access token for an API lacks exp",
        {"edit_api_token": _lacking("exp")},
    ),
    Deviation(
        "api-token-lives-a-year",
        "MFA-TOKEN-API-TIMES",
        "An access token for an API lives longer than expires_in says",
        {"edit_api_token": _lasting(365 * _DAY_S)},
    ),
    Deviation(
        "userinfo-of-another-user",
        "MFA-TOKEN-USERINFO",
        "/userinfo tells about another user",
        change=Change("userinfo", edits.member("sub", _STRANGER), when=has_opaque_bearer),
    ),
)

FORGED = (
    Deviation(
        "forged-token-associates",
        "MFA-AUDIENCE-FORGED",
        "An association does not look at the signature of an access token",
        {"signature_ignored_by": frozenset({Operation.ASSOCIATE})},
    ),
    Deviation(
        "forged-token-lists",
        "MFA-AUDIENCE-FORGED",
        "A list does not look at the signature of an access token",
        {"signature_ignored_by": frozenset({Operation.LIST})},
    ),
    Deviation(
        "forged-token-deletes",
        "MFA-AUDIENCE-FORGED",
        "A deletion does not look at the signature of an access token",
        {"signature_ignored_by": frozenset({Operation.DELETE})},
    ),
)
