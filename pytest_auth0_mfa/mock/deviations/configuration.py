"""Deviations about what an administrator configures, and about blocked users."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pytest_auth0_mfa.mock.deviations import edits
from pytest_auth0_mfa.mock.deviations.model import Change, Deviation
from pytest_auth0_mfa.mock.operations import Operation

if TYPE_CHECKING:
    from pytest_auth0_mfa.mock.deviations.edits import Edit
    from pytest_auth0_mfa.mock.messages import Answer, Json

_REQUIREMENTS = "mfa_requirements"
_NAMES = {"phone": "sms", "push-notification": "auth0", "otp": "totp"}


def _told(member: str, told: list[Json] | None, renamed: dict[str, str] | None = None) -> Edit:
    """Change what a login tells under `challenge` or `enroll`: other kinds, or other words."""

    def edit(answer: Answer) -> Answer:
        body = answer.body if isinstance(answer.body, dict) else {}
        requirements = body.get(_REQUIREMENTS)
        if not isinstance(requirements, dict) or member not in requirements:
            return answer
        changed = _renamed(requirements[member], renamed or {}) if told is None else told
        return replace(answer, body={**body, _REQUIREMENTS: {member: changed}})

    return edit


def _renamed(listed: Json, names: dict[str, str]) -> list[Json]:
    items = listed if isinstance(listed, list) else []
    kinds = [str(each.get("type")) for each in items if isinstance(each, dict)]
    return [{"type": names.get(each, each)} for each in kinds]


def _without_type(answer: Answer) -> Answer:
    """Leave the kinds out of a list."""
    if not isinstance(answer.body, list):
        return answer
    kept = [
        {name: value for name, value in item.items() if name != "type"}
        for item in answer.body
        if isinstance(item, dict)
    ]
    return replace(answer, body=kept)


FACTORS = (
    Deviation(
        "disabled-factor-enrolled",
        "MFA-CONFIG-ENROLL-OFF",
        "A factor that is off can be enrolled",
        {"disabled_enrollable": True},
    ),
    Deviation(
        "disabled-factor-challenged",
        "MFA-CONFIG-CHALLENGE-OFF",
        "A factor that is off can be challenged",
        {"disabled_challengeable": True},
    ),
    Deviation(
        "disabled-recovery-code-issued",
        "MFA-CONFIG-RECOVERY-ISSUED",
        "Recovery codes are issued although they are off",
        {"disabled_code_issued": True},
    ),
    Deviation(
        "disabled-recovery-code-accepted",
        "MFA-CONFIG-RECOVERY-REFUSED",
        "Recovery codes are accepted although they are off",
        {"disabled_code_accepted": True},
    ),
    Deviation(
        "disabled-channel-enrolled-along",
        "MFA-CONFIG-ONE-CHANNEL",
        "A phone gets an entry for its other channel although that is off",
        {"disabled_twin_enrolled": True},
    ),
    Deviation(
        "verified-email-counts-as-factor",
        "MFA-CONFIG-EMAIL-ALONE",
        "A verified address is asked for before a first factor can be enrolled",
        {"mfa_audience_free_with_verified_email": False},
    ),
)

CUSTOMIZED = (
    Deviation(
        "requirements-without-challenge",
        "MFA-REQUIREMENTS-CHALLENGE",
        "A login tells of nothing that can be challenged",
        change=Change("error.mfa-required", _told("challenge", [])),
    ),
    Deviation(
        "requirements-name-channels",
        "MFA-REQUIREMENTS-CHALLENGE",
        "A login tells channels, such as sms, where kinds are expected",
        change=Change("error.mfa-required", _told("challenge", None, _NAMES)),
    ),
    Deviation(
        "requirements-without-enroll",
        "MFA-REQUIREMENTS-ENROLL",
        "A login tells of nothing that can be enrolled",
        change=Change("error.mfa-required", _told("enroll", [])),
    ),
    Deviation(
        "requirements-enroll-email",
        "MFA-REQUIREMENTS-ENROLL",
        "A login tells that e-mail can be enrolled",
        change=Change("error.mfa-required", _told("enroll", [{"type": "otp"}, {"type": "email"}])),
    ),
    Deviation(
        "list-without-kinds",
        "MFA-REQUIREMENTS-LIST",
        "The list does not tell the kinds of its entries",
        change=Change("authenticators", _without_type),
    ),
)

BLOCKED = (
    Deviation(
        "blocked-user-logs-in",
        "MFA-BLOCKED-LOGIN",
        "A blocked user is asked for the second factor",
        {"blocked_users_log_in": True},
    ),
    Deviation(
        "blocked-user-as-server-error",
        "MFA-BLOCKED-LOGIN",
        "The login of a blocked user is answered with status 500",
        change=Change("error.blocked-user", edits.status(500), frozenset({Operation.PASSWORD})),
    ),
    Deviation(
        "blocked-user-verifies",
        "MFA-BLOCKED-VERIFY",
        "A user who was blocked after the password completes the login",
        {"blocked_users_verify": True},
    ),
)

BRUTE_FORCE = (
    Deviation(
        "logins-unlimited",
        "MFA-LIMIT-LOGINS",
        "One user may log in from one address a thousand times a minute",
        {"login_limit": 1000},
    ),
    Deviation(
        "wrong-passwords-uncounted",
        "MFA-BRUTE-FORCE-BLOCK",
        "Passwords may be guessed a thousand times",
        {"wrong_password_limit": 1000},
    ),
    Deviation(
        "wrong-passwords-counted-by-address",
        "MFA-BRUTE-FORCE-OTHERS",
        "Wrong passwords block everybody at an address",
        {"wrong_passwords_counted_by_user": False},
    ),
    Deviation(
        "wrong-passwords-counted-by-user",
        "MFA-BRUTE-FORCE-ADDRESS",
        "Wrong passwords block a user everywhere",
        {"wrong_passwords_counted_by_address": False},
    ),
)
