"""Deviations of challenges, verification, limits and lifetimes."""

from __future__ import annotations

from pytest_auth0_mfa.mock.deviations import edits
from pytest_auth0_mfa.mock.deviations.model import Change, Deviation
from pytest_auth0_mfa.mock.deviations.presented import has_invented_mfa_token
from pytest_auth0_mfa.mock.operations import Operation

_CHALLENGE = frozenset({Operation.CHALLENGE})
_OTP = frozenset({Operation.MFA_OTP})
_CODES = frozenset({Operation.MFA_OTP, Operation.MFA_OOB, Operation.MFA_RECOVERY_CODE})

CHALLENGE = (
    Deviation(
        "challenge-as-totp",
        "MFA-CHALLENGE-RESPONSE",
        "A challenge is answered with challenge_type totp",
        change=Change("challenge.otp", edits.member("challenge_type", "totp"), _CHALLENGE),
    ),
    Deviation(
        "challenge-form-refused",
        "MFA-CHALLENGE-FORM-BODY",
        "A challenge as a form is refused",
        {"challenge_reads_forms": False},
    ),
    Deviation(
        "challenge-by-id-refused",
        "MFA-CHALLENGE-BY-ID",
        "A challenge cannot name an authenticator",
        {"challenge_by_id": False},
    ),
    Deviation(
        "challenge-type-required",
        "MFA-CHALLENGE-ANY-TYPE",
        "A challenge without challenge_type is refused",
        {"challenge_type_required": True},
    ),
    Deviation(
        "pending-authenticator-challenged",
        "MFA-CHALLENGE-UNCONFIRMED",
        "An unconfirmed authenticator can be challenged",
        {"pending_challengeable": True},
    ),
    Deviation(
        "unsupported-type-challenged",
        "MFA-CHALLENGE-UNSUPPORTED",
        "A challenge of a type that the user lacks is answered with another",
        {"unsupported_types_refused": False},
    ),
    Deviation(
        "foreign-authenticator-challenged",
        "MFA-CHALLENGE-FOREIGN-AUTHENTICATOR",
        "Another user's authenticator can be challenged",
        {"foreign_authenticator_refused": False},
    ),
    Deviation(
        "challenge-missing-token-unnoticed",
        "MFA-CHALLENGE-MISSING-TOKEN",
        "A challenge without mfa_token is answered as one with a malformed one",
        {"unnoticed_omissions": frozenset({(Operation.CHALLENGE, "mfa_token")})},
    ),
    Deviation(
        "challenge-malformed-token-as-server-error",
        "MFA-CHALLENGE-MALFORMED-TOKEN",
        "A challenge with a malformed mfa_token is answered with status 500",
        change=Change(
            "error.malformed-mfa-token", edits.status(500), _CHALLENGE, has_invented_mfa_token
        ),
    ),
    Deviation(
        "challenge-takes-expired-token",
        "MFA-CHALLENGE-EXPIRED-TOKEN",
        "An expired mfa_token is still challenged",
        {"expiry_ignored_by": _CHALLENGE},
    ),
    Deviation(
        "challenge-takes-foreign-token",
        "MFA-CHALLENGE-FOREIGN-TOKEN",
        "Another client's mfa_token is challenged",
        {"foreign_client_ignored_by": _CHALLENGE},
    ),
    Deviation(
        "challenge-takes-wrong-secret",
        "MFA-CHALLENGE-CLIENT-SECRET",
        "A challenge does not check the client secret",
        {"wrong_secret_ignored_by": _CHALLENGE},
    ),
)

