"""The command `auth0-mfa`: a mock tenant, and what can be made of reports. One module a command.

Exit statuses: 0, 1 where `compare` finds what it is to fail on, 2 for a mistake of the user's.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from pytest_auth0_mfa.cli import comparing, expecting, mock, reporting
from pytest_auth0_mfa.cli.parser import USAGE_ERROR, parser_of
from pytest_auth0_mfa.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status; usage errors exit 2 with one line."""
    commands = (mock, reporting, comparing, expecting)
    options = parser_of(command.register for command in commands).parse_args(arguments)
    try:
        return int(options.run(options))
    except SettingsError as error:
        sys.stderr.write(f"auth0-mfa {options.command}: {error}\n")
        return USAGE_ERROR
