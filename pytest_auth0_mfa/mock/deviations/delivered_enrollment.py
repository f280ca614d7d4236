"""Deviations of enrolling, listing and deleting what codes are delivered to."""

from __future__ import annotations

from pytest_auth0_mfa.mock.deviations import edits
from pytest_auth0_mfa.mock.deviations.model import Change, Deviation
from pytest_auth0_mfa.mock.operations import Operation

_ASSOCIATE = frozenset({Operation.ASSOCIATE})
_CONFIRMATION = frozenset({Operation.CONFIRMATION})


def _omitted(name: str) -> dict[str, object]:
    """A rule by which nobody notices that an association lacks a parameter."""
    return {"unnoticed_omissions": frozenset({(Operation.ASSOCIATE, name)})}


ENROLLMENT = (
    Deviation(
        "associate-sms-without-binding-method",
        "MFA-ENROLL-RESPONSE",
        "The answer to an association by SMS does not say that a code must be typed",
        change=Change("associate.sms", edits.without("binding_method")),
    ),
    Deviation(
        "associate-voice-as-sms",
        "MFA-ENROLL-RESPONSE",
        "The answer to an association by voice names the channel sms",
        change=Change("associate.voice", edits.member("oob_channel", "sms")),
    ),
    Deviation(
        "associate-email-with-list-of-channels",
        "MFA-ENROLL-RESPONSE",
        "The answer to an association by e-mail lists channels as the request does",
        change=Change("associate.email", edits.member("oob_channels", ["email"])),
    ),
    Deviation(
        "associate-repeats-oob-code",
        "MFA-ENROLL-OOB-FRESH",
        "Every association of a login gets the same oob_code",
        {"oob_code_repeated_by": _ASSOCIATE},
    ),
    Deviation(
        "pending-address-listed-as-active",
        "MFA-ENROLL-INACTIVE",
        "An unconfirmed phone or address is listed as active",
        change=Change("authenticators", edits.items("oob", "active", value=True)),
    ),
    Deviation(
        "missing-channel-taken-for-sms",
        "MFA-ENROLL-MISSING-CHANNEL",
        "An association by oob without a channel sends a text message",
        _omitted("oob_channels"),
    ),
    Deviation(
        "unknown-channel-taken-for-sms",
        "MFA-ENROLL-UNKNOWN-CHANNEL",
        "An association by an unknown channel sends a text message",
        {"unknown_channels_refused": False},
    ),
    Deviation(
        "missing-phone-number-unnoticed",
        "MFA-ENROLL-MISSING-PHONE",
        "A phone can be associated without its number",
        _omitted("phone_number"),
    ),
    Deviation(
        "any-phone-number-associated",
        "MFA-ENROLL-INVALID-PHONE",
        "Any text is taken for a phone number",
        {"phone_number_checked": False},
    ),
    Deviation(
        "email-demanded",
        "MFA-ENROLL-EMAIL-OPTIONAL",
        "An association by e-mail is refused without an address",
        {"email_required": True},
    ),
)

CONFIRMATION = (
    Deviation(
        "delivered-confirmation-without-token-type",
        "MFA-CONFIRM-TOKENS",
        "The tokens for the first delivered code come without token_type",
        change=Change("token.oob", edits.without("token_type"), _CONFIRMATION),
    ),
    Deviation(
        "wrong-binding-code-confirms",
        "MFA-CONFIRM-WRONG-CODE",
        "A wrong delivered code is refused and confirms the authenticator all the same",
        {"wrong_binding_code_confirms": True},
    ),
)

LISTING = (
    Deviation(
        "address-listed-with-channels",
        "MFA-LIST-ITEM",
        "Entries of phones and addresses list channels as a request does",
        change=Change("authenticators", edits.items("oob", "oob_channels", [])),
    ),
    Deviation(
        "names-unmasked",
        "MFA-LIST-NAME",
        "A list shows whole numbers and addresses",
        {"names_masked": False},
    ),
    Deviation(
        "channels-of-a-phone-unrelated",
        "MFA-LIST-TWIN",
        "The two channels of a phone are listed under ids that have nothing in common",
        {"twin_shares_suffix": False},
    ),
    Deviation(
        "verified-email-blocks-association",
        "MFA-ENROLL-VERIFIED-EMAIL",
        "A verified address that nobody enrolled blocks the mfa_token",
        {"verified_email_blocks_association": True},
    ),
    Deviation(
        "verified-email-not-listed",
        "MFA-LIST-VERIFIED-EMAIL",
        "A verified address is not listed",
        {"verified_email_listed": False},
    ),
    Deviation(
        "unverified-email-listed",
        "MFA-LIST-UNVERIFIED-EMAIL",
        "An address that nobody has verified is listed",
        {"unverified_email_listed": True},
    ),
)

DELETION = (
    Deviation(
        "other-channel-survives-deletion",
        "MFA-DELETE-TWIN",
        "Deleting one channel of a phone leaves the other",
        {"removal_takes_twin": False},
    ),
    Deviation(
        "verified-email-deleted",
        "MFA-DELETE-VERIFIED-EMAIL",
        "A verified address that nobody enrolled can be deleted",
        {"verified_email_removable": True},
    ),
)

AUDIENCE = (
    Deviation(
        "mfa-audience-demands-email",
        "MFA-AUDIENCE-EMAIL",
        "E-mail alone interrupts a login for the MFA audience",
        {"mfa_audience_free_with_email": False},
    ),
)
