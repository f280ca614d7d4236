"""Faults of the refusals of challenges and codes."""

from __future__ import annotations

from pytest_auth0_mfa.mock.deviations import asked
from pytest_auth0_mfa.mock.deviations.places import Place
from pytest_auth0_mfa.mock.deviations.presented import has_invented_mfa_token
from pytest_auth0_mfa.mock.deviations.samples import CHALLENGE, TOKENS
from pytest_auth0_mfa.mock.operations import Operation

_CHALLENGES = frozenset(
    {Operation.CHALLENGE, Operation.CHALLENGE_BY_ID, Operation.CHALLENGE_ANY_TYPE}
)
_CHALLENGE = frozenset({Operation.CHALLENGE})
_CODES = frozenset({Operation.MFA_OTP, Operation.MFA_OOB, Operation.MFA_RECOVERY_CODE})
_OTP = frozenset({Operation.MFA_OTP})
_OOB = frozenset({Operation.MFA_OOB})
_MISSING = "error.missing-parameter"
_BAD_TOKEN = "error.malformed-mfa-token"  # noqa: S105  The name of a response.


def _challenge(stem: str, words: str, requirement: str, to: str) -> Place:
    return Place(stem, words, f"MFA-CHALLENGE-{requirement}", to, _CHALLENGES)


_UNCONFIRMED = Place(
    "challenge-of-nothing-confirmed",
    "A challenge of a user who has confirmed nothing",
    "MFA-CHALLENGE-UNCONFIRMED",
    "error.association-required",
    _CHALLENGE,
    asked.has_nothing_confirmed,
)
_UNSUPPORTED = _challenge(
    "challenge-of-another-type",
    "A challenge of a type that the user lacks",
    "UNSUPPORTED",
    "error.unsupported-challenge-type",
)
_FOREIGN = _challenge(
    "challenge-of-another-user",
    "A challenge of another user's authenticator",
    "FOREIGN-AUTHENTICATOR",
    "error.invalid-authenticator",
)
_NO_TOKEN = Place(
    "challenge-without-mfa-token",
    "A challenge without mfa_token",
    "MFA-CHALLENGE-MISSING-TOKEN",
    _MISSING,
    _CHALLENGE,
    asked.has_all("client_id", "challenge_type"),
)
_MALFORMED = Place(
    "challenge-malformed-token",
    "A challenge with an invented mfa_token",
    "MFA-CHALLENGE-MALFORMED-TOKEN",
    _BAD_TOKEN,
    _CHALLENGE,
    has_invented_mfa_token,
)
_EXPIRED = _challenge(
    "challenge-expired-token",
    "A challenge with an expired mfa_token",
    "EXPIRED-TOKEN",
    "error.expired-mfa-token",
)
_OTHER_CLIENT = _challenge(
    "challenge-foreign-token",
    "A challenge with the mfa_token of another client",
    "FOREIGN-TOKEN",
    "error.foreign-mfa-token",
)
_ACCESS = Place(
    "challenge-by-access-token",
    "A challenge with an access token",
    "MFA-CHALLENGE-ACCESS-TOKEN",
    _BAD_TOKEN,
    _CHALLENGE,
    asked.presents_access_token,
)

CHALLENGES = (
    _UNCONFIRMED.status(404),
    _UNSUPPORTED.status(403),
    _UNSUPPORTED.code("invalid_request"),
    _FOREIGN.status(500),
    _FOREIGN.without("error"),
    _NO_TOKEN.accepted(CHALLENGE),
    _NO_TOKEN.status(500),
    _MALFORMED.accepted(CHALLENGE),
    _MALFORMED.code("invalid_token"),
    _EXPIRED.status(400),
    _EXPIRED.code("access_denied"),
    _OTHER_CLIENT.status(500),
    _OTHER_CLIENT.code("access_denied"),
    _ACCESS.status(500),
)


def _code(stem: str, words: str, requirement: str, to: str) -> Place:
    return Place(stem, words, f"MFA-VERIFY-{requirement}", to, _CODES)


