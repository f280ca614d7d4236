"""Variations of the statuses and codes by which challenges, codes and pushes are refused."""

from __future__ import annotations

from pytest_auth0_mfa.mock.composition import Change
from pytest_auth0_mfa.mock.deviations import edits
from pytest_auth0_mfa.mock.operations import Operation
from pytest_auth0_mfa.mock.variations import sources
from pytest_auth0_mfa.mock.variations.edits import error, together
from pytest_auth0_mfa.mock.variations.model import Variation

_CHALLENGES = frozenset({Operation.CHALLENGE})
_GRANTS = frozenset({Operation.MFA_OTP, Operation.MFA_OOB, Operation.MFA_RECOVERY_CODE})
_REFERENCE_401 = "The reference page has 401, SDK fixtures have 403"
_REFERENCE_400 = "The reference page has 400, SDK fixtures have 403"
_NOT_RECORDED = "The status was never recorded, and sources differ"


PUSH = (
    Variation(
        "push-denied-with-403",
        "A rejected push is answered with 403",
        "Recorded with 400; the library's map has 403 for refusals of its kind",
        f"{sources.RECORDINGS}; {sources.LIBRARY}",
        changes=(Change("error.push-denied", error(403)),),
    ),
    Variation(
        "push-denied-as-invalid-grant",
        "A rejected push is answered with 403 and invalid_grant",
        "Every page has this code, a recording has access_denied: told as a difference",
        f"{sources.PUSH_GUIDE}; {sources.OOB_PAGE}; {sources.RECORDINGS}",
        changes=(Change("error.push-denied", error(403, "invalid_grant")),),
        noted=("MFA-PUSH-REJECTED",),
    ),
    Variation(
        "pending-with-403",
        "authorization_pending comes with 403",
        "Recorded with 400; the library's map has 403",
        f"{sources.RECORDINGS}; {sources.LIBRARY}",
        changes=(Change("error.authorization-pending", error(403)),),
    ),
    Variation(
        "slow-down-with-400",
        "slow_down comes with 400",
        "429 in related answers, 400 beside the recorded authorization_pending",
        f"{sources.RECORDINGS}; {sources.LIBRARY}; {sources.DEVICE_GRANT}#section-3.5",
        changes=(Change("error.slow-down", error(400)),),
    ),
    Variation(
        "slow-down-tells-interval",
        "slow_down tells the interval in its body, and has no Retry-After",
        "Which of the two a tenant sends is not on record",
        f"{sources.PUSH_GUIDE}; {sources.LIMITS}",
        changes=(
            Change(
                "error.slow-down",
                together(edits.member("interval", 5), edits.without_headers("retry-after")),
            ),
        ),
    ),
)

CHALLENGE = (
    Variation(
        "association-required-with-401",
        "association_required comes with 401",
        _NOT_RECORDED,
        f"{sources.CHALLENGE_PAGE}; {sources.DRAFT}; {sources.NOTES}",
        changes=(Change("error.association-required", error(401)),),
    ),
    Variation(
        "association-required-with-403",
        "association_required comes with 403",
        _NOT_RECORDED,
        f"{sources.CHALLENGE_PAGE}; {sources.DRAFT}; {sources.LIBRARY}",
        changes=(Change("error.association-required", error(403)),),
    ),
    Variation(
        "unsupported-type-with-400",
        "unsupported_challenge_type on a challenge comes with 400",
        "400 in the reference page, 401 in notes on the server's errors",
        f"{sources.CHALLENGE_PAGE}; {sources.NOTES}",
        changes=(Change("error.unsupported-challenge-type", error(400)),),
    ),
    Variation(
        "foreign-authenticator-with-404",
        "A challenge of an authenticator that the user does not have is answered with 404",
        "The draft has the code with 400; fixtures of SDKs have 404 too",
        f"{sources.DRAFT}; {sources.ANDROID}",
        changes=(Change("error.invalid-authenticator", error(404)),),
    ),
    Variation(
        "expired-token-statuses-swapped",
        "An expired mfa_token is answered with 403 by challenges and with 401 by grants",
        "Fixtures have 401, notes on the server's errors and the library's map 403",
        f"{sources.PYTHON}; {sources.NOTES}; {sources.LIBRARY}",
        changes=(
            Change("error.expired-mfa-token", error(403), _CHALLENGES),
            Change("error.expired-mfa-token", error(401), _GRANTS),
        ),
    ),
    Variation(
        "expired-token-as-invalid-grant",
        "An expired mfa_token is answered with invalid_grant",
        "Clients meet both codes",
        f"{sources.PYTHON}; {sources.NOTES}",
        changes=(Change("error.expired-mfa-token", edits.member("error", "invalid_grant")),),
    ),
    Variation(
        "expired-bearer-as-expired-token",
        "An expired bearer is answered with 403, expired_token and its text",
        "Clients meet both texts from the same endpoints",
        f"{sources.ANDROID}; {sources.NOTES}",
        changes=(
            Change("error.expired-bearer", error(403, "expired_token", "mfa_token is expired")),
        ),
    ),
    Variation(
        "malformed-tokens-with-401",
        "A malformed mfa_token or oob_code is answered with 401",
        _REFERENCE_401,
        f"{sources.OTP_PAGE}; {sources.OOB_PAGE}; {sources.AUTH_JS}",
        changes=(
            Change("error.malformed-mfa-token", error(401)),
            Change("error.malformed-oob-code", error(401)),
        ),
    ),
    Variation(
        "foreign-tokens-as-invalid-grant",
        "An mfa_token of another client, or an oob_code of another login, is an invalid_grant, 401",
        "The reference page has 401 for any bad one, notes 400 invalid_request: told as a"
        " difference",
        f"{sources.OOB_PAGE}; {sources.NOTES}",
        changes=(
            Change("error.foreign-mfa-token", error(401, "invalid_grant")),
            Change("error.foreign-oob-code", error(401, "invalid_grant")),
        ),
        noted=(
            "MFA-CHALLENGE-FOREIGN-TOKEN",
            "MFA-VERIFY-FOREIGN-OOB",
            "MFA-VERIFY-FOREIGN-TOKEN",
        ),
    ),
)

