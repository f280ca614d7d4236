"""Deviations of the MFA audience, and of what its access tokens may do."""

from __future__ import annotations

from pytest_auth0_mfa.mock import audiences
from pytest_auth0_mfa.mock.deviations import edits
from pytest_auth0_mfa.mock.deviations.model import Change, Deviation
from pytest_auth0_mfa.mock.deviations.presented import completes_for_mfa
from pytest_auth0_mfa.mock.operations import Operation

_CODES = frozenset({Operation.MFA_OTP, Operation.MFA_OOB, Operation.MFA_RECOVERY_CODE})
_ALL_SCOPES = " ".join(sorted(audiences.MFA_SCOPES))


AUDIENCE = (
    Deviation(
        "mfa-audience-without-slash-refused",
        "MFA-AUDIENCE-SPELLING",
        "The MFA audience is known by its spelling with a slash at the end alone",
        {"mfa_audience_needs_slash": True},
    ),
    Deviation(
        "mfa-audience-claim-without-slash",
        "MFA-AUDIENCE-CLAIM",
        "An access token for the MFA audience names it without the slash at its end",
        {"mfa_audience_claim_has_slash": False},
    ),
    Deviation(
        "mfa-audience-with-all-scopes",
        "MFA-AUDIENCE-SCOPE",
        "An access token for the MFA audience is said to have scopes that nobody asked for",
        change=Change("token.password", edits.member("scope", _ALL_SCOPES)),
    ),
    Deviation(
        "completed-mfa-audience-lives-a-day",
        "MFA-AUDIENCE-COMPLETED",
        "A code gives a token for the MFA audience that is said to live a day",
        change=Change("token.", edits.member("expires_in", 86_400), _CODES, completes_for_mfa),
    ),
    Deviation(
        "completed-mfa-audience-loses-scopes",
        "MFA-AUDIENCE-COMPLETED",
        "A code gives a token for the MFA audience without the scopes of the login",
        change=Change("token.", edits.member("scope", "openid"), _CODES, completes_for_mfa),
    ),
    Deviation(
        "mfa-audience-lost-in-refresh",
        "MFA-AUDIENCE-REFRESH",
        "A refresh token of the MFA audience gives an access token for no audience",
        {"refresh_keeps_mfa_audience": False},
    ),
    Deviation(
        "ordinary-token-associates",
        "MFA-AUDIENCE-ORDINARY",
        "An access token for another audience enrolls",
        {"other_audiences_accepted_by": frozenset({Operation.ASSOCIATE})},
    ),
    Deviation(
        "ordinary-token-lists",
        "MFA-AUDIENCE-ORDINARY",
        "An access token for another audience lists",
        {"other_audiences_accepted_by": frozenset({Operation.LIST})},
    ),
    Deviation(
        "ordinary-token-deletes",
        "MFA-AUDIENCE-ORDINARY",
        "An access token for another audience deletes",
        {"other_audiences_accepted_by": frozenset({Operation.DELETE})},
    ),
    Deviation(
        "expired-access-token-associates",
        "MFA-AUDIENCE-EXPIRED",
        "An expired access token for the MFA audience enrolls",
        {"access_expiry_ignored_by": frozenset({Operation.ASSOCIATE})},
    ),
    Deviation(
        "expired-access-token-lists",
        "MFA-AUDIENCE-EXPIRED",
        "An expired access token for the MFA audience lists",
        {"access_expiry_ignored_by": frozenset({Operation.LIST})},
    ),
    Deviation(
        "expired-access-token-deletes",
        "MFA-AUDIENCE-EXPIRED",
        "An expired access token for the MFA audience deletes",
        {"access_expiry_ignored_by": frozenset({Operation.DELETE})},
    ),
)

SELF_SERVICE = (
    Deviation(
        "access-token-blocked-by-confirmed-factor",
        "MFA-ENROLL-ACCESS-TOKEN",
        "A confirmed factor keeps an access token from enrolling another",
        {"active_blocks_access_tokens": True},
    ),
    Deviation(
        "enrollment-scope-unchecked",
        "MFA-ENROLL-SCOPE",
        "An access token without enroll is enough to enroll",
        {"enrollment_scope_checked": False},
    ),
    Deviation(
        "access-token-does-not-confirm",
        "MFA-CONFIRM-ACCESS-TOKEN",
        "What was enrolled with an access token cannot be confirmed with it",
        {"confirmation_takes_access_tokens": False},
    ),
    Deviation(
        "listing-scope-unchecked",
        "MFA-LIST-SCOPE",
        "An access token without read:authenticators is enough to list",
        {"listing_scope_checked": False},
    ),
    Deviation(
        "access-token-challenges",
        "MFA-CHALLENGE-ACCESS-TOKEN",
        "An access token for the MFA audience passes for an mfa_token",
        {"challenge_takes_access_tokens": True},
    ),
    Deviation(
        "deletion-needs-reading",
        "MFA-DELETE-ONE-SCOPE",
        "Deletion needs the scope read:authenticators besides its own",
        {"removal_needs_reading": True},
    ),
)
