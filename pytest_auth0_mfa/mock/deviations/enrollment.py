"""Deviations of enrollment, confirmation, listing and recovery codes."""

from __future__ import annotations

from pytest_auth0_mfa.mock.deviations import edits
from pytest_auth0_mfa.mock.deviations.model import Change, Deviation
from pytest_auth0_mfa.mock.deviations.presented import has_invented_bearer
from pytest_auth0_mfa.mock.operations import Operation

_ASSOCIATE = frozenset({Operation.ASSOCIATE})
_CONFIRMATION = frozenset({Operation.CONFIRMATION})

ENROLLMENT = (
    Deviation(
        "associate-otp-without-authenticator-type",
        "MFA-ENROLL-RESPONSE",
        "The answer to an association does not say what was associated",
        change=Change("associate.otp", edits.without("authenticator_type")),
    ),
    Deviation(
        "barcode-uri-with-eight-digits",
        "MFA-ENROLL-URI",
        "The barcode asks for codes of eight digits, the tenant for six",
        change=Change(
            "associate.otp",
            edits.rewritten("barcode_uri", lambda uri: uri.replace("digits=6", "digits=8")),
        ),
    ),
    Deviation(
        "otp-secret-of-120-bits",
        "MFA-ENROLL-SECRET",
        "TOTP secrets are shorter than the 128 bits that they must have",
        # pyotp computes no code with fewer than 112 bits.
        {"otp_secret_bytes": 15},
    ),
    Deviation(
        "otp-secret-repeated",
        "MFA-ENROLL-SECRET-FRESH",
        "Every association gets the same TOTP secret",
        {"otp_secret_fresh": False},
    ),
    Deviation(
        "pending-listed-as-active",
        "MFA-ENROLL-INACTIVE",
        "An unconfirmed authenticator is listed as active",
        change=Change("authenticators", edits.items("otp", "active", value=True)),
    ),
    Deviation(
        "pending-blocks-association",
        "MFA-ENROLL-AGAIN",
        "An unconfirmed authenticator blocks another association",
        {"pending_blocks_association": True},
    ),
    Deviation(
        "second-enrollment-by-mfa-token",
        "MFA-ENROLL-ALREADY",
        "An mfa_token enrolls a further factor beside a confirmed one",
        {"active_blocks_association": False},
    ),
    Deviation(
        "associate-without-bearer-as-400",
        "MFA-ENROLL-NO-BEARER",
        "An association without bearer is answered with status 400",
        change=Change("error.missing-bearer", edits.status(400), _ASSOCIATE),
    ),
    Deviation(
        "associate-bad-bearer-as-400",
        "MFA-ENROLL-BAD-BEARER",
        "An association with an invented bearer is answered with status 400",
        change=Change("error.invalid-bearer", edits.status(400), _ASSOCIATE, has_invented_bearer),
    ),
    Deviation(
        "associate-takes-expired-bearer",
        "MFA-ENROLL-EXPIRED-BEARER",
        "An expired mfa_token still enrolls",
        {"expiry_ignored_by": _ASSOCIATE},
    ),
    Deviation(
        "associate-defaults-to-otp",
        "MFA-ENROLL-MISSING-TYPE",
        "An association of no type enrolls a TOTP authenticator",
        {"unnoticed_omissions": frozenset({(Operation.ASSOCIATE, "authenticator_types")})},
    ),
    Deviation(
        "associate-unknown-type-accepted",
        "MFA-ENROLL-UNKNOWN-TYPE",
        "An association of an unknown type enrolls a TOTP authenticator",
        {"unknown_types_refused": False},
    ),
    Deviation(
        "associate-extra-field-refused",
        "MFA-ENROLL-EXTRA-FIELDS",
        "A superfluous field makes an association fail",
        {"extra_fields_ignored": False},
    ),
)

CONFIRMATION = (
    Deviation(
        "confirmation-without-token-type",
        "MFA-CONFIRM-TOKENS",
        "The tokens of a confirmation come without token_type",
        change=Change("token.otp", edits.without("token_type"), _CONFIRMATION),
    ),
    Deviation(
        "confirmation-changes-id",
        "MFA-CONFIRM-ACTIVE",
        "An authenticator has another id once it is confirmed",
        {"confirmation_keeps_id": False},
    ),
    Deviation(
        "wrong-code-confirms",
        "MFA-CONFIRM-WRONG-CODE",
        "A wrong code is refused but confirms the authenticator",
        {"wrong_code_confirms": True},
    ),
    Deviation(
        "not-enrolled-as-invalid-grant",
        "MFA-CONFIRM-NOT-ENROLLED",
        "A code of a user without authenticator is answered with invalid_grant",
        change=Change("error.not-enrolled", edits.member("error", "invalid_grant")),
    ),
)

