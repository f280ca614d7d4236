"""Named ways in which a tenant may differ and yet be right: nothing must turn red for them.

A suite that fails a tenant for what no source forbids is of no use: each variation shows that
something is left open. Loaded by tenants that have some. Must not change how others behave.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from pytest_auth0_mfa.mock.composition import look_up
from pytest_auth0_mfa.mock.variations import (
    bodies,
    devices,
    enrollment,
    messages,
    refusals,
    refused_logins,
    texts,
    tokens,
    transfer,
)
from pytest_auth0_mfa.mock.variations.model import Variation

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["AREAS", "VARIATIONS", "Variation", "named"]

AREAS: Mapping[str, tuple[Variation, ...]] = MappingProxyType(
    {
        "How JSON is written": transfer.TEXT,
        "How answers are sent": transfer.FRAMING,
        "Heads and headers": transfer.HEADS,
        "What bodies hold": bodies.BODIES,
        "Tokens and codes": tokens.FORMS,
        "Claims": tokens.CLAIMS,
        "Sets of tokens": tokens.SETS,
        "What a tenant publishes": tokens.SERVICE,
        "Barcodes and secrets": enrollment.BARCODES,
        "The list": enrollment.LISTING,
        "Association and deletion": enrollment.ASSOCIATION + enrollment.DELETION,
        "Challenge and verification": enrollment.VERIFICATION,
        "Messages": messages.MESSAGES,
        "Devices": devices.DEVICES,
        "Refusals: login": refused_logins.LOGIN,
        "Refusals: bearers": refused_logins.BEARERS,
        "Refusals: challenge": refusals.CHALLENGE,
        "Refusals: codes": refusals.CODES,
        "Refusals: push": refusals.PUSH,
        "Texts of errors": texts.TEXTS,
        "Limits": tokens.LIMITS,
    }
)
"""Variations by what they are about."""

VARIATIONS: Mapping[str, Variation] = MappingProxyType(
    {each.name: each for area in AREAS.values() for each in area}
)
"""Every variation by its name."""


def named(names: Sequence[str]) -> list[Variation]:
    """Look variations up; an unknown name is a `ValueError`."""
    return look_up(names, VARIATIONS, "variation")
