"""Deviations in which codes, prompts, lists and limits of a user are mixed up or out of date."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pytest_auth0_mfa.mock.deviations import asked, edits
from pytest_auth0_mfa.mock.deviations.model import Change, Deviation

if TYPE_CHECKING:
    from pytest_auth0_mfa.mock.deviations.edits import Edit
    from pytest_auth0_mfa.mock.messages import Answer, Json

_GONE = frozenset(
    {
        *("MFA-DELETE-UNCONFIRMED", "MFA-DELETE-TWIN", "MFA-DELETE-COMPANION"),
        "MFA-DEVICE-LEAVE",
    }
)
"""What else is looked for in a list after a deletion."""


def _is_recovery_code(item: Json) -> bool:
    return isinstance(item, dict) and item.get("authenticator_type") == "recovery-code"


def _with(change: Edit) -> Change:
    """Change the lists of users with a confirmed factor."""
    return Change("authenticators", change, when=asked.bears_of_enrolled)


def _with_second_entry(answer: Answer) -> Answer:
    """List the recovery code once more."""
    if not isinstance(answer.body, list):
        return answer
    again = [each for each in answer.body if _is_recovery_code(each)]
    return replace(answer, body=[*answer.body, *again])


def _without_recovery_code(answer: Answer) -> Answer:
    if not isinstance(answer.body, list):
        return answer
    return replace(answer, body=[each for each in answer.body if not _is_recovery_code(each)])


LISTS = (
    Deviation(
        "entry-listed-twice",
        "MFA-LIST-ONCE",
        "The recovery code stands in a list twice",
        change=_with(_with_second_entry),
        also=frozenset({"MFA-RECOVERY-LISTED", "MFA-REQUIREMENTS-LIST"}),
    ),
    Deviation(
        "recovery-code-not-listed",
        "MFA-RECOVERY-LISTED",
        "The recovery code stands in no list",
        change=_with(_without_recovery_code),
        also=frozenset({"MFA-LIST-ITEM", "MFA-REQUIREMENTS-LIST"}),
    ),
    Deviation(
        "recovery-code-active-at-once",
        "MFA-RECOVERY-LISTED",
        "A recovery code is listed as active before a factor is confirmed",
        change=Change("authenticators", edits.items("recovery-code", "active", value=True)),
    ),
    Deviation(
        "confirmed-listed-as-inactive",
        "MFA-CONFIRM-ACTIVE",
        "A confirmed app is listed as inactive",
        change=_with(edits.items("otp", "active", value=False)),
        also=frozenset({"MFA-SEVERAL-KEPT", "MFA-LIST-COMPANION"}),
    ),
    Deviation(
        "deleted-still-listed",
        "MFA-DELETE-GONE",
        "What was deleted stays in the list",
        {"removed_still_listed": True},
        also=_GONE,
    ),
)

LOGINS = (
    Deviation(
        "prompt-allows-other-logins",
        "MFA-CONCURRENT-PROMPTS",
        "Who allows one prompt allows every login that waits",
        {"prompts_allow_other_logins": True},
    ),
    Deviation(
        "code-accepted-twice-at-once",
        "MFA-VERIFY-RACE",
        "That a code was used is not known at once on other connections",
        {"uses_travel_s": 10.0},
    ),
)

CODES = (
    Deviation(
        "recovery-code-not-rotated",
        "MFA-RECOVERY-ROTATES",
        "A used recovery code comes back as the new one, and works again",
        {"recovery_code_rotated": False},
        also=frozenset({"MFA-RECOVERY-ONCE", "MFA-VERIFY-RACE"}),
    ),
)

LIMITS = (
    Deviation(
        "three-wrong-codes",
        "MFA-LIMIT-WRONG-CODES",
        "The tries are used up after three wrong codes",
        {"wrong_code_burst": 3},
    ),
    Deviation(
        "six-messages",
        "MFA-LIMIT-SENDS",
        "Six text messages or calls are all that a user gets",
        {"phone_message_burst": 6},
    ),
    Deviation(
        "four-pushes",
        "MFA-LIMIT-PUSHES",
        "Four pushes are all that a user gets",
        {"push_burst": 4},
    ),
)
