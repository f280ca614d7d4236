"""Faults of the refusals of associations, lists and deletions."""

from __future__ import annotations

from pytest_auth0_mfa.mock.deviations import asked
from pytest_auth0_mfa.mock.deviations.places import Place
from pytest_auth0_mfa.mock.deviations.presented import has_invented_bearer
from pytest_auth0_mfa.mock.deviations.samples import ASSOCIATION
from pytest_auth0_mfa.mock.operations import Operation

_ASSOCIATE = frozenset({Operation.ASSOCIATE})
_LIST = frozenset({Operation.LIST})
_DELETE = frozenset({Operation.DELETE})
_DESCRIBED = "MFA-ERROR-DESCRIPTION"
_IN_JSON = "MFA-ERROR-JSON"
_UNCLEAR = "error.invalid-enrollment"

_NO_BEARER = Place(
    "associate-without-bearer",
    "An association without bearer",
    "MFA-ENROLL-NO-BEARER",
    "error.missing-bearer",
    _ASSOCIATE,
)
_BAD_BEARER = Place(
    "associate-bad-bearer",
    "An association with an invented bearer",
    "MFA-ENROLL-BAD-BEARER",
    "error.invalid-bearer",
    _ASSOCIATE,
    has_invented_bearer,
)
_EXPIRED_BEARER = Place(
    "associate-expired-bearer",
    "An association with an expired mfa_token",
    "MFA-ENROLL-EXPIRED-BEARER",
    "error.expired-bearer",
    _ASSOCIATE,
    asked.bears_mfa_token,
)
_ALREADY = Place(
    "already-enrolled",
    "A second enrollment by mfa_token",
    "MFA-ENROLL-ALREADY",
    "error.already-enrolled",
)
_NO_TYPE = Place(
    "missing-type",
    "An association of no type",
    "MFA-ENROLL-MISSING-TYPE",
    _UNCLEAR,
    when=asked.lacks("authenticator_types"),
)
_UNKNOWN_TYPE = Place(
    "unknown-type",
    "An association of an unknown type",
    "MFA-ENROLL-UNKNOWN-TYPE",
    _UNCLEAR,
    when=asked.wants_unknown_type,
)
_NO_CHANNEL = Place(
    "missing-channel",
    "An association by no channel",
    "MFA-ENROLL-MISSING-CHANNEL",
    _UNCLEAR,
    when=asked.wants_no_channel,
)
_UNKNOWN_CHANNEL = Place(
    "unknown-channel",
    "An association by an unknown channel",
    "MFA-ENROLL-UNKNOWN-CHANNEL",
    _UNCLEAR,
    when=asked.wants_unknown_channel,
)
_NO_PHONE = Place(
    "missing-phone-number",
    "An association of no phone number",
    "MFA-ENROLL-MISSING-PHONE",
    _UNCLEAR,
    when=asked.wants_no_phone,
)
_BAD_PHONE = Place(
    "invalid-phone-number",
    "An association of what is no phone number",
    "MFA-ENROLL-INVALID-PHONE",
    "error.invalid-phone-number",
    when=asked.has_all("phone_number"),
)
_IMPOSTOR = Place(
    "association-by-impostor",
    "An association with a wrong client_secret",
    "MFA-ENROLL-CLIENT-SECRET",
    "error.invalid-client",
    _ASSOCIATE,
)
_UNSCOPED = Place(
    "enrollment-without-scope",
    "An association with an access token without enroll",
    "MFA-ENROLL-SCOPE",
    "error.insufficient-scope",
    _ASSOCIATE,
)

ENROLLMENT = (
    _NO_BEARER.accepted(ASSOCIATION, _IN_JSON, _DESCRIBED),
    _BAD_BEARER.accepted(ASSOCIATION),
    _EXPIRED_BEARER.status(500),
    _EXPIRED_BEARER.code("access_denied"),
    _EXPIRED_BEARER.having("an empty error_description", "error_description", ""),
    _ALREADY.status(409),
    _ALREADY.code("invalid_grant"),
    _NO_TYPE.status(422),
    _UNKNOWN_TYPE.without("error"),
    _NO_CHANNEL.status(403),
    _UNKNOWN_CHANNEL.having("an error that is a list", "error", ["invalid_request"]),
    _NO_PHONE.status(500),
    _BAD_PHONE.status(422),
    _BAD_PHONE.without("error"),
    _IMPOSTOR.status(400),
    _UNSCOPED.status(400),
    _UNSCOPED.without("error"),
)

