"""Named ways for the mock to be wrong, at least one for every requirement of the suites.

A suite that cannot fail proves nothing: each deviation shows that its requirement is judged.
Requirement ids are plain texts here, as the mock knows nothing of the suites. Must not change
how a tenant without deviations behaves.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from pytest_auth0_mfa.mock.composition import look_up
from pytest_auth0_mfa.mock.deviations import (
    answers_of_enrollment,
    answers_of_login,
    answers_of_service,
    audience,
    claims,
    client_assertions,
    client_authentication,
    configuration,
    delivered_enrollment,
    delivered_verification,
    devices,
    enrollment,
    errata,
    login,
    mixups,
    protocol,
    push,
    refused_codes,
    refused_enrollments,
    refused_logins,
    refused_pushes,
    several,
    tokens,
    verification,
)
from pytest_auth0_mfa.mock.deviations.model import Deviation

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["DEVIATIONS", "Deviation", "named"]

_AREAS = (
    login.LOGIN,
    login.CLIENTS,
    login.ERRORS,
    protocol.PROTOCOL,
    protocol.SAMPLES,
    enrollment.ENROLLMENT,
    enrollment.CONFIRMATION,
    enrollment.LISTING,
    enrollment.RECOVERY,
    verification.CHALLENGE,
    verification.VERIFICATION,
    verification.LIMITS,
    verification.LIFETIMES,
    tokens.TOKENS,
    tokens.SERVICE,
    tokens.AUDIENCE,
    tokens.DELETION,
    delivered_enrollment.ENROLLMENT,
    delivered_enrollment.CONFIRMATION,
    delivered_enrollment.LISTING,
    delivered_enrollment.DELETION,
    delivered_enrollment.AUDIENCE,
    delivered_verification.CHALLENGE,
    delivered_verification.DELIVERY,
    delivered_verification.VERIFICATION,
    delivered_verification.LIMITS,
    delivered_verification.LIFETIMES,
    push.ENROLLMENT,
    push.CONFIRMATION,
    push.LISTING,
    push.CHALLENGE,
    push.PROMPTS,
    push.POLLING,
    push.VERIFICATION,
    push.DELETION,
    push.LIMITS,
    push.LIFETIMES,
    devices.ENROLLMENT,
    devices.ANSWERS,
    devices.ACCOUNTS,
    audience.AUDIENCE,
    audience.SELF_SERVICE,
    client_authentication.CLIENTS,
    client_assertions.CLIENTS,
    errata.LOGIN,
    errata.ENROLLMENT,
    errata.VERIFICATION,
    several.SEVERAL,
    several.CHALLENGE,
    several.CONCURRENT,
    configuration.FACTORS,
    configuration.CUSTOMIZED,
    configuration.BLOCKED,
    configuration.BRUTE_FORCE,
    answers_of_enrollment.ASSOCIATIONS,
    answers_of_enrollment.LISTS,
    answers_of_login.LOGIN,
    answers_of_login.CHALLENGES,
    answers_of_login.VERIFICATION,
    answers_of_login.RECOVERY,
    answers_of_login.CONFIRMATION,
    answers_of_login.TOKENS,
    answers_of_service.DISCOVERY,
    answers_of_service.KEYS,
    answers_of_service.USERINFO,
    answers_of_service.DEVICES,
    refused_logins.LOGIN,
    refused_logins.CLIENTS,
    refused_logins.PROTOCOL,
    refused_enrollments.ENROLLMENT,
    refused_enrollments.LISTING,
    refused_enrollments.DELETION,
    refused_enrollments.AUDIENCE,
    refused_codes.CHALLENGES,
    refused_codes.VERIFICATION,
    refused_codes.CONFIRMATION,
    refused_pushes.PUSH,
    refused_pushes.DEVICES,
    refused_pushes.LIMITS,
    claims.ID_TOKENS,
    claims.API_TOKENS,
    claims.FORGED,
    mixups.LISTS,
    mixups.LOGINS,
    mixups.CODES,
    mixups.LIMITS,
)

DEVIATIONS: Mapping[str, Deviation] = MappingProxyType(
    {each.name: each for area in _AREAS for each in area}
)
"""Every deviation by its name."""


def named(names: Sequence[str]) -> list[Deviation]:
    """Look deviations up; an unknown name is a `ValueError`."""
    return look_up(names, DEVIATIONS, "deviation")
