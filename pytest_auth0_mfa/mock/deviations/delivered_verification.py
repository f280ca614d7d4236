"""Deviations of challenging and verifying by delivered codes, and of their limits and lifetimes."""

from __future__ import annotations

from pytest_auth0_mfa.mock.deviations import edits
from pytest_auth0_mfa.mock.deviations.model import Change, Deviation
from pytest_auth0_mfa.mock.operations import Operation

_CHALLENGES = frozenset(
    {Operation.CHALLENGE, Operation.CHALLENGE_BY_ID, Operation.CHALLENGE_ANY_TYPE}
)
_OOB = frozenset({Operation.MFA_OOB})


def _omitted(name: str) -> dict[str, object]:
    """A rule by which nobody notices that a verification lacks a parameter."""
    return {"unnoticed_omissions": frozenset({(Operation.MFA_OOB, name)})}


CHALLENGE = (
    Deviation(
        "challenge-by-sms-without-binding-method",
        "MFA-CHALLENGE-RESPONSE",
        "A challenge by SMS does not say that a code must be typed",
        change=Change("challenge.sms", edits.without("binding_method")),
    ),
    Deviation(
        "challenge-by-voice-for-transfer",
        "MFA-CHALLENGE-RESPONSE",
        "A challenge by voice names a binding method that nobody knows",
        change=Change("challenge.voice", edits.member("binding_method", "transfer")),
    ),
    Deviation(
        "challenge-by-email-as-email",
        "MFA-CHALLENGE-RESPONSE",
        "A challenge by e-mail is answered with challenge_type email",
        change=Change(
            "challenge.email",
            edits.member("challenge_type", "email"),
            frozenset({Operation.CHALLENGE_BY_ID}),
        ),
    ),
    Deviation(
        "challenge-repeats-oob-code",
        "MFA-CHALLENGE-OOB-FRESH",
        "Every challenge of a login gets the same oob_code",
        {"oob_code_repeated_by": _CHALLENGES},
    ),
    Deviation(
        "other-channel-not-challenged",
        "MFA-CHALLENGE-TWIN",
        "Only the channel by which a phone was enrolled can be challenged",
        {"twin_challengeable": False},
    ),
    Deviation(
        "verified-email-not-challenged",
        "MFA-CHALLENGE-VERIFIED-EMAIL",
        "A verified address cannot be challenged",
        {"verified_email_challengeable": False},
    ),
)

DELIVERY = (
    Deviation(
        "delivered-code-of-eight-digits",
        "MFA-DELIVERY-FORM",
        "Delivered codes have eight digits",
        {"binding_code_length": 8},
    ),
    Deviation(
        "delivered-code-never-changes",
        "MFA-DELIVERY-FRESH",
        "Every challenge of a user delivers the same code",
        {"binding_code_fresh": False},
    ),
)

VERIFICATION = (
    Deviation(
        "oob-tokens-without-token-type",
        "MFA-VERIFY-TOKENS",
        "The tokens for a delivered code come without token_type",
        change=Change("token.oob", edits.without("token_type"), _OOB),
    ),
    Deviation(
        "wrong-binding-code-with-200",
        "MFA-VERIFY-WRONG-CODE",
        "The refusal of a delivered code comes with status 200",
        change=Change("error.invalid-binding-code", edits.status(200)),
    ),
    Deviation(
        "used-binding-code-accepted",
        "MFA-VERIFY-REPLAY",
        "A delivered code works as often as one likes",
        {"reused_binding_code_accepted": True},
        also=frozenset({"MFA-VERIFY-RACE"}),
    ),
    Deviation(
        "foreign-binding-code-accepted",
        "MFA-VERIFY-FOREIGN-CODE",
        "Any code that was delivered to somebody will do",
        {"foreign_binding_code_accepted": True},
    ),
    Deviation(
        "malformed-binding-code-accepted",
        "MFA-VERIFY-MALFORMED-CODE",
        "What does not even look like a delivered code is accepted",
        {"malformed_binding_code_accepted": True},
    ),
    Deviation(
        "wrong-binding-code-spends-mfa-token",
        "MFA-VERIFY-RETRY",
        "A wrong delivered code uses up the mfa_token",
        {"wrong_binding_code_spends_mfa_token": True},
    ),
    Deviation(
        "missing-binding-code-unnoticed",
        "MFA-VERIFY-MISSING-CODE",
        "A missing delivered code is answered as a wrong one",
        _omitted("binding_code"),
    ),
    Deviation(
        "missing-oob-code-unnoticed",
        "MFA-VERIFY-MISSING-OOB",
        "A missing oob_code is answered as a malformed one",
        _omitted("oob_code"),
    ),
    Deviation(
        "malformed-oob-code-as-server-error",
        "MFA-VERIFY-MALFORMED-OOB",
        "An invented oob_code is answered with status 500",
        change=Change("error.malformed-oob-code", edits.status(500)),
    ),
    Deviation(
        "expired-oob-code-accepted",
        "MFA-VERIFY-EXPIRED-OOB",
        "A delivered code works for an hour",
        {"oob_code_lifetime_s": 3600.0},
    ),
    Deviation(
        "foreign-oob-code-accepted",
        "MFA-VERIFY-FOREIGN-OOB",
        "An oob_code is good in any login",
        {"oob_code_bound": False},
    ),
)

LIMITS = (
    Deviation(
        "messages-unlimited",
        "MFA-LIMIT-SENDS",
        "A thousand messages may be sent to a user",
        {"phone_message_burst": 1000, "email_burst": 1000},
    ),
    Deviation(
        "messages-refill-slowly",
        "MFA-LIMIT-SENDS-REFILL",
        "After too many messages the user waits ten hours for another",
        {"phone_message_refill_s": 36_000.0, "email_refill_s": 36_000.0},
    ),
)

LIFETIMES = (
    Deviation(
        "oob-code-lives-one-minute",
        "MFA-LIFETIME-OOB",
        "A delivered code expires after one minute instead of five",
        {"oob_code_lifetime_s": 60.0},
    ),
)
