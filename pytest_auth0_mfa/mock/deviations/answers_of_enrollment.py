"""Faults of what associations and lists of authenticators give, member by member."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pytest_auth0_mfa.mock.deviations import asked, edits
from pytest_auth0_mfa.mock.deviations.places import Place
from pytest_auth0_mfa.mock.deviations.samples import OOB_CODE, SECRET

if TYPE_CHECKING:
    from pytest_auth0_mfa.mock.deviations.model import Deviation
    from pytest_auth0_mfa.mock.messages import Answer, Json

_ANY = Place("associations", "An association", "MFA-ENROLL-RESPONSE", "associate.")
_OTP = Place("associate-otp", "An association of an app", "MFA-ENROLL-RESPONSE", "associate.otp")
_SMS = Place("associate-sms", "An association by SMS", "MFA-ENROLL-RESPONSE", "associate.sms")
_VOICE = Place(
    "associate-voice", "An association by voice", "MFA-ENROLL-RESPONSE", "associate.voice"
)
_EMAIL = Place(
    "associate-email", "An association by e-mail", "MFA-ENROLL-RESPONSE", "associate.email"
)
_PUSH = Place("associate-push", "An association by push", "MFA-ENROLL-RESPONSE", "associate.push")


def _in_small_letters(answer: Answer) -> Answer:
    """Write the TOTP secret small, in the barcode as well."""
    if not isinstance(answer.body, dict):
        return answer
    secret = str(answer.body["secret"])
    uri = str(answer.body["barcode_uri"]).replace(secret, secret.lower())
    return replace(answer, body={**answer.body, "secret": secret.lower(), "barcode_uri": uri})


ASSOCIATIONS = (
    _ANY.status(202),
    _ANY.as_text(),
    _ANY.without("authenticator_type"),
    _ANY.having("another authenticator_type", "authenticator_type", "phone"),
    _ANY.without("oob_channel"),
    _ANY.having("oob_channel as a list", "oob_channel", ["sms"]),
    _ANY.without("oob_code"),
    _ANY.having("oob_code as a number", "oob_code", 123456),
    _ANY.without("binding_method"),
    _ANY.having("another binding_method", "binding_method", "transfer"),
    _OTP.without("barcode_uri"),
    _OTP.having(
        "a barcode_uri for the web", "barcode_uri", "https://nobody.example/qr", "MFA-ENROLL-URI"
    ),
    _OTP.beside("an oob_code", "oob_code", OOB_CODE),
    _SMS.beside("the code itself", "binding_code", "123456"),
    _VOICE.beside("a secret", "secret", SECRET),
    _EMAIL.beside("an error", "error", "invalid_request"),
    _PUSH.without("barcode_uri"),
    _PUSH.having("an empty barcode_uri", "barcode_uri", ""),
    _PUSH.beside("a secret", "secret", SECRET),
    Place("otp-secret", "An association of an app", "MFA-ENROLL-SECRET", "associate.otp").fault(
        "in-small-letters", "is answered with a secret in small letters", _in_small_letters
    ),
)

_LIST = Place("list", "A list", "MFA-LIST-ITEM", "authenticators", when=asked.bears_of_enrolled)
_RECOVERY = "MFA-RECOVERY-LISTED"
_BY_CHANNEL = ("MFA-CONFIRM-ACTIVE", "MFA-LIST-TWIN", "MFA-DEVICE-FOREIGN-BEARER")
"""In what else entries are found by their channel."""


def _without(kind: str, name: str, *also: str, by: str = "authenticator_type") -> Deviation:
    """Leave a member out of the entries of one type, or of one channel."""
    told = f"is answered with {kind} entries without {name}"
    edit = edits.items_without(kind, name, by=by)
    return _LIST.fault(f"{kind}-without-{name.replace('_', '-')}", told, edit, *also)


def _having(said: str, kind: str, name: str, value: Json, *also: str) -> Deviation:
    """Give a member of the entries of one type another value."""
    told, edit = f"is answered with {kind} entries {said}", edits.items(kind, name, value)
    return _LIST.fault(f"{kind}-{said.replace(' ', '-').replace('_', '-')}", told, edit, *also)


def _like_an_app(answer: Answer) -> Answer:
    """Begin the ids of recovery codes like those of apps."""
    if not isinstance(answer.body, list):
        return answer
    return replace(answer, body=[_renamed(each) for each in answer.body])


def _renamed(entry: Json) -> Json:
    if not isinstance(entry, dict):
        return entry
    return {**entry, "id": str(entry["id"]).replace("recovery-code|", "totp|")}


_ID = Place("list", "A list", "MFA-LIST-ID", "authenticators", when=asked.bears_of_enrolled)

LISTS = (
    _ID.fault("recovery-code-like-an-app", "begins ids of recovery codes with totp", _like_an_app),
    _LIST.status(202),
    _LIST.as_text(),
    _without("recovery-code", "id"),
    _without("recovery-code", "active", _RECOVERY),
    _having("active in words", "recovery-code", "active", "yes", _RECOVERY),
    _without("recovery-code", "authenticator_type", _RECOVERY),
    _having("of an unknown type", "recovery-code", "authenticator_type", "backup", _RECOVERY),
    _without("sms", "oob_channel", *_BY_CHANNEL, by="oob_channel"),
    _having("by an unknown channel", "oob", "oob_channel", "mail", *_BY_CHANNEL),
    _having("by a channel", "otp", "oob_channel", "sms"),
    _having("with their secret", "otp", "secret", SECRET),
    _having("with the code", "recovery-code", "recovery_codes", ["A" * 24]),
)
