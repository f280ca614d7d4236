"""Which deviations are tried together."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytest_auth0_mfa.mock.deviations import Deviation

SIZE = 16

SWEEPING = frozenset(
    {
        "associate-otp-without-secret",
        "association-by-email-unknown",
        "association-demands-client",
        "association-refuses-mfa-token",
        "association-wants-authentication-types",
        "challenge-at-another-path",
        "challenge-by-id-refused",
        "challenge-demands-oob-channel",
        "confirmation-at-oath-token",
        "confirmation-demands-bearer",
        "mfa-required-with-401",
    }
)
"""Deviations that leave much unjudged, so that they are tried sooner alone than with others.

One that is missing here costs time and nothing else; a run of everything tells which are.
"""

MUCH = 60
"""So many verdicts are much: trying them again in ever smaller groups takes longer than a run."""


def grouped(deviations: Iterable[Deviation], size: int = SIZE) -> list[list[Deviation]]:
    """Put deviations together, at most so many, none of which could hide what another does."""
    groups: list[list[Deviation]] = []
    for deviation in deviations:
        fitting = (group for group in groups if _fits(deviation, group, size))
        group = next(fitting, None)
        if group is None:
            groups.append([deviation])
        else:
            group.append(deviation)
    return groups


def _fits(deviation: Deviation, group: list[Deviation], size: int) -> bool:
    return len(group) < size and not any(_clash(deviation, other) for other in group)


def _clash(one: Deviation, other: Deviation) -> bool:
    """Whether one of two deviations is apt to hide what the other does."""
    if SWEEPING & {one.name, other.name} or one.rules.keys() & other.rules.keys():
        return True
    if {one.requirement, *one.also} & {other.requirement, *other.also}:
        return True
    return bool(one.change and other.change and one.change.to == other.change.to)
