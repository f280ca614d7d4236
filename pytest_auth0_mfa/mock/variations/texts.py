"""Variations of the texts of errors, which programs must not read."""

from __future__ import annotations

from pytest_auth0_mfa.mock.composition import Change
from pytest_auth0_mfa.mock.deviations import edits
from pytest_auth0_mfa.mock.variations import sources
from pytest_auth0_mfa.mock.variations.model import Variation

_UNBLOCKED_BY_EMAIL = (
    "Your account has been blocked after multiple consecutive login attempts. We've sent you an"
    " email with instructions on how to unblock it."
)

TEXTS = (
    Variation(
        "texts-reworded",
        "Every error has another text",
        "Texts may change and are not to be read by programs; SDKs compare some all the same, so"
        " they are told as differences",
        sources.CORS_GUIDE,
        changes=(
            Change("error.", edits.rewritten("error_description", lambda _: "Not this way.")),
        ),
        noted=("MFA-",),
    ),
    Variation(
        "texts-of-older-servers",
        "A wrong delivered code and a missing one are answered in older words",
        "Notes on the server's errors have both wordings: told as a difference",
        sources.NOTES,
        changes=(
            Change(
                "error.invalid-binding-code",
                edits.member("error_description", "MFA Invalid binding code."),
            ),
            Change(
                "error.missing-parameter",
                edits.rewritten(
                    "error_description",
                    lambda text: f"{text.removeprefix('Missing required parameter: ')} is required",
                ),
            ),
        ),
        noted=(
            "MFA-VERIFY-WRONG-CODE",
            "MFA-VERIFY-MISSING-",
            "MFA-LOGIN-MISSING-",
            "MFA-CHALLENGE-MISSING-",
        ),
    ),
    Variation(
        "not-enrolled-with-guardian",
        "Who has enrolled nothing is told so in older words",
        "SDKs know this text beside the present one",
        f"{sources.ANDROID}; {sources.NOTES}",
        changes=(
            Change(
                "error.not-enrolled",
                edits.member("error_description", "User is not enrolled with guardian"),
            ),
        ),
    ),
    Variation(
        "blocked-with-word-of-an-email",
        "Who gave too many wrong passwords is told of an e-mail",
        "Older tenants say so, newer ones speak of a notification",
        sources.CORS_GUIDE,
        changes=(
            Change(
                "error.too-many-attempts", edits.member("error_description", _UNBLOCKED_BY_EMAIL)
            ),
        ),
    ),
)