_CODELESS = Place(
    "login-without-code",
    "A grant without its code",
    "MFA-VERIFY-MISSING-CODE",
    _MISSING,
    _CODES,
    asked.lacks_code,
)
_TOKENLESS = Place(
    "code-without-mfa-token",
    "A code without mfa_token",
    "MFA-VERIFY-MISSING-TOKEN",
    _MISSING,
    _CODES,
    asked.lacks("mfa_token"),
)
_BAD_MFA_TOKEN = Place(
    "code-malformed-token",
    "A code with an invented mfa_token",
    "MFA-VERIFY-MALFORMED-TOKEN",
    _BAD_TOKEN,
    _CODES,
    has_invented_mfa_token,
)
_LATE = _code(
    "code-expired-token",
    "A code with an expired mfa_token",
    "EXPIRED-TOKEN",
    "error.expired-mfa-token",
)
_STRANGE = _code(
    "code-foreign-token",
    "A code with the mfa_token of another client",
    "FOREIGN-TOKEN",
    "error.foreign-mfa-token",
)
_NO_OOB = Place(
    "code-without-oob-code",
    "A delivered code without oob_code",
    "MFA-VERIFY-MISSING-OOB",
    _MISSING,
    _OOB,
    asked.lacks("oob_code"),
)
_BAD_OOB = Place(
    "code-malformed-oob",
    "A code with an invented oob_code",
    "MFA-VERIFY-MALFORMED-OOB",
    "error.malformed-oob-code",
    _CODES,
    asked.has_invented_oob_code,
)
_LATE_OOB = _code(
    "code-expired-oob",
    "A code with an expired oob_code",
    "EXPIRED-OOB",
    "error.expired-oob-code",
)
_STRANGE_OOB = _code(
    "code-foreign-oob",
    "A code with the oob_code of another login",
    "FOREIGN-OOB",
    "error.foreign-oob-code",
)
_WRONG_OTP = Place(
    "wrong-otp",
    "A wrong one-time password",
    "MFA-VERIFY-WRONG-CODE",
    "error.invalid-otp",
    _OTP,
    asked.has_confirmed,
)
_WRONG_BINDING_CODE = Place(
    "wrong-binding-code",
    "A wrong delivered code",
    "MFA-VERIFY-WRONG-CODE",
    "error.invalid-binding-code",
    _OOB,
    asked.has_confirmed,
)
_WRONG_RECOVERY_CODE = _code(
    "wrong-recovery-code",
    "A wrong recovery code",
    "WRONG-CODE",
    "error.invalid-recovery-code",
)

VERIFICATION = (
    _CODELESS.accepted(TOKENS),
    _CODELESS.status(403),
    _TOKENLESS.accepted(TOKENS),
    _TOKENLESS.code("invalid_grant"),
    _BAD_MFA_TOKEN.accepted(TOKENS),
    _LATE.status(400),
    _LATE.beside("tokens", "access_token", TOKENS["access_token"]),
    _STRANGE.status(500),
    _NO_OOB.accepted(TOKENS),
    _NO_OOB.without("error"),
    _BAD_OOB.accepted(TOKENS),
    _BAD_OOB.code("invalid_request"),
    _LATE_OOB.status(400),
    _LATE_OOB.code("access_denied"),
    _STRANGE_OOB.status(500),
    _STRANGE_OOB.code("access_denied"),
    _WRONG_OTP.status(401),
    _WRONG_OTP.code("access_denied"),
    _WRONG_BINDING_CODE.status(401),
    _WRONG_BINDING_CODE.code("access_denied"),
    _WRONG_RECOVERY_CODE.status(400),
    _WRONG_RECOVERY_CODE.code("access_denied"),
    _WRONG_RECOVERY_CODE.beside("a new recovery_code", "recovery_code", "A" * 24),
)

_UNENROLLED = Place(
    "code-of-nobody-enrolled",
    "A code of a user with nothing enrolled",
    "MFA-CONFIRM-NOT-ENROLLED",
    "error.not-enrolled",
)
_WRONG_FIRST_OTP = Place(
    "wrong-first-otp",
    "A wrong one-time password of a new authenticator",
    "MFA-CONFIRM-WRONG-CODE",
    "error.invalid-otp",
    _OTP,
    asked.confirms,
)
_WRONG_FIRST_CODE = Place(
    "wrong-first-binding-code",
    "A wrong delivered code of a new authenticator",
    "MFA-CONFIRM-WRONG-CODE",
    "error.invalid-binding-code",
    _OOB,
    asked.confirms,
)
_NO_RECOVERY = Place(
    "no-recovery-code",
    "A recovery code of a user without one",
    "MFA-RECOVERY-NONE",
    "error.no-recovery-code",
    when=asked.has_nothing_confirmed,
)

CONFIRMATION = (
    _UNENROLLED.accepted(TOKENS, "MFA-DELETE-GONE"),
    _UNENROLLED.status(403),
    _WRONG_FIRST_OTP.accepted(TOKENS),
    _WRONG_FIRST_CODE.accepted(TOKENS),
    _NO_RECOVERY.accepted(TOKENS),
    _NO_RECOVERY.status(401),
)
