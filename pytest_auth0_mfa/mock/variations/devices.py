"""Variations of how a tenant speaks with devices."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pytest_auth0_mfa.mock.composition import Change
from pytest_auth0_mfa.mock.deviations import edits
from pytest_auth0_mfa.mock.variations import sources
from pytest_auth0_mfa.mock.variations.edits import together
from pytest_auth0_mfa.mock.variations.model import Variation

if TYPE_CHECKING:
    from pytest_auth0_mfa.mock.messages import Answer

_EMPTY_OBJECT = together(edits.status(200), edits.body({}))


def _algorithm_in_capitals(answer: Answer) -> Answer:
    if not isinstance(answer.body, dict) or not isinstance(answer.body.get("totp"), dict):
        return answer
    totp = {**answer.body["totp"], "algorithm": "SHA1"}
    return replace(answer, body={**answer.body, "totp": totp})


def _with_404(answer: Answer) -> Answer:
    """Tell of what is not known by 404, where 401 was right too."""
    if answer.status != 401:  # noqa: PLR2004  Unauthorized.
        return answer
    return together(edits.status(404), edits.member("statusCode", 404))(answer)


DEVICES = (
    Variation(
        "device-enrolled-with-201",
        "The enrollment of a device is answered with 201",
        "Libraries take any success, and both statuses were seen",
        f"{sources.GUARDIAN_SWIFT}; {sources.GUARDIAN_SHELL}",
        changes=(Change("device.enrolled", edits.status(201)),),
    ),
    Variation(
        "device-answered-with-200",
        "The answer of a device, and its leaving, are answered with 200 and an empty object",
        "A library takes it beside 204",
        sources.GUARDIAN_ANDROID,
        changes=(Change("device.answered", _EMPTY_OBJECT), Change("device.deleted", _EMPTY_OBJECT)),
    ),
    Variation(
        "device-refused-with-404",
        "A device with a ticket or token that is not known is answered with 404",
        "Seen as 401, and in the fixtures of a library as 404",
        f"{sources.GUARDIAN_SWIFT}; {sources.GUARDIAN_SHELL}",
        changes=(Change("device.refused", _with_404),),
    ),
    Variation(
        "device-refused-with-status-as-text",
        "Refusals of a device tell their status as a text",
        "Libraries read the errorCode alone",
        f"{sources.GUARDIAN_SWIFT}; {sources.GUARDIAN_ANDROID}",
        changes=(Change("device.refused", edits.member("statusCode", "401")),),
    ),
    Variation(
        "device-algorithm-in-capitals",
        "A device is told the algorithm of its one-time passwords in capitals",
        "URIs of the same kind have capitals, a library takes small letters alone: told as a"
        " difference",
        f"{sources.GUARDIAN_ANDROID}; {sources.KEY_URI}",
        changes=(Change("device.enrolled", _algorithm_in_capitals),),
        noted=("MFA-DEVICE-ENROLL",),
    ),
    Variation(
        "prompt-from-a-host",
        "A prompt names the tenant by its host, not by a URL",
        "Libraries take both",
        f"{sources.GUARDIAN_SWIFT}; {sources.GUARDIAN_ANDROID}",
        rules={"prompt_source_is_host": True},
    ),
)
