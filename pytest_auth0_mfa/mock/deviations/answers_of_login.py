"""Faults of what logins, challenges and codes give, member by member."""

from __future__ import annotations

from pytest_auth0_mfa.mock.deviations import asked, edits
from pytest_auth0_mfa.mock.deviations.places import Place
from pytest_auth0_mfa.mock.deviations.presented import completes_for_others, completes_for_reading
from pytest_auth0_mfa.mock.deviations.samples import MFA_TOKEN, OOB_CODE, SECRET
from pytest_auth0_mfa.mock.operations import Operation

_PASSWORD = frozenset({Operation.PASSWORD})
_CODES = frozenset({Operation.MFA_OTP, Operation.MFA_OOB, Operation.MFA_RECOVERY_CODE})
_COMPLETIONS = _CODES | {Operation.CONFIRMATION}

_LOGIN = Place(
    "mfa-required",
    "A right password",
    "MFA-LOGIN-MFA-REQUIRED",
    "error.mfa-required",
    _PASSWORD,
)

_CUSTOMIZED = Place(
    "mfa-requirements",
    "A right password where MFA is customized",
    "MFA-REQUIREMENTS-CHALLENGE",
    "error.mfa-required",
    _PASSWORD,
)
_STEP_UP = Place(
    "mfa-audience-step-up",
    "A login of an enrolled user for the MFA audience",
    "MFA-AUDIENCE-STEP-UP",
    "error.mfa-required",
    _PASSWORD,
    asked.wants_mfa_audience,
)

LOGIN = (
    _CUSTOMIZED.beside(
        "challenge_types", "mfa_requirements/challenge_types", ["otp"], "MFA-REQUIREMENTS-ENROLL"
    ),
    _STEP_UP.fault("refused", "is refused", edits.refused(403)),
    _LOGIN.code("access_denied"),
    _LOGIN.without("mfa_token"),
    _LOGIN.having("mfa_token as a number", "mfa_token", 7),
)

_CHALLENGE = Place("challenges", "A challenge", "MFA-CHALLENGE-RESPONSE", "challenge.")
_OTP = Place("challenge-otp", "A challenge of an app", "MFA-CHALLENGE-RESPONSE", "challenge.otp")
_SMS = Place("challenge-sms", "A challenge by SMS", "MFA-CHALLENGE-RESPONSE", "challenge.sms")
_PUSH = Place("challenge-push", "A challenge by push", "MFA-CHALLENGE-RESPONSE", "challenge.push")

CHALLENGES = (
    _CHALLENGE.status(202),
    _CHALLENGE.as_text(),
    _CHALLENGE.without("challenge_type", "MFA-CHALLENGE-ANY-TYPE"),
    _CHALLENGE.having(
        "challenge_type as a list", "challenge_type", ["oob"], "MFA-CHALLENGE-ANY-TYPE"
    ),
    _CHALLENGE.without("oob_code"),
    _CHALLENGE.having("oob_code as a number", "oob_code", 123456),
    _CHALLENGE.without("binding_method"),
    _CHALLENGE.having("an empty binding_method", "binding_method", ""),
    _OTP.beside("an oob_code", "oob_code", OOB_CODE),
    _SMS.beside("the code itself", "binding_code", "123456"),
    _PUSH.beside("a secret", "secret", SECRET),
)

_TOKENS = Place(
    "tokens",
    "A right code",
    "MFA-VERIFY-TOKENS",
    "token.",
    _CODES,
    completes_for_others,
)

VERIFICATION = (
    _TOKENS.status(202),
    _TOKENS.as_text(),
    _TOKENS.without("access_token"),
    _TOKENS.having("access_token as a number", "access_token", 7),
    _TOKENS.having("token_type mac", "token_type", "mac"),
    _TOKENS.having("id_token as an object", "id_token", {"sub": "auth0|nobody"}),
    _TOKENS.beside("an mfa_token", "mfa_token", MFA_TOKEN),
)

_RECOVERED = Place(
    "recovery-tokens",
    "A right recovery code",
    "MFA-RECOVERY-ROTATES",
    "token.recovery-code",
)

RECOVERY = (
    _RECOVERED.without("recovery_code"),
    _RECOVERED.having("the recovery_code in a list", "recovery_code", ["A" * 24]),
)

_CONFIRMED = Place(
    "confirmation",
    "The first right code",
    "MFA-CONFIRM-TOKENS",
    "token.",
    frozenset({Operation.CONFIRMATION}),
)

CONFIRMATION = (
    _CONFIRMED.status(202),
    _CONFIRMED.as_text(),
    _CONFIRMED.without("access_token"),
)

_LASTING = Place(
    "tokens", "A right code", "MFA-TOKEN-LIFETIME", "token.", _COMPLETIONS, completes_for_others
)
_SCOPED = Place(
    "tokens",
    "A right code",
    "MFA-TOKEN-SCOPE",
    "token.",
    _CODES,
    completes_for_others,
)

_ACCESS = Place(
    "mfa-audience",
    "A login for the MFA audience",
    "MFA-AUDIENCE-UNENROLLED",
    "token.password",
)
_SHORT = Place(
    "mfa-audience",
    "A login for the MFA audience",
    "MFA-AUDIENCE-LIFETIME",
    "token.password",
)
_REFRESHED = Place("refresh", "A refresh token", "MFA-TOKEN-REFRESH", "token.refresh")
_RENEWED = Place(
    "refresh",
    "A refresh token",
    "MFA-TOKEN-REFRESH",
    "token.refresh",
    also=frozenset({"MFA-AUDIENCE-REFRESH"}),
)
"""In what else the renewal of access to the MFA audience is looked at."""
_MACHINE = Place(
    "client-credentials",
    "A client that acts for itself",
    "MFA-CLIENT-CREDENTIALS",
    "token.client-credentials",
)

_USELESS = Place(
    "completed-mfa-audience",
    "A completed login that asked to list authenticators",
    "MFA-AUDIENCE-COMPLETED",
    "token.",
    _CODES,
    completes_for_reading,
)

TOKENS = (
    _USELESS.fault(
        "token-useless",
        "gives an access token that opens nothing",
        edits.rewritten("access_token", lambda token: token[::-1]),
    ),
    _LASTING.without("expires_in"),
    _SCOPED.without("scope"),
    _SCOPED.having("scopes in a list", "scope", ["openid"]),
    *(
        fault
        for place in (_ACCESS, _REFRESHED, _MACHINE)
        for fault in (
            place.status(202),
            place.as_text(),
            place.without("access_token"),
            place.having("access_token as a number", "access_token", 7),
            place.without("token_type"),
            place.having("token_type mac", "token_type", "mac"),
        )
    ),
    *(
        fault
        for place in (_SHORT, _RENEWED, _MACHINE)
        for fault in (
            place.without("expires_in"),
            place.having("expires_in as a text", "expires_in", "86400"),
        )
    ),
    _ACCESS.without("scope", "MFA-AUDIENCE-SCOPE"),
    _ACCESS.having("scopes in a list", "scope", ["openid"], "MFA-AUDIENCE-SCOPE"),
    _REFRESHED.without("scope"),
    _REFRESHED.having("scopes in a list", "scope", ["openid"]),
    _MACHINE.beside("a refresh_token", "refresh_token", "granted-to-nobody"),
)