CODES = (
    Variation(
        "wrong-codes-with-400",
        "A wrong one-time password or delivered code is answered with 400",
        _REFERENCE_400,
        f"{sources.OTP_PAGE}; {sources.OOB_PAGE}; {sources.ANDROID}",
        changes=(
            Change("error.invalid-otp", error(400)),
            Change("error.invalid-binding-code", error(400)),
        ),
    ),
    Variation(
        "wrong-recovery-code-with-401",
        "A wrong recovery code is answered with 401",
        _REFERENCE_401,
        f"{sources.RECOVERY_PAGE}; {sources.SWIFT}",
        changes=(Change("error.invalid-recovery-code", error(401)),),
    ),
    Variation(
        "expired-oob-code-with-401",
        "An expired oob_code is answered with 401",
        "The reference page has 401 for any bad one, notes have 403",
        f"{sources.OOB_PAGE}; {sources.NOTES}",
        changes=(Change("error.expired-oob-code", error(401)),),
    ),
    Variation(
        "too-many-codes-with-400",
        "Too many wrong codes are answered with 400",
        _NOT_RECORDED,
        f"{sources.LIMITS}; {sources.LIBRARY}",
        changes=(Change("error.too-many-codes", error(400)),),
    ),
    Variation(
        "too-many-codes-with-403",
        "Too many wrong codes are answered with 403",
        _NOT_RECORDED,
        f"{sources.LIMITS}; {sources.LIBRARY}",
        changes=(Change("error.too-many-codes", error(403)),),
    ),
    Variation(
        "too-many-codes-as-attempts",
        "Too many wrong codes are answered with too_many_attempts",
        "A client expects it beside 429, other sources have invalid_request: told as a difference",
        f"{sources.LIMITS}; {sources.CORS_GUIDE}",
        changes=(Change("error.too-many-codes", edits.member("error", "too_many_attempts")),),
        noted=("MFA-LIMIT-WRONG-CODES",),
    ),
    Variation(
        "too-many-messages-with-400",
        "Too many messages are answered with 400",
        _NOT_RECORDED,
        f"{sources.SMS_GUIDE}; {sources.LIBRARY}",
        changes=(Change("error.too-many-messages", error(400)),),
    ),
    Variation(
        "too-many-messages-with-403",
        "Too many messages are answered with 403",
        _NOT_RECORDED,
        f"{sources.SMS_GUIDE}; {sources.LIBRARY}",
        changes=(Change("error.too-many-messages", error(403)),),
    ),
    Variation(
        "limits-with-retry-after",
        "Used-up codes, messages and passwords tell in Retry-After when to try again",
        "Any answer may carry it; whether these do is not on record",
        f"{sources.HTTP}#section-10.2.3; {sources.LIMITS}",
        changes=tuple(
            Change(f"error.too-many-{what}", edits.header("retry-after", "360"))
            for what in ("codes", "messages", "attempts")
        ),
    ),
)