_LIST_NO_BEARER = Place(
    "list-without-bearer",
    "A list without bearer",
    "MFA-LIST-NO-BEARER",
    "error.missing-bearer",
    _LIST,
)
_LIST_BAD_BEARER = Place(
    "list-bad-bearer",
    "A list with an invented bearer",
    "MFA-LIST-BAD-BEARER",
    "error.invalid-bearer",
    _LIST,
    has_invented_bearer,
)
_LIST_EXPIRED_BEARER = Place(
    "list-expired-bearer",
    "A list with an expired mfa_token",
    "MFA-LIST-EXPIRED-BEARER",
    "error.expired-bearer",
    _LIST,
    asked.bears_mfa_token,
)
_LIST_UNSCOPED = Place(
    "list-without-scope",
    "A list with an access token without read:authenticators",
    "MFA-LIST-SCOPE",
    "error.insufficient-scope",
    _LIST,
)

LISTING = (
    _LIST_NO_BEARER.accepted([], _IN_JSON, _DESCRIBED),
    _LIST_NO_BEARER.without("error", _IN_JSON),
    _LIST_BAD_BEARER.accepted([]),
    _LIST_BAD_BEARER.code("invalid_token"),
    _LIST_BAD_BEARER.without("error_description"),
    _LIST_EXPIRED_BEARER.status(400),
    _LIST_UNSCOPED.status(404),
    _LIST_UNSCOPED.having("an error that is a number", "error", 403),
)

_DELETE_NO_BEARER = Place(
    "delete-without-bearer",
    "A deletion without bearer",
    "MFA-DELETE-NO-BEARER",
    "error.missing-bearer",
    _DELETE,
)
_DELETE_BAD_BEARER = Place(
    "delete-bad-bearer",
    "A deletion with an invented bearer",
    "MFA-DELETE-BAD-BEARER",
    "error.invalid-bearer",
    _DELETE,
    has_invented_bearer,
)
_DELETE_WEAK = Place(
    "delete-by-mfa-token",
    "A deletion with an mfa_token",
    "MFA-DELETE-MFA-TOKEN",
    "error.insufficient-scope",
    _DELETE,
    asked.bears_mfa_token,
)
_DELETE_UNSCOPED = Place(
    "delete-without-scope",
    "A deletion with an access token without remove:authenticators",
    "MFA-DELETE-SCOPE",
    "error.insufficient-scope",
    _DELETE,
    asked.bears_access_token,
)
_DELETE_UNKNOWN = Place(
    "delete-unknown",
    "A deletion of what nobody has",
    "MFA-DELETE-UNKNOWN",
    "error.unknown-authenticator",
    when=asked.deletes_nothing,
)

DELETION = (
    _DELETE_NO_BEARER.accepted(None, _IN_JSON, _DESCRIBED, status=204),
    _DELETE_BAD_BEARER.accepted(None, status=204),
    _DELETE_WEAK.status(400),
    _DELETE_UNSCOPED.status(404),
    _DELETE_UNKNOWN.status(400),
    _DELETE_UNKNOWN.without("error"),
)

_EXPIRED_ACCESS = Place(
    "expired-access-token",
    "An expired access token for the MFA audience",
    "MFA-AUDIENCE-EXPIRED",
    "error.expired-bearer",
    when=asked.bears_access_token,
)
_ORDINARY_ACCESS = Place(
    "ordinary-token",
    "An access token for another API",
    "MFA-AUDIENCE-ORDINARY",
    "error.invalid-bearer",
    when=asked.bears_ordinary_token,
)

AUDIENCE = (
    _EXPIRED_ACCESS.status(400),
    _ORDINARY_ACCESS.status(400),
)
