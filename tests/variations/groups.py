"""Variations put together, so that few runs of all suites try each of them.

Alternatives for one place go to different groups, and so do those that are told as differences and
those that must not be told at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_auth0_mfa.mock.variations import VARIATIONS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_auth0_mfa.mock.variations import Variation

APART = (
    {"json-indented", "json-all-escaped", "json-in-utf-8"},
    {"json-with-charset-everywhere", "json-without-charset", "media-type-in-capitals"},
    {"barcode-without-defaults", "barcode-algorithm-in-small-letters"},
    {"discovery-with-more", "discovery-with-less"},
    {"json-all-escaped", "answers-in-segments"},
    {"json-all-escaped", "mfa-token-of-6000-characters"},
    {"headers-without-blanks", "cache-control-over-lines"},
)
"""Those of which one would hide the other, though they change different things."""

BESIDE = {"limits-with-retry-after", "slow-down-tells-interval"}
"""Those that add to a refusal without hiding what others change of it."""

EVERYWHERE = "MFA-"
"""The beginning of every id: nothing can be said of others beside what is told of everywhere."""

QUIET, NOTED = 3, 2
"""How many groups there are of those that nobody tells of, and of those that are told of."""


def grouped() -> Mapping[str, list[str]]:
    """Group -> names of variations, each in the smallest group in which nothing hides it."""
    groups: dict[str, list[Variation]] = {
        **{f"quiet-{number + 1}": [] for number in range(QUIET)},
        **{f"noted-{number + 1}": [] for number in range(NOTED)},
    }
    for each in sorted(VARIATIONS.values(), key=lambda each: EVERYWHERE not in each.noted):
        kind = "noted" if each.noted else "quiet"
        fitting = [
            group
            for title, group in groups.items()
            if title.startswith(kind) and not any(_clash(each, other) for other in group)
        ]
        if not fitting:
            raise ValueError(f"{each.name} clashes with one of every {kind} group: add a group")
        min(fitting, key=len).append(each)
    return {title: [each.name for each in group] for title, group in groups.items()}


def _clash(one: Variation, other: Variation) -> bool:
    """Whether one of two variations would hide the other."""
    if one.rules.keys() & other.rules.keys() or one.wire.keys() & other.wire.keys():
        return True
    if any({one.name, other.name} <= names for names in APART):
        return True
    if EVERYWHERE in one.noted + other.noted:
        return True
    return bool(_refusals(one) & _refusals(other))


def _refusals(variation: Variation) -> set[str]:
    """The refusals of which a variation changes status, code or text, one by one."""
    if variation.name in BESIDE:
        return set()
    ids = {change.to for change in variation.changes}
    return {each for each in ids if each.startswith("error.") and each != "error."}