VERIFICATION = (
    Deviation(
        "otp-tokens-without-token-type",
        "MFA-VERIFY-TOKENS",
        "The tokens for a one-time password come without token_type",
        change=Change("token.otp", edits.without("token_type"), _OTP),
    ),
    Deviation(
        "recovery-tokens-without-token-type",
        "MFA-VERIFY-TOKENS",
        "The tokens for a recovery code come without token_type",
        change=Change("token.recovery-code", edits.without("token_type")),
    ),
    Deviation(
        "challenge-needed-for-otp",
        "MFA-VERIFY-UNCHALLENGED",
        "A one-time password is refused unless a challenge came before",
        {"challenge_needed": True},
    ),
    Deviation(
        "previous-step-refused",
        "MFA-VERIFY-PREVIOUS-STEP",
        "The code of the previous time step is refused",
        {"totp_previous_steps": 0},
    ),
    Deviation(
        "old-step-accepted",
        "MFA-VERIFY-OLD-STEP",
        "Codes of the last ten minutes are accepted",
        {"totp_previous_steps": 20},
    ),
    Deviation(
        "wrong-otp-with-200",
        "MFA-VERIFY-WRONG-CODE",
        "The refusal of a one-time password comes with status 200",
        change=Change("error.invalid-otp", edits.status(200), _OTP),
    ),
    Deviation(
        "wrong-recovery-code-with-200",
        "MFA-VERIFY-WRONG-CODE",
        "The refusal of a recovery code comes with status 200",
        change=Change("error.invalid-recovery-code", edits.status(200)),
    ),
    Deviation(
        "reused-otp-accepted",
        "MFA-VERIFY-REPLAY",
        "A used one-time password works again within its minute",
        {"reused_code_accepted": True},
        also=frozenset({"MFA-VERIFY-RACE"}),
    ),
    Deviation(
        "foreign-code-accepted",
        "MFA-VERIFY-FOREIGN-CODE",
        "Any user's code will do",
        {"foreign_codes_accepted": True},
    ),
    Deviation(
        "malformed-otp-accepted",
        "MFA-VERIFY-MALFORMED-CODE",
        "What does not even look like a one-time password is accepted",
        {"malformed_otp_accepted": True},
    ),
    Deviation(
        "malformed-recovery-code-accepted",
        "MFA-VERIFY-MALFORMED-CODE",
        "What does not even look like a recovery code is accepted",
        {"malformed_recovery_code_accepted": True},
    ),
    Deviation(
        "wrong-code-spends-mfa-token",
        "MFA-VERIFY-RETRY",
        "A wrong code uses up the mfa_token",
        {"wrong_code_spends_mfa_token": True},
    ),
    Deviation(
        "missing-code-unnoticed",
        "MFA-VERIFY-MISSING-CODE",
        "A missing code is answered as a wrong one",
        {
            "unnoticed_omissions": frozenset(
                {(Operation.MFA_OTP, "otp"), (Operation.MFA_RECOVERY_CODE, "recovery_code")}
            )
        },
    ),
    Deviation(
        "verification-missing-token-unnoticed",
        "MFA-VERIFY-MISSING-TOKEN",
        "A missing mfa_token is answered as a malformed one",
        {"unnoticed_omissions": frozenset((each, "mfa_token") for each in _CODES)},
    ),
    Deviation(
        "verification-malformed-token-as-server-error",
        "MFA-VERIFY-MALFORMED-TOKEN",
        "A code with a malformed mfa_token is answered with status 500",
        change=Change("error.malformed-mfa-token", edits.status(500), _CODES),
    ),
    Deviation(
        "verification-takes-expired-token",
        "MFA-VERIFY-EXPIRED-TOKEN",
        "An expired mfa_token still takes codes",
        {"expiry_ignored_by": _CODES},
    ),
    Deviation(
        "verification-takes-foreign-token",
        "MFA-VERIFY-FOREIGN-TOKEN",
        "Another client's mfa_token takes codes",
        {"foreign_client_ignored_by": _CODES},
    ),
    Deviation(
        "bearer-on-token-endpoint-refused",
        "MFA-VERIFY-BEARER-IGNORED",
        "A superfluous bearer makes /oauth/token fail",
        {"bearer_refused": True},
    ),
    Deviation(
        "json-verification-refused",
        "MFA-VERIFY-BODY-JSON",
        "A code in JSON is refused",
        {"verification_reads_json": False},
    ),
)

LIMITS = (
    Deviation(
        "wrong-codes-unlimited",
        "MFA-LIMIT-WRONG-CODES",
        "A thousand wrong codes may be tried",
        {"wrong_code_burst": 1000},
    ),
    Deviation(
        "wrong-codes-refill-slowly",
        "MFA-LIMIT-REFILL",
        "After too many wrong codes the user waits ten hours for another try",
        {"wrong_code_refill_s": 36_000.0},
    ),
    Deviation(
        "success-resets-wrong-codes",
        "MFA-LIMIT-KEPT",
        "A right code makes the wrong ones forgotten",
        {"success_resets_count": True},
    ),
    Deviation(
        "rate-limit-headers-missing",
        "MFA-RATE-HEADERS",
        "No answer tells the rate limit",
        change=Change("", edits.without_headers("x-ratelimit-")),
    ),
)

LIFETIMES = (
    Deviation(
        "mfa-token-lives-five-minutes",
        "MFA-LIFETIME-TOKEN",
        "An mfa_token expires after five minutes instead of ten",
        {"mfa_token_lifetime_s": 300.0},
    ),
)
