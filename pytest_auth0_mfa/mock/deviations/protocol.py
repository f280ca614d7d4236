"""Deviations of how requests are read: their form, and the commands that guides print."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

from pytest_auth0_mfa.mock.deviations import edits
from pytest_auth0_mfa.mock.deviations.model import Change, Deviation
from pytest_auth0_mfa.mock.deviations.samples import TOKENS
from pytest_auth0_mfa.mock.operations import Operation

if TYPE_CHECKING:
    from pytest_auth0_mfa.mock.calls import Call

_ASSOCIATE = frozenset({Operation.ASSOCIATE})
_BY_ID = frozenset({Operation.CHALLENGE_BY_ID})
_CONFIRMATION = frozenset({Operation.CONFIRMATION})
_GRANTS = frozenset({Operation.MFA_OTP, Operation.MFA_OOB, Operation.MFA_RECOVERY_CODE})
_KNOWN = frozenset(
    {
        *("grant_type", "client_id", "client_secret", "scope", "audience", "mfa_token"),
        *("client_assertion", "client_assertion_type"),
        *("otp", "oob_code", "binding_code", "recovery_code"),
        *("challenge_type", "authenticator_id"),
    }
)
_LONG = 5000


def _content_type(call: Call) -> str:
    return call.request.headers.get("content-type", "")


def _has_unknown_parameter(call: Call) -> bool:
    return not _KNOWN.issuperset(call.body.parameters)


def _names_charset(call: Call) -> bool:
    return "charset" in _content_type(call).lower()


def _has_null(call: Call) -> bool:
    return call.body.is_json and b": null" in call.request.body


def _has_long_value(call: Call) -> bool:
    return any(len(str(value)) > _LONG for value in call.body.parameters.values())


def _has_unicode(call: Call) -> bool:
    return not all(str(value).isascii() for value in call.body.parameters.values())


def _has_long_token(call: Call) -> bool:
    return len(str(call.body.parameters.get("mfa_token"))) > _LONG


def _has_unicode_token(call: Call) -> bool:
    return not str(call.body.parameters.get("mfa_token")).isascii()


def _is_broken_json(call: Call) -> bool:
    if not call.request.body.startswith(b"{"):
        return False
    try:
        json.loads(call.request.body)
    except ValueError:
        return True
    return False


def _is_json_without_object(call: Call) -> bool:
    return call.request.body.startswith((b"[", b'"'))


def _is_xml(call: Call) -> bool:
    return call.request.body.startswith(b"<")


def _is_unencoded_form(call: Call) -> bool:
    """Tell the forms of printed commands from those that a library has encoded."""
    body = call.request.body
    return b"://" in body and not body.startswith(b"{") and body == unquote_to_bytes(body)


def _has_blank_in_form(call: Call) -> bool:
    return _is_unencoded_form(call) and b" " in call.request.body


def _is_spaced_json(call: Call) -> bool:
    return call.request.body.startswith(b"{ ") and "json" in _content_type(call)


def _is_mislabelled_json(call: Call) -> bool:
    return call.request.body.startswith(b"{") and "json" not in _content_type(call)


def _has_needless_content_type(call: Call) -> bool:
    return bool(_content_type(call)) and not call.request.body


PROTOCOL = (
    Deviation(
        "extra-parameter-of-grant-refused",
        "MFA-PROTOCOL-EXTRA-TOKEN",
        "A grant with a parameter that nobody knows is refused",
        change=Change("token.", edits.refused(400), _GRANTS, _has_unknown_parameter),
    ),
    Deviation(
        "extra-parameter-of-challenge-refused",
        "MFA-PROTOCOL-EXTRA-CHALLENGE",
        "A challenge with a parameter that nobody knows is refused",
        change=Change("challenge.", edits.refused(400), when=_has_unknown_parameter),
    ),
    Deviation(
        "last-of-repeated-parameters-counts",
        "MFA-PROTOCOL-REPEATED",
        "Of a parameter that is sent twice the last one counts",
        {"repetitions_refused": False},
    ),
    Deviation(
        "lists-read-as-texts",
        "MFA-PROTOCOL-NON-STRING",
        "A list in the place of a text counts as its first entry",
        {"lists_read_as_texts": True},
    ),
    Deviation(
        "malformed-json-as-server-error",
        "MFA-PROTOCOL-MALFORMED-JSON",
        "JSON that breaks off is answered with status 500",
        change=Change("error.invalid-request", edits.status(500), when=_is_broken_json),
    ),
    Deviation(
        "json-list-as-server-error",
        "MFA-PROTOCOL-JSON-OBJECT",
        "JSON that is no object is answered with status 500",
        change=Change("error.invalid-request", edits.status(500), when=_is_json_without_object),
    ),
    Deviation(
        "xml-as-server-error",
        "MFA-PROTOCOL-CONTENT-TYPE",
        "A body of an unknown format is answered with status 500",
        change=Change("error.", edits.status(500), when=_is_xml),
    ),
    Deviation(
        "charset-refused",
        "MFA-PROTOCOL-CHARSET",
        "A content type with a charset counts as another type",
        change=Change("error.mfa-required", edits.refused(415), when=_names_charset),
    ),
    Deviation(
        "null-refused",
        "MFA-PROTOCOL-NULL",
        "A JSON null is refused as a value of the wrong type",
        change=Change("error.mfa-required", edits.refused(400), when=_has_null),
    ),
    Deviation(
        "long-value-as-server-error",
        "MFA-PROTOCOL-LONG-VALUE",
        "A very long value is answered with status 500",
        change=Change("error.", edits.status(500), _GRANTS, _has_long_value),
    ),
    Deviation(
        "unicode-as-server-error",
        "MFA-PROTOCOL-UNICODE",
        "A value outside ASCII is answered with status 500",
        change=Change("error.", edits.status(500), _GRANTS, _has_unicode),
    ),
    Deviation(
        "any-method-served",
        "MFA-PROTOCOL-METHOD",
        "Every endpoint takes every method",
        {"methods_checked": False},
    ),
    Deviation(
        "malformed-json-accepted",
        "MFA-PROTOCOL-MALFORMED-JSON",
        "JSON that breaks off is read as far as it goes",
        change=Change("error.invalid-request", edits.accepted({}), when=_is_broken_json),
    ),
    Deviation(
        "json-list-accepted",
        "MFA-PROTOCOL-JSON-OBJECT",
        "JSON that is no object is accepted",
        change=Change("error.invalid-request", edits.accepted({}), when=_is_json_without_object),
    ),
    Deviation(
        "xml-accepted",
        "MFA-PROTOCOL-CONTENT-TYPE",
        "A body of an unknown format is accepted",
        change=Change("error.", edits.accepted({}), when=_is_xml),
    ),
    Deviation(
        "long-mfa-token-accepted",
        "MFA-PROTOCOL-LONG-VALUE",
        "A very long mfa_token gives tokens",
        change=Change("error.", edits.accepted(TOKENS), _GRANTS, _has_long_token),
    ),
    Deviation(
        "unicode-mfa-token-accepted",
        "MFA-PROTOCOL-UNICODE",
        "An mfa_token outside ASCII gives tokens",
        change=Change("error.", edits.accepted(TOKENS), _GRANTS, _has_unicode_token),
    ),
)

SAMPLES = (
    Deviation(
        "blank-in-form-refused",
        "MFA-SAMPLE-LOGIN",
        "A blank in the form of a login that is not encoded is refused",
        change=Change("error.mfa-required", edits.refused(400), when=_has_blank_in_form),
    ),
    Deviation(
        "spaced-association-refused",
        "MFA-SAMPLE-ASSOCIATE",
        "Blanks in the JSON of an association are refused",
        change=Change("associate.", edits.refused(400), _ASSOCIATE, _is_spaced_json),
    ),
    Deviation(
        "unencoded-confirmation-refused",
        "MFA-SAMPLE-CONFIRM",
        "A confirmation is refused unless its form is encoded",
        change=Change("token.", edits.refused(400), _CONFIRMATION, _is_unencoded_form),
    ),
    Deviation(
        "content-type-of-nothing-refused",
        "MFA-SAMPLE-LIST",
        "A content type without a body makes a list fail",
        change=Change("authenticators", edits.refused(400), when=_has_needless_content_type),
    ),
    Deviation(
        "spaced-challenge-refused",
        "MFA-SAMPLE-CHALLENGE",
        "Blanks in the JSON of a challenge are refused",
        change=Change("challenge.", edits.refused(400), _BY_ID, _is_spaced_json),
    ),
    Deviation(
        "mislabelled-json-refused",
        "MFA-SAMPLE-CHALLENGE-UNTYPED",
        "JSON under the content type of a form is read as a form",
        change=Change("challenge.", edits.refused(400), _BY_ID, _is_mislabelled_json),
    ),
    Deviation(
        "unencoded-verification-refused",
        "MFA-SAMPLE-VERIFY",
        "A code is refused unless its form is encoded",
        change=Change("token.", edits.refused(400), _GRANTS, _is_unencoded_form),
    ),
)
