"""What the doctor looks for: the checks, as `checks.toml` has them."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from enum import Enum
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

if TYPE_CHECKING:
    from collections.abc import Mapping


class Level(str, Enum):
    """How much it matters when a check finds something, the worst first."""

    BLOCKS = "blocks"
    WARNS = "warns"
    INFORMS = "informs"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that can be wrong with a tenant, told as when it is.

    `clicks` is the remedy in the dashboard, `command` the same on the command line. `unread` says
    why no look at a tenant can tell, and is empty for all others.
    """

    id: str
    level: Level
    title: str
    symptom: str
    clicks: str
    command: str
    source: str
    unread: str = ""


@cache
def checks() -> Mapping[str, Check]:
    """All checks by their ids, in the order in which they are told."""
    text = resources.files(__package__).joinpath("checks.toml").read_text("utf-8")
    entries = tomllib.loads(text)["check"]
    return {each["id"]: Check(**{**each, "level": Level(each["level"])}) for each in entries}
