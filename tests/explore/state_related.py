"""The deviations of the mock that are about state, and as what an exploration may find them.

State-related is what shows only in what came before: replays and expiry, limits and counters, what
leaks between users or logins, lists that lie, deletion that does not delete, codes that never
change, tokens that reach too far. Left out are deviations that a single request shows whatever came
before (forms, headers, client authentication, the looks of answers), those of configuration
(factors switched off, customized MFA, the limit of logins, which is off unless it is switched on),
of addresses and of devices' signatures (one answer that is wrong in itself), and those of a SHOULD,
where the model follows the tenant (`access-token-does-not-confirm`, `deletion-by-mfa-token`,
`second-answer-accepted`).
"""

from __future__ import annotations

from typing import Final

REPLAYS: Final = (
    "answer-to-another-prompt-accepted",
    "rejected-push-allowed-afterwards",
    "reused-otp-accepted",
    "used-binding-code-accepted",
    "used-recovery-code-accepted",
    "used-ticket-accepted",
)

EXPIRY: Final = (
    "associate-takes-expired-bearer",
    "barcode-lives-one-hour",
    "barcode-lives-one-minute",
    "challenge-takes-expired-token",
    "expired-access-token-associates",
    "expired-access-token-deletes",
    "expired-access-token-lists",
    "expired-oob-code-accepted",
    "late-answer-accepted",
    "list-takes-expired-bearer",
    "mfa-token-lives-five-minutes",
    "old-step-accepted",
    "oob-code-lives-one-minute",
    "previous-step-refused",
    "verification-takes-expired-token",
)

LIMITS: Final = (
    "five-emails",
    "four-pushes",
    "messages-refill-slowly",
    "messages-unlimited",
    "polls-refill-slowly",
    "polls-slowed-down-early",
    "polls-unlimited",
    "pushes-refill-slowly",
    "pushes-unlimited",
    "six-messages",
    "success-resets-wrong-codes",
    "three-wrong-codes",
    "wrong-codes-refill-slowly",
    "wrong-codes-unlimited",
    "wrong-passwords-counted-by-address",
    "wrong-passwords-uncounted",
)

USERS: Final = (
    "answer-of-foreign-device-accepted",
    "foreign-authenticator-challenged",
    "foreign-authenticator-deleted",
    "foreign-authenticators-listed",
    "foreign-binding-code-accepted",
    "foreign-code-accepted",
    "id-token-of-another-user",
    "recovery-code-repeated",
    "otp-secret-repeated",
    "blocked-user-logs-in",
    "blocked-user-verifies",
)

LOGINS: Final = (
    "code-of-another-login-accepted",
    "completed-login-ends-others",
    "foreign-oob-code-accepted",
    "mfa-token-repeated",
    "prompt-allows-other-logins",
    "wrong-binding-code-spends-mfa-token",
    "wrong-code-ends-other-logins",
    "wrong-code-spends-mfa-token",
    "associate-repeats-oob-code",
    "barcode-repeated",
    "challenge-repeats-oob-code",
    "delivered-code-never-changes",
    "challenge-needed-for-otp",
)

LISTS: Final = (
    "channels-of-a-phone-unrelated",
    "confirmation-changes-id",
    "confirmed-listed-as-inactive",
    "entry-listed-twice",
    "further-factor-replaces-first",
    "pending-address-listed-as-active",
    "pending-listed-as-active",
    "recovery-code-active-at-once",
    "recovery-code-never-active",
    "recovery-code-not-listed",
    "unverified-email-listed",
    "verified-email-not-listed",
    "wrong-binding-code-confirms",
    "wrong-code-confirms",
)

ENROLLMENT: Final = (
    "access-token-blocked-by-confirmed-factor",
    "pending-blocks-association",
    "recovery-code-issued-again",
    "recovery-code-not-rotated",
    "rotated-recovery-code-useless",
    "second-enrollment-by-mfa-token",
    "two-recovery-codes-issued",
    "verified-email-blocks-association",
    "no-recovery-code-as-invalid-grant",
    "not-enrolled-as-invalid-grant",
)

DELETION: Final = (
    "companion-survives-deletion",
    "deleted-authenticator-accepted",
    "deleted-still-listed",
    "deletion-blocks-enrollment",
    "deletion-takes-all-factors",
    "other-channel-survives-deletion",
    "pending-cannot-be-deleted",
    "unknown-deletion-with-204",
    "verified-email-deleted",
)

SEVERAL: Final = (
    "challenge-type-ignored",
    "companion-refused",
    "first-factor-only",
    "named-authenticator-ignored",
    "no-choice-among-several",
    "other-channel-not-challenged",
    "pending-authenticator-challenged",
    "unconfirmed-as-unsupported-type",
    "unconfirmed-one-challenged-beside-others",
    "unsupported-type-challenged",
    "verified-email-not-challenged",
)

AUDIENCE: Final = (
    "access-token-challenges",
    "completed-mfa-audience-lives-a-day",
    "completed-mfa-audience-loses-scopes",
    "deletion-needs-reading",
    "deletion-scope-unchecked",
    "enrollment-scope-unchecked",
    "list-refuses-access-token",
    "listing-scope-unchecked",
    "mfa-audience-always-challenged",
    "mfa-audience-demands-email",
    "mfa-audience-lost-in-refresh",
    "mfa-audience-never-challenged",
    "mfa-audience-token-lives-a-day",
    "mfa-audience-with-all-scopes",
    "refresh-without-access-token",
    "verified-email-counts-as-factor",
)

STATE_RELATED: Final = sorted(
    {
        *(*REPLAYS, *EXPIRY, *LIMITS, *USERS, *LOGINS),
        *(*LISTS, *ENROLLMENT, *DELETION, *SEVERAL, *AUDIENCE),
    }
)

ALSO: Final = {
    # Ten in all exhaust nothing where any number does.
    "wrong-codes-unlimited": {"MFA-LIMIT-KEPT"},
    # A login whose own prompt nobody has answered is pending.
    "prompt-allows-other-logins": {"MFA-PUSH-PENDING"},
    # An address that is verified can be challenged, so that the user has "another one".
    "pending-authenticator-challenged": {"MFA-SEVERAL-UNCONFIRMED"},
}
"""Deviation -> requirements that it breaks as well, by which it may be found first."""
