"""Deviations of push: barcodes, prompts, polling, and the pair of entries of a device."""

from __future__ import annotations

from pytest_auth0_mfa.mock.deviations import edits
from pytest_auth0_mfa.mock.deviations.model import Change, Deviation
from pytest_auth0_mfa.mock.operations import Operation

_CONFIRMATION = frozenset({Operation.CONFIRMATION})
_OOB = frozenset({Operation.MFA_OOB})
_PENDING = "error.authorization-pending"
_SECRET = "&secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105  Wrong on purpose.

ENROLLMENT = (
    Deviation(
        "associate-push-with-binding-method",
        "MFA-ENROLL-RESPONSE",
        "The answer to an association by push says that a code must be typed",
        change=Change("associate.push", edits.member("binding_method", "prompt")),
    ),
    Deviation(
        "barcode-with-secret",
        "MFA-ENROLL-TICKET",
        "The barcode of a push holds a secret, as that of an app does",
        change=Change(
            "associate.push", edits.rewritten("barcode_uri", lambda uri: f"{uri}{_SECRET}")
        ),
    ),
    Deviation(
        "barcode-repeated",
        "MFA-ENROLL-TICKET-FRESH",
        "Every association of a user by push offers the same enrollment",
        {"ticket_fresh": False},
    ),
)

CONFIRMATION = (
    Deviation(
        "pending-scan-with-200",
        "MFA-CONFIRM-PENDING",
        "That the barcode was not scanned yet is said with status 200",
        change=Change(_PENDING, edits.status(200), _CONFIRMATION),
    ),
    Deviation(
        "barcode-lives-one-hour",
        "MFA-CONFIRM-SCAN-WINDOW",
        "A barcode can be scanned for an hour",
        {"ticket_lifetime_s": 3600.0},
    ),
)

LISTING = (
    Deviation(
        "device-listed-by-another-name",
        "MFA-LIST-DEVICE-NAME",
        "Every device is listed as Phone",
        change=Change("authenticators", edits.items("auth0", "name", "Phone", by="oob_channel")),
    ),
    Deviation(
        "companion-shares-suffix",
        "MFA-LIST-COMPANION",
        "The two entries of a device end alike, as those of a phone number do",
        {"companion_shares_suffix": True},
    ),
)

CHALLENGE = (
    Deviation(
        "challenge-by-push-with-binding-method",
        "MFA-CHALLENGE-RESPONSE",
        "A challenge by push says that a code must be typed",
        change=Change("challenge.push", edits.member("binding_method", "prompt")),
    ),
)

PROMPTS = (
    Deviation(
        "prompt-of-another-tenant",
        "MFA-PUSH-PROMPT",
        "The notification names another tenant",
        {"prompt_names_tenant": False},
    ),
    Deviation(
        "prompt-repeats-challenge",
        "MFA-PUSH-FRESH",
        "Every notification has the same challenge",
        {"prompt_challenge_fresh": False},
    ),
    Deviation(
        "pending-push-with-200",
        "MFA-PUSH-PENDING",
        "That the prompt was not answered yet is said with status 200",
        change=Change(_PENDING, edits.status(200), _OOB),
    ),
    Deviation(
        "rejected-push-with-200",
        "MFA-PUSH-REJECTED",
        "That the user rejected the login is said with status 200",
        change=Change("error.push-denied", edits.status(200)),
    ),
    Deviation(
        "rejected-push-allowed-afterwards",
        "MFA-PUSH-REJECTION-FINAL",
        "A login that was rejected can still be allowed",
        {"rejection_final": False},
    ),
)

POLLING = (
    Deviation(
        "polls-slowed-down-early",
        "MFA-PUSH-POLL-ALLOWANCE",
        "A client is slowed down after six polls",
        {"poll_burst": 6},
    ),
    Deviation(
        "polls-unlimited",
        "MFA-PUSH-SLOW-DOWN",
        "A client may poll as fast as it can",
        {"poll_burst": 1000},
    ),
    Deviation(
        "polls-refill-slowly",
        "MFA-PUSH-POLL-REFILL",
        "A client that was slowed down waits ten minutes",
        {"poll_refill_s": 600.0},
    ),
)

VERIFICATION = (
    Deviation(
        "companion-refused",
        "MFA-VERIFY-COMPANION",
        "One-time passwords of a push device are refused",
        {"companion_accepted": False},
    ),
)

DELETION = (
    Deviation(
        "companion-survives-deletion",
        "MFA-DELETE-COMPANION",
        "Deleting one entry of a device leaves the other",
        {"removal_takes_companion": False},
    ),
)

LIMITS = (
    Deviation(
        "pushes-unlimited",
        "MFA-LIMIT-PUSHES",
        "A thousand prompts may be sent to a user",
        {"push_burst": 1000},
    ),
    Deviation(
        "pushes-refill-slowly",
        "MFA-LIMIT-PUSHES-REFILL",
        "After too many prompts the user waits an hour for another",
        {"push_refill_s": 3600.0},
    ),
)

LIFETIMES = (
    Deviation(
        "barcode-lives-one-minute",
        "MFA-LIFETIME-BARCODE",
        "A barcode expires after one minute instead of five",
        {"ticket_lifetime_s": 60.0},
    ),
)
