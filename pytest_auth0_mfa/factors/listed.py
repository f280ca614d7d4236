"""Finding a factor's entries in the list of a user's authenticators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_auth0_mfa.errors import Prerequisite
from pytest_auth0_mfa.factors.kinds import OOB_CHANNELS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_auth0_mfa.api.exchange import Answer
    from pytest_auth0_mfa.api.login import Login


def entries_of(answer: Answer, factor: str) -> list[Mapping[str, object]]:
    """The entries of a factor in a list."""
    return [item for item in answer.items() if is_of(item, factor)]


def entry_of(login: Login, factor: str) -> Mapping[str, object]:
    """The first entry of a factor in the list; raises `Prerequisite` where there is none."""
    answer = login.authenticators()
    for item in answer.items():
        if is_of(item, factor):
            return item
    raise Prerequisite(f"{answer.exchange}: no authenticator for {factor!r} is listed")


def is_of(item: Mapping[str, object], factor: str) -> bool:
    """Whether an entry of the list belongs to a factor."""
    if factor in OOB_CHANNELS:
        return item.get("oob_channel") == OOB_CHANNELS[factor]
    return item.get("authenticator_type") == factor