LISTING = (
    Deviation(
        "empty-list-as-object",
        "MFA-LIST-EMPTY",
        "The list of no authenticators is an object",
        change=Change(
            "authenticators", lambda answer: answer if answer.body else edits.body({})(answer)
        ),
    ),
    Deviation(
        "otp-listed-with-name",
        "MFA-LIST-ITEM",
        "A TOTP authenticator is listed with a name",
        change=Change("authenticators", edits.items("otp", "name", "Authenticator App")),
    ),
    Deviation(
        "recovery-code-listed-with-name",
        "MFA-LIST-ITEM",
        "A recovery code is listed with a name",
        change=Change("authenticators", edits.items("recovery-code", "name", "Recovery Code")),
    ),
    Deviation(
        "authenticator-id-too-short",
        "MFA-LIST-ID",
        "Authenticator ids end in twelve characters instead of sixteen",
        {"authenticator_id_length": 12},
    ),
    Deviation(
        "foreign-authenticators-listed",
        "MFA-LIST-OWN",
        "An enrolled user sees the authenticators of the newest users too",
        {"listing_own_only": False},
    ),
    Deviation(
        "list-without-bearer-as-400",
        "MFA-LIST-NO-BEARER",
        "Listing without bearer is answered with status 400",
        change=Change("error.missing-bearer", edits.status(400), frozenset({Operation.LIST})),
    ),
    Deviation(
        "list-bad-bearer-as-400",
        "MFA-LIST-BAD-BEARER",
        "Listing with an invented bearer is answered with status 400",
        change=Change(
            "error.invalid-bearer",
            edits.status(400),
            frozenset({Operation.LIST}),
            has_invented_bearer,
        ),
    ),
    Deviation(
        "list-takes-expired-bearer",
        "MFA-LIST-EXPIRED-BEARER",
        "An expired mfa_token still lists",
        {"expiry_ignored_by": frozenset({Operation.LIST})},
    ),
    Deviation(
        "list-refuses-access-token",
        "MFA-LIST-ACCESS-TOKEN",
        "An access token for the MFA audience does not list",
        {"listing_takes_access_tokens": False},
    ),
)

RECOVERY = (
    Deviation(
        "two-recovery-codes-issued",
        "MFA-RECOVERY-ISSUED",
        "The first association returns two recovery codes",
        change=Change(
            "associate.",
            edits.listed("recovery_codes", "ZZZZYYYYXXXXWWWWVVVVUUUU"),
        ),
    ),
    Deviation(
        "recovery-code-too-short",
        "MFA-RECOVERY-FORM",
        "Recovery codes have sixteen characters instead of twenty-four",
        {"recovery_code_length": 16},
    ),
    Deviation(
        "recovery-code-issued-again",
        "MFA-RECOVERY-ISSUED-ONCE",
        "Every association returns the recovery code",
        {"recovery_code_issued_once": False},
    ),
    Deviation(
        "recovery-code-repeated",
        "MFA-RECOVERY-FRESH",
        "Every user gets the same first recovery code",
        {"recovery_code_fresh": False},
    ),
    Deviation(
        "recovery-code-never-active",
        "MFA-RECOVERY-LISTED",
        "A recovery code is listed as inactive for ever",
        change=Change("authenticators", edits.items("recovery-code", "active", value=False)),
    ),
    Deviation(
        "rotated-recovery-code-useless",
        "MFA-RECOVERY-ROTATES",
        "The recovery code that replaces a used one does not work",
        {"rotated_recovery_code_works": False},
    ),
    Deviation(
        "used-recovery-code-accepted",
        "MFA-RECOVERY-ONCE",
        "A used recovery code works again",
        {"used_recovery_code_accepted": True},
        also=frozenset({"MFA-VERIFY-RACE"}),
    ),
    Deviation(
        "no-recovery-code-as-invalid-grant",
        "MFA-RECOVERY-NONE",
        "A recovery code of a user without one is answered with invalid_grant",
        change=Change("error.no-recovery-code", edits.member("error", "invalid_grant")),
    ),
)
