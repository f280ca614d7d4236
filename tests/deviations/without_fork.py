"""Named to a process that runs the suites, this makes it one of a system that cannot fork."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pytest_auth0_mfa.mock.deviations import Deviation

vars(os).pop("fork", None)

DEVIATIONS: tuple[Deviation, ...] = ()
