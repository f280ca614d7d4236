"""Deviations that follow published pages where they are wrong.

What each page says, and what is so, is told in docs/errata.md.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pytest_auth0_mfa.mock.deviations import edits
from pytest_auth0_mfa.mock.deviations.model import Change, Deviation
from pytest_auth0_mfa.mock.deviations.presented import completes_for_no_audience
from pytest_auth0_mfa.mock.operations import Operation
from pytest_auth0_mfa.mock.seal import is_sealed

if TYPE_CHECKING:
    from pytest_auth0_mfa.mock.calls import Call
    from pytest_auth0_mfa.mock.messages import Answer, Json

_BY_ID = frozenset({Operation.CHALLENGE_BY_ID})
_CONFIRMATION = frozenset({Operation.CONFIRMATION})
_PASSWORD = frozenset({Operation.PASSWORD})
_PHONES = {"sms", "voice"}


def _names_no_client(call: Call) -> bool:
    return "client_id" not in call.body.parameters


def _has_mfa_token_as_bearer(call: Call) -> bool:
    return call.bearer is not None and is_sealed(call.bearer)


def _has_no_bearer(call: Call) -> bool:
    return call.bearer is None


def _is_plain(call: Call) -> bool:
    """Tell a form of a client with a secret: the login that no other requirement varies."""
    return not call.body.is_json and "client_secret" in call.body.parameters


def _names_no_channel(call: Call) -> bool:
    parameters = call.body.parameters
    return parameters.get("challenge_type") == "oob" and "oob_channel" not in parameters


def _with_channels(answer: Answer) -> Answer:
    """Give the channel under the name that a request lists it by."""
    if not isinstance(answer.body, dict):
        return answer
    body = {
        "oob_channels" if name == "oob_channel" else name: each
        for name, each in answer.body.items()
    }
    return replace(answer, body=body)


def _with_older_masks(answer: Answer) -> Answer:
    """Mask phone numbers at their end."""
    if not isinstance(answer.body, list):
        return answer
    return replace(answer, body=[_with_older_mask(item) for item in answer.body])


def _with_older_mask(item: Json) -> Json:
    if not isinstance(item, dict) or item.get("oob_channel") not in _PHONES:
        return item
    return {**item, "name": "+1123XXXXX"}


ENROLLMENT = (
    Deviation(
        "association-wants-authentication-types",
        "MFA-ENROLL-RESPONSE",
        "An association names its type in authentication_types",
        {"types_parameter": "authentication_types"},
    ),
    Deviation(
        "association-demands-client",
        "MFA-ENROLL-RESPONSE",
        "An association without client credentials is refused",
        change=Change("associate.", edits.refused(401), when=_names_no_client),
    ),
    Deviation(
        "association-refuses-mfa-token",
        "MFA-ENROLL-RESPONSE",
        "Only an access token associates",
        change=Change("associate.", edits.refused(401), when=_has_mfa_token_as_bearer),
    ),
    Deviation(
        "association-by-email-unknown",
        "MFA-ENROLL-RESPONSE",
        "There is no channel email",
        change=Change("associate.email", edits.refused(400)),
    ),
    Deviation(
        "associate-otp-without-secret",
        "MFA-ENROLL-RESPONSE",
        "The answer to an association of an app has neither secret nor barcode",
        change=Change(
            "associate.otp",
            lambda answer: edits.without("secret")(edits.without("barcode_uri")(answer)),
        ),
    ),
    Deviation(
        "associate-sms-with-channels",
        "MFA-ENROLL-RESPONSE",
        "The answer to an association by SMS has oob_channels for oob_channel",
        change=Change("associate.sms", _with_channels),
    ),
    Deviation(
        "confirmation-at-oath-token",
        "MFA-CONFIRM-TOKENS",
        "At /oauth/token no authenticator is confirmed",
        change=Change("token.", edits.refused(404), _CONFIRMATION),
    ),
    Deviation(
        "confirmation-demands-bearer",
        "MFA-CONFIRM-TOKENS",
        "An authenticator is confirmed only with the mfa_token as bearer too",
        change=Change("token.oob", edits.refused(401), _CONFIRMATION, _has_no_bearer),
    ),
    Deviation(
        "phones-masked-at-their-end",
        "MFA-LIST-NAME",
        "A list shows the first digits of a number",
        change=Change("authenticators", _with_older_masks),
    ),
)

LOGIN = (
    Deviation(
        "mfa-requirements-as-challenge-types",
        "MFA-LOGIN-MFA-REQUIRED",
        "The demand for a second factor lists types of challenges",
        change=Change(
            "error.mfa-required",
            edits.further_member("mfa_requirements", {"challenge_types": ["otp", "oob"]}),
            _PASSWORD,
            _is_plain,
        ),
    ),
)

VERIFICATION = (
    Deviation(
        "challenge-at-another-path",
        "MFA-CHALLENGE-RESPONSE",
        "At /mfa/challenge nothing is challenged",
        change=Change("challenge.", edits.refused(404)),
    ),
    Deviation(
        "challenge-demands-oob-channel",
        "MFA-CHALLENGE-RESPONSE",
        "A challenge by a channel is refused unless it names that in oob_channel",
        change=Change("challenge.", edits.refused(400), when=_names_no_channel),
    ),
    Deviation(
        "challenge-by-sms-as-otp",
        "MFA-CHALLENGE-RESPONSE",
        "A challenge by SMS is answered with challenge_type otp",
        change=Change("challenge.sms", edits.member("challenge_type", "otp"), _BY_ID),
    ),
    Deviation(
        "unconfirmed-as-unsupported-type",
        "MFA-CHALLENGE-UNCONFIRMED",
        "A user who has confirmed nothing is told that the type is not supported",
        change=Change(
            "error.association-required", edits.member("error", "unsupported_challenge_type")
        ),
    ),
    Deviation(
        "recovery-code-by-otp-grant",
        "MFA-VERIFY-TOKENS",
        "The grant mfa-recovery-code redeems nothing",
        change=Change("token.recovery-code", edits.refused(400)),
    ),
    Deviation(
        "five-emails",
        "MFA-LIMIT-SENDS",
        "A user gets five e-mails and no more for a while",
        {"email_burst": 5},
    ),
    Deviation(
        "tokens-live-ten-minutes",
        "MFA-TOKEN-LIFETIME-DAY",
        "Tokens for no audience last ten minutes",
        change=Change("token.otp", edits.member("expires_in", 600), when=completes_for_no_audience),
    ),
)
