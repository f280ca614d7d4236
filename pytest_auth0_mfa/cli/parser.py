"""How the commands are read: mistakes are one line and exit 2."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Final, NoReturn

from pytest_auth0_mfa._version import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Commands = argparse._SubParsersAction["Parser"]  # noqa: SLF001 - has no public name

USAGE_ERROR: Final = 2


class Parser(argparse.ArgumentParser):
    """A parser whose errors are one line."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and exit 2."""
        self.exit(USAGE_ERROR, f"{self.prog}: {message} (see {self.prog} --help)\n")


def parser_of(registering: Iterable[Callable[[Commands], None]]) -> Parser:
    """The parser of `auth0-mfa`, to which each command adds its own."""
    parser = Parser(prog="auth0-mfa", description="Tools around Auth0's MFA API.")
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for register in registering:
        register(commands)
    return parser
